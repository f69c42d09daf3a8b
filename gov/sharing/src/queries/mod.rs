//! Questions the gateway and the pages ask.

use clock::{Date, Timestamp};
use i18n::Text;
use parties::DivisionCode;
use runner::{Actor, Halt, Resource};
use seal::NoteVerifier;
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx};

use crate::keys::{SignatureProblem, verify_note};
use crate::model::call::{Call, Permit, Rights, decide, targets};
use crate::model::{Demand, DemandState, Grant, Request, Terms, canonical, refusals, terms_sm3};
use crate::store as tables;

/// The duty of the organ that keeps the sharing of data in order, 政务数据主管部门.
pub const DATA_AUTHORITY_DUTY: &str = "data-resources";

const MINUTE_MS: i64 = 60_000;

/// What an organ was told about a grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Identifier.
    pub id: String,
    /// Who was told.
    pub organ: String,
    /// About which grant.
    pub grant: String,
    /// What.
    pub text: Text,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
}

/// Whether an organ may read fields of a resource (by its code) or register (by its slug) now, for a case of an item or without one. One
/// read of an index. The call is not counted: [`count_call`] does that, in the same transaction; [`use_grant`] does both.
///
/// # Errors
/// The refusal with its basis and the next step, or the database's fault.
pub fn grant_for(tx: &mut Tx<'_>, grantee: &str, target: &str, fields: &[&str], case: Option<(&str, bool)>, now: Timestamp) -> Result<Permit, Halt> {
    let day = clock::local_date(now).to_string();
    let candidates = tables::grants::candidates(tx, grantee, target, &day, minute_of(now))?;
    Ok(decide(&candidates, &Call { grantee, target, fields, case, now })?)
}

/// Counts a call that passes.
///
/// # Errors
/// A refusal when somebody else used the last call up since the decision; the database's fault.
pub fn count_call(tx: &mut Tx<'_>, permit: &Permit, now: Timestamp) -> Result<(), Halt> {
    let day = clock::local_date(now).to_string();
    if tables::usage::count(tx, &permit.grant, &day, minute_of(now), permit.quota_per_day, permit.rate_per_minute)? {
        return Ok(());
    }
    let used = tables::usage::on(tx, &permit.grant, &day)?;
    Err(if used >= i64::from(permit.quota_per_day) { refusals::quota_used_up() } else { refusals::rate_exceeded() }.into())
}

/// Decides and counts, in the transaction of whoever answers the call.
///
/// # Errors
/// As [`grant_for`] and [`count_call`].
pub fn use_grant(tx: &mut Tx<'_>, grantee: &str, target: &str, fields: &[&str], case: Option<(&str, bool)>, now: Timestamp) -> Result<Permit, Halt> {
    let permit = grant_for(tx, grantee, target, fields, case, now)?;
    count_call(tx, &permit, now)?;
    Ok(permit)
}

fn minute_of(now: Timestamp) -> i64 {
    clock::to_millis(now).div_euclid(MINUTE_MS)
}

/// A grant. The caller asks the authority before, with [`grant_resource`].
///
/// # Errors
/// The database's.
pub fn grant(tx: &mut Tx<'_>, id: &str) -> Result<Option<Grant>, StoreError> {
    tables::grants::find(tx, id)
}

/// The grant that a case led to.
///
/// # Errors
/// The database's.
pub fn grant_of_case(tx: &mut Tx<'_>, case: &str) -> Result<Option<Grant>, StoreError> {
    tables::grants::of_case(tx, case)
}

/// Grants an organ has, the newest first.
///
/// # Errors
/// The database's.
pub fn grants_of_grantee(tx: &mut Tx<'_>, organ: &str, count_max: u32) -> Result<Vec<Grant>, StoreError> {
    tables::grants::of_grantee(tx, organ, count_max)
}

/// Grants an organ gave, the newest first.
///
/// # Errors
/// The database's.
pub fn grants_of_provider(tx: &mut Tx<'_>, organ: &str, count_max: u32) -> Result<Vec<Grant>, StoreError> {
    tables::grants::of_provider(tx, organ, count_max)
}

/// All grants, the newest first: for the data authority.
///
/// # Errors
/// The database's.
pub fn grants(tx: &mut Tx<'_>, count_max: u32) -> Result<Vec<Grant>, StoreError> {
    tables::grants::all(tx, count_max)
}

/// Calls on a day.
///
/// # Errors
/// The database's.
pub fn calls_on(tx: &mut Tx<'_>, grant: &str, day: Date) -> Result<i64, StoreError> {
    tables::usage::on(tx, grant, &day.to_string())
}

/// Calls of each day from one on, the newest first; days without calls are not listed.
///
/// # Errors
/// The database's.
pub fn calls_since(tx: &mut Tx<'_>, grant: &str, day: Date) -> Result<Vec<(String, i64)>, StoreError> {
    tables::usage::since(tx, grant, &day.to_string())
}

/// What an organ was told, the newest first.
///
/// # Errors
/// The database's.
pub fn notices_of(tx: &mut Tx<'_>, organ: &str, count_max: u32) -> Result<Vec<Notice>, StoreError> {
    tables::notices::of_organ(tx, organ, count_max)
}

