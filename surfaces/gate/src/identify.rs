//! From the cookie to the person.

use std::sync::Arc;

use clock::Date;
use i18n::Text;
use parties::{HeldPost, OrganId, Party, PersonId, StaffId};
use runner::{Actor, Halt};
use seal::FieldKeys;
use store::Tx;
use trust::queries::{SignedIn, actor_of, touch, who_is_signed_in};
use trust::{AccountKind, SessionToken};

use crate::{App, Who, WhoPost};

/// Who holds the token of a live session. A database that fails makes everybody anonymous; the log says so.
pub(crate) async fn who(app: &App, token: &str) -> Option<(Who, Actor)> {
    let token = SessionToken::parse(token)?;
    let (now_ms, today, keys) = (app.now_ms(), app.today(), Arc::clone(&app.keys));
    let found = app.query(move |tx| find(tx, &token, now_ms, today, &keys)).await;
    let (signed_in, who, actor) = match found {
        Ok(found) => found?,
        Err(Halt::Refused(_)) => return None,
        Err(Halt::Fault(fault)) => {
            tracing::error!(fault = %fault.0, "the session could not be read");
            return None;
        }
    };
    if signed_in.session.wants_touch(now_ms) {
        let session = signed_in.session;
        app.store.write_then(
            move |tx| touch(tx, &session, now_ms),
            |answer: Result<(), store::StoreError>| {
                if let Err(fault) = answer {
                    tracing::warn!(%fault, "the use of a session was not written down");
                }
            },
        );
    }
    Some((who, actor))
}

type Found = Option<(SignedIn, Who, Actor)>;

fn find(tx: &mut Tx<'_>, token: &SessionToken, now_ms: i64, today: Date, keys: &FieldKeys) -> Result<Found, Halt> {
    let Some(signed_in) = who_is_signed_in(tx, token, now_ms)? else { return Ok(None) };
    let actor = actor_of(tx, &signed_in, today)?;
    let account = &signed_in.account;
    let staff = account.staff.as_deref().and_then(|id| StaffId::parse(id).ok());
    let who = Who {
        account: account.id.clone(),
        session: signed_in.session.id.clone(),
        kind: account.kind,
        login: account.login.to_string(),
        display_name: display_name(tx, &signed_in, staff.as_ref(), keys)?,
        posts: match &staff {
            Some(staff) => named_posts(tx, staff, today)?,
            None => Vec::new(),
        },
        acting_for: match signed_in.session.on_behalf.as_deref().and_then(Party::parse) {
            Some(party) => party_name(tx, &party, keys)?,
            None => None,
        },
        password: signed_in.password,
    };
    Ok(Some((signed_in, who, actor)))
}

fn display_name(tx: &mut Tx<'_>, signed_in: &SignedIn, staff: Option<&StaffId>, keys: &FieldKeys) -> Result<String, Halt> {
    let account = &signed_in.account;
    let name = match account.kind {
        AccountKind::Person => match account.party.as_deref().and_then(|id| PersonId::parse(id).ok()) {
            Some(person) => party_name(tx, &Party::Person(person), keys)?,
            None => None,
        },
        AccountKind::Staff | AccountKind::Admin => match staff {
            Some(staff) => parties::staff(tx, staff)?.map(|staff| staff.name),
            None => None,
        },
    };
    Ok(name.unwrap_or_else(|| account.login.to_string()))
}

/// The name of a party, opened.
pub(crate) fn party_name(tx: &mut Tx<'_>, party: &Party, keys: &FieldKeys) -> Result<Option<String>, Halt> {
    match party {
        Party::Person(id) => match parties::person(tx, id)? {
            Some(person) => {
                person.open_name(keys, &tracker::in_process("the name of who signed in, and of whom one acts for")).map(Some).map_err(Halt::fault)
            }
            None => Ok(None),
        },
        Party::Legal(id) => Ok(parties::legal_person(tx, id)?.map(|found| found.name)),
    }
}

fn named_posts(tx: &mut Tx<'_>, staff: &StaffId, today: Date) -> Result<Vec<WhoPost>, Halt> {
    let mut named = Vec::new();
    for held in parties::posts_of_staff(tx, staff, today)? {
        let organ_name = organ_name(tx, &held.organ)?;
        named.push(named_post(held, organ_name));
    }
    Ok(named)
}

fn organ_name(tx: &mut Tx<'_>, id: &OrganId) -> Result<Text, Halt> {
    let organ = parties::organ(tx, id)?;
    Ok(organ.map_or_else(Text::default, |organ| if organ.details.short_name.is_empty() { organ.name } else { organ.details.short_name }))
}

fn named_post(held: HeldPost, organ_name: Text) -> WhoPost {
    WhoPost {
        post: held.lane,
        name: held.name,
        organ: held.organ.to_string(),
        organ_name,
        division: held.division.to_string(),
        is_substitute: held.substitute_for.is_some(),
    }
}
