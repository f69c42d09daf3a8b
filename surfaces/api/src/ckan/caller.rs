//! Who calls: nobody known, or the account behind a developer key. A key does what its account may do with public data, and is counted.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::http::Extensions;
use gate::App;
use opendata::{Key, queries};
use runner::{Actor, ActorKind, Halt};
use store::{StoreError, Tx};
use trust::{AccountId, AccountKind, AccountState};
use web::{Allowance, ClientAddress, RateLimiter};

use super::envelope::Wrong;

/// Statements of strangers cost time: fewer a minute for each address without a key.
const STATEMENTS: Allowance = Allowance { burst: 30, per_minute: 60 };

/// Buckets for statements, as an extension of every request.
#[derive(Clone, Debug, Default)]
pub(super) struct Buckets(Arc<OnceLock<RateLimiter>>);

impl Buckets {
    /// Takes a token for a statement of a client without a key.
    pub(super) fn take(&self, client: IpAddr) -> Result<(), Wrong> {
        let limiter = self.0.get_or_init(|| RateLimiter::new(STATEMENTS));
        limiter.take(client, Instant::now()).map_err(|_| Wrong::TooOften)
    }
}

/// The address a request came from.
pub(super) fn client(extensions: &Extensions) -> IpAddr {
    extensions.get::<ClientAddress>().map_or(IpAddr::from([0, 0, 0, 0]), |client| client.key())
}

/// The account behind a key; its call is counted. An unknown key is refused, so that nobody believes to be known.
pub(super) async fn known(app: &App, token: Option<&str>) -> Result<Option<Actor>, Wrong> {
    let Some(token) = token.map(str::to_owned) else { return Ok(None) };
    let today = app.today();
    let found = app.query(move |tx| {
        let Some((key, calls)) = queries::key_of_token(tx, &token, today)? else { return Ok::<_, Halt>(None) };
        Ok(actor_of(tx, &key, today)?.map(|actor| (key, calls, actor)))
    });
    let (key, calls, actor) = found.await?.ok_or_else(|| Wrong::NotPermitted("the developer key is not valid".to_owned()))?;
    if calls >= i64::from(key.calls_per_day) {
        return Err(Wrong::TooOften);
    }
    app.store.write_then(
        move |tx| queries::count_call(tx, &key, today),
        |answer: Result<(), StoreError>| {
            if let Err(fault) = answer {
                tracing::warn!(%fault, "a call under a developer key was not counted");
            }
        },
    );
    Ok(Some(actor))
}

/// The actor of an open account: with its posts of the day, without roles.
fn actor_of(tx: &mut Tx<'_>, key: &Key, today: clock::Date) -> Result<Option<Actor>, StoreError> {
    let Ok(id) = AccountId::parse(&key.account) else { return Ok(None) };
    let Some(account) = trust::queries::account(tx, &id)?.filter(|account| account.state == AccountState::Open) else { return Ok(None) };
    let kind = match account.kind {
        AccountKind::Person => ActorKind::Person,
        AccountKind::Staff => ActorKind::Staff,
        // Administration is not done by programs.
        AccountKind::Admin => return Ok(None),
    };
    let mut actor = Actor { assurance: account.assurance, ..Actor::bare(id.as_str(), kind) };
    match kind {
        ActorKind::Staff => {
            actor.party = account.staff.clone();
            if let Some(staff) = account.staff.as_deref().and_then(|staff| parties::StaffId::parse(staff).ok()) {
                actor.posts = parties::posts_of_staff(tx, &staff, today)?.iter().map(parties::HeldPost::to_actor_post).collect();
            }
        }
        _ => actor.party = account.party.clone(),
    }
    Ok(Some(actor))
}