/// A request by its case.
///
/// # Errors
/// The database's.
pub fn request(tx: &mut Tx<'_>, case: &str) -> Result<Option<Request>, StoreError> {
    tables::requests::find(tx, case)
}

/// Requests of an organ, the newest first.
///
/// # Errors
/// The database's.
pub fn requests_of_grantee(tx: &mut Tx<'_>, organ: &str, count_max: u32) -> Result<Vec<Request>, StoreError> {
    tables::requests::of_grantee(tx, organ, count_max)
}

/// Requests to an organ, the newest first.
///
/// # Errors
/// The database's.
pub fn requests_of_provider(tx: &mut Tx<'_>, organ: &str, count_max: u32) -> Result<Vec<Request>, StoreError> {
    tables::requests::of_provider(tx, organ, count_max)
}

/// All requests, the newest first: for the data authority.
///
/// # Errors
/// The database's.
pub fn requests(tx: &mut Tx<'_>, count_max: u32) -> Result<Vec<Request>, StoreError> {
    tables::requests::all(tx, count_max)
}

/// The list of demands: open ones first, each part the newest first.
///
/// # Errors
/// The database's.
pub fn demands(tx: &mut Tx<'_>, count_max: u32) -> Result<Vec<Demand>, StoreError> {
    let mut found = Vec::new();
    for state in DemandState::ALL {
        found.extend(tables::demands::in_state(tx, state, count_max)?);
    }
    Ok(found)
}

/// What the authority is asked about a grant: the provider is its organ, the user its party, and the head of the data authority has a
/// task in it.
///
/// # Errors
/// The database's.
pub fn grant_resource(tx: &mut Tx<'_>, grant: &Grant) -> Result<Resource, Halt> {
    resource_of(tx, &grant.id, &grant.terms)
}

/// The same about a request: it is seen by those who will see its grant.
///
/// # Errors
/// The database's.
pub fn request_resource(tx: &mut Tx<'_>, request: &Request) -> Result<Resource, Halt> {
    resource_of(tx, &request.case, &request.terms)
}

fn resource_of(tx: &mut Tx<'_>, id: &str, terms: &Terms) -> Result<Resource, Halt> {
    let authority = data_authority(tx, &terms.provider)?;
    Ok(Resource {
        id: id.to_owned(),
        organ: Some(terms.provider.clone()),
        party: Some(terms.grantee.clone()),
        post: authority.is_some().then(|| "head".to_owned()),
        post_organ: authority,
        scope: Some(terms.resource.clone()),
        sensitivity: 1,
        ..Resource::of("sharing-grant")
    })
}

/// The data authority of an organ's division.
///
/// # Errors
/// The database's.
pub fn data_authority(tx: &mut Tx<'_>, organ: &str) -> Result<Option<String>, Halt> {
    let Ok(id) = parties::OrganId::parse(organ) else { return Ok(None) };
    match parties::organ(tx, &id)? {
        Some(organ) => data_authority_of(tx, &organ.division),
        None => Ok(None),
    }
}

/// The data authority of a division.
///
/// # Errors
/// The database's.
pub fn data_authority_of(tx: &mut Tx<'_>, division: &DivisionCode) -> Result<Option<String>, Halt> {
    Ok(parties::organ_for_duty(tx, DATA_AUTHORITY_DUTY, division)?.map(|organ| organ.id.to_string()))
}

/// Of some organs, the first in which the actor holds a post.
pub(crate) fn side_of<const N: usize>(actor: &Actor, organs: [Option<&String>; N]) -> Option<String> {
    organs.into_iter().flatten().find(|organ| actor.posts.iter().any(|held| held.organ == **organ)).cloned()
}

/// Why a grant cannot be relied on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GrantProblem {
    /// Its hash is not that of its text.
    Hash,
    /// Its signature does not hold.
    Signature(SignatureProblem),
    /// What decisions read says something else than the grant.
    Compiled,
}

/// Verifies a grant: its hash, both signatures of the provider by recorded keys, and that what decisions read says the same.
///
/// # Errors
/// The database's.
pub fn verify_grant(tx: &mut Tx<'_>, grant: &Grant) -> Result<Result<(), GrantProblem>, StoreError> {
    let text = canonical(&grant.id, grant.issue, &grant.terms);
    if terms_sm3(&text) != grant.terms_sm3 {
        return Ok(Err(GrantProblem::Hash));
    }
    let verifiers: Vec<NoteVerifier> = organ_verifiers(tx, &grant.terms.provider)?;
    if let Err(problem) = verify_note(&grant.note, &text, &grant.terms.provider, &verifiers) {
        return Ok(Err(GrantProblem::Signature(problem)));
    }
    let rights = Rights::of(&grant.terms);
    let expected: Vec<_> = targets(grant).into_iter().map(|target| (grant.terms.grantee.clone(), target, grant.state, rights.clone())).collect();
    let same = tables::grants::compiled(tx, &grant.id)? == expected;
    Ok(if same { Ok(()) } else { Err(GrantProblem::Compiled) })
}

/// The recorded public keys of an organ.
///
/// # Errors
/// The database's.
pub fn organ_verifiers(tx: &mut Tx<'_>, organ: &str) -> Result<Vec<NoteVerifier>, StoreError> {
    Ok(tables::keys::of(tx, organ)?.iter().filter_map(|line| NoteVerifier::parse(line).ok()).collect())
}
