//! Who sends this request?

use ::store::{StoreError, Tx};
use clock::Date;
use parties::{HeldPost, Party, PersonId, Scope, StaffId};
use runner::Actor;

use crate::{
    model::{
        Account, AccountKind, AccountState, PasswordState, SCOPE_EVERYTHING, Session, SessionState, SessionToken, delegation_role,
        private_person_role,
    },
    store,
};

/// A live session with its account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// The account.
    pub account: Account,
    /// Codes of its roles.
    pub roles: Vec<String>,
    /// Whether the password must be changed first.
    pub password: PasswordState,
}

/// The live session of a token, if there is one. Only reads.
///
/// # Errors
/// The database's.
pub fn who_is_signed_in(tx: &mut Tx<'_>, token: &SessionToken, now_ms: i64) -> Result<Option<SignedIn>, StoreError> {
    let Some(session) = store::session_by_token(tx, &token.sm3())? else { return Ok(None) };
    if session.state(now_ms) != SessionState::Live {
        return Ok(None);
    }
    let Some(account) = store::account_by_id(tx, &session.account)? else { return Ok(None) };
    match account.state {
        AccountState::Open => {}
        AccountState::Locked | AccountState::Closed => return Ok(None),
    }
    let roles = store::roles_of(tx, &account.id)?.into_iter().map(|role| role.code().to_owned()).collect();
    let password = account.password_state(now_ms);
    Ok(Some(SignedIn { session, account, roles, password }))
}

/// Writes down that the session is in use, so that it does not become idle. Ask [`Session::wants_touch`] first: once a minute is enough.
/// This is bookkeeping and no act, and therefore needs no runner.
///
/// # Errors
/// The database's.
pub fn touch(tx: &mut Tx<'_>, session: &Session, now_ms: i64) -> Result<(), StoreError> {
    store::touch_session(tx, &session.id, now_ms)
}

/// The actor of a live session: with the posts held on that day, and with the authorisations in force on that day when acting for another
/// party. An authorisation which has ended leaves the actor acting for the party without scope, so that nothing meant for the party is done in
/// one's own name.
///
/// Until a first or aged password is changed, the actor has neither posts nor roles nor a party: all that is left to do is to change it.
///
/// # Errors
/// The database's.
pub fn actor_of(tx: &mut Tx<'_>, signed_in: &SignedIn, today: Date) -> Result<Actor, StoreError> {
    let (session, account) = (&signed_in.session, &signed_in.account);
    let mut actor = Actor { assurance: session.assurance.level(), ..Actor::bare(account.id.as_str(), account.kind.actor_kind()) };
    match signed_in.password {
        PasswordState::Initial | PasswordState::Aged => return Ok(actor),
        PasswordState::Valid => {}
    }
    actor.roles = signed_in.roles.clone();
    match account.kind {
        AccountKind::Person => {
            actor.party = account.party.clone();
            actor.on_behalf = session.on_behalf.clone();
            actor.roles.extend(delegated_scopes(tx, &actor, today)?.iter().map(|scope| delegation_role(scope)));
        }
        AccountKind::Staff | AccountKind::Admin => {
            actor.party = account.staff.clone();
            actor.roles.extend(account.party.as_deref().map(private_person_role));
            if let Some(staff) = account.staff.as_deref().and_then(|id| StaffId::parse(id).ok()) {
                actor.posts = parties::posts_of_staff(tx, &staff, today)?.iter().map(HeldPost::to_actor_post).collect();
            }
        }
    }
    Ok(actor)
}

/// For what the actor may act for the other party today; nothing when acting for oneself.
fn delegated_scopes(tx: &mut Tx<'_>, actor: &Actor, today: Date) -> Result<Vec<String>, StoreError> {
    let (Some(agent), Some(principal)) = (&actor.party, &actor.on_behalf) else { return Ok(Vec::new()) };
    let (Ok(agent), Some(principal)) = (PersonId::parse(agent), Party::parse(principal)) else { return Ok(Vec::new()) };
    scopes_between(tx, &agent, &principal, today)
}

/// The scopes of all authorisations between two parties, as policies know them.
pub(crate) fn scopes_between(tx: &mut Tx<'_>, agent: &PersonId, principal: &Party, today: Date) -> Result<Vec<String>, StoreError> {
    let scopes = parties::scopes_for(tx, agent, principal, today)?;
    let names = scopes.into_iter().flat_map(|scope| match scope {
        Scope::All => vec![SCOPE_EVERYTHING.to_owned()],
        Scope::Items(items) => items,
    });
    Ok(names.collect())
}
