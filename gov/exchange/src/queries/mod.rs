//! What the exchange answers. Whoever shows an answer has asked the authority.

mod verification;

pub use verification::{Verification, verification};

use runner::Halt;
use serde::Serialize;
use store::{StoreError, Tx};

use crate::model::code::Code;
use crate::model::feed::{DeadRow, Feed, InboxBatch, Received};
use crate::model::identifier::{ServiceId, SubsystemId};
use crate::model::log::LoggedCall;
use crate::model::rights::{KeptBack, StandingDuty};
use crate::model::service::{Member, MemberKey, Service};
use crate::ports::Ports;
use crate::store::batches::{self, PlaceKey};
use crate::store::{directory, duties, messages, traffic};

const LOG_COUNT_MAX: u32 = 100;
const LOOKED_THROUGH_MAX: u32 = 20_000;
const RECEIVED_COUNT_MAX: u32 = 20;

/// All members.
///
/// # Errors
/// The database's.
pub fn members(tx: &mut Tx<'_>) -> Result<Vec<Member>, StoreError> {
    directory::members(tx)
}

/// One member.
///
/// # Errors
/// The database's.
pub fn member(tx: &mut Tx<'_>, id: &SubsystemId) -> Result<Option<Member>, StoreError> {
    directory::find_member(tx, id)
}

/// The subsystems of an organ.
///
/// # Errors
/// The database's.
pub fn members_of_organ(tx: &mut Tx<'_>, organ: &str) -> Result<Vec<Member>, StoreError> {
    directory::members_of_organ(tx, organ)
}

/// The keys of a member, oldest first.
///
/// # Errors
/// The database's.
pub fn keys_of(tx: &mut Tx<'_>, id: &SubsystemId) -> Result<Vec<MemberKey>, StoreError> {
    directory::keys_of(tx, id)
}

/// The public keys with an identifier, for whoever verifies evidence.
///
/// # Errors
/// The database's.
pub fn keys_by_id(tx: &mut Tx<'_>, id: &str) -> Result<Vec<MemberKey>, StoreError> {
    directory::keys_by_id(tx, id)
}

/// All services of this node.
///
/// # Errors
/// The database's.
pub fn services(tx: &mut Tx<'_>) -> Result<Vec<Service>, StoreError> {
    directory::services(tx)
}

/// One service of this node.
///
/// # Errors
/// The database's.
pub fn service(tx: &mut Tx<'_>, id: &ServiceId) -> Result<Option<Service>, StoreError> {
    directory::find_service(tx, id)
}

/// Which of these services a client has a standing right to; whether a call passes depends on its case and fields besides.
///
/// # Errors
/// The database's.
pub fn services_with_right(tx: &mut Tx<'_>, client: &SubsystemId, services: &[Service], now_ms: i64) -> Result<Vec<Service>, StoreError> {
    let mut found = Vec::new();
    for service in services {
        if !duties::of(tx, client, &service.id, now_ms)?.is_empty() {
            found.push(service.clone());
        }
    }
    Ok(found)
}

/// All duties, each with its last moment.
///
/// # Errors
/// The database's.
pub fn all_duties(tx: &mut Tx<'_>) -> Result<Vec<(StandingDuty, i64)>, StoreError> {
    duties::all(tx)
}

/// A standing duty that has not ended, with the entry of the negative list that keeps any of its fields back: they do not pass.
pub type ListedDuty = (StandingDuty, Option<KeptBack>);

/// The duties of a member that have not ended, as client and as provider.
///
/// # Errors
/// The database's.
pub fn duties_of(tx: &mut Tx<'_>, ports: &Ports, id: &SubsystemId, now_ms: i64) -> Result<Vec<ListedDuty>, Halt> {
    duties_where(tx, ports, now_ms, |duty| duty.client == *id || duty.service.subsystem() == id)
}

/// The duties at a service that have not ended.
///
/// # Errors
/// The database's.
pub fn duties_at(tx: &mut Tx<'_>, ports: &Ports, id: &ServiceId, now_ms: i64) -> Result<Vec<ListedDuty>, Halt> {
    duties_where(tx, ports, now_ms, |duty| duty.service == *id)
}

fn duties_where(tx: &mut Tx<'_>, ports: &Ports, now_ms: i64, wanted: impl Fn(&StandingDuty) -> bool) -> Result<Vec<ListedDuty>, Halt> {
    let mut found = Vec::new();
    for (duty, until_ms) in duties::all(tx)? {
        if until_ms <= now_ms || !wanted(&duty) {
            continue;
        }
        let provider = directory::find_member(tx, duty.service.subsystem())?.and_then(|provider| provider.organ);
        let entry = match (directory::find_service(tx, &duty.service)?, provider) {
            (Some(service), Some(organ)) => ports.negative.kept_back(tx, &organ, &service.register, &duty.fields)?,
            (None, _) | (_, None) => None,
        };
        found.push((duty, entry));
    }
    Ok(found)
}

/// Who may read a register of this node under consents only, with the name of the consent, by duties that have not ended.
///
/// # Errors
/// The database's.
pub fn consents_wanted(tx: &mut Tx<'_>, register: &str, now_ms: i64) -> Result<Vec<(Member, String)>, StoreError> {
    let mut found = Vec::new();
    for (duty, until_ms) in duties::all(tx)? {
        let Some(name) = duty.consent.filter(|_| until_ms > now_ms) else { continue };
        let behind = directory::find_service(tx, &duty.service)?.is_some_and(|service| service.register == register);
        if let Some(member) = directory::find_member(tx, &duty.client)?.filter(|_| behind) {
            found.push((member, name));
        }
    }
    Ok(found)
}

/// A logged call.
///
/// # Errors
/// The database's.
pub fn call(tx: &mut Tx<'_>, id: &str) -> Result<Option<LoggedCall>, StoreError> {
    messages::find(tx, id)
}

/// Logged calls by the client's identifier of the message; the same may stand at both ends.
///
/// # Errors
/// The database's.
pub fn calls_by_message(tx: &mut Tx<'_>, message: &str) -> Result<Vec<LoggedCall>, StoreError> {
    messages::by_message(tx, message, LOG_COUNT_MAX)
}

/// Logged calls under a case, newest first.
///
/// # Errors
/// The database's.
pub fn calls_by_case(tx: &mut Tx<'_>, case: &str) -> Result<Vec<LoggedCall>, StoreError> {
    messages::by_case(tx, case, LOG_COUNT_MAX)
}

/// The latest logged calls.
///
/// # Errors
/// The database's.
pub fn latest_calls(tx: &mut Tx<'_>, count_max: u32) -> Result<Vec<LoggedCall>, StoreError> {
    messages::latest(tx, count_max.min(LOG_COUNT_MAX))
}

/// The latest calls of some members, as who provides or who asks, among the last 20,000 of the node; older ones are found by message or case.
///
/// # Errors
/// The database's.
pub fn latest_calls_of(tx: &mut Tx<'_>, members: &[SubsystemId], count_max: u32) -> Result<Vec<LoggedCall>, StoreError> {
    messages::latest_of(tx, members, count_max.min(LOG_COUNT_MAX), LOOKED_THROUGH_MAX)
}

/// Figures about a service. They name no client, no person and no case, so they are open data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceTraffic {
    /// The service.
    pub service: String,
    /// Calls.
    pub calls: i64,
    /// Calls by code.
    pub by_code: Vec<(Code, i64)>,
    /// Bytes of requests.
    pub request_bytes: i64,
    /// Bytes of responses.
    pub response_bytes: i64,
    /// Half of the calls took less, in microseconds.
    pub p50_us: i64,
    /// 99 of 100 calls took less, in microseconds.
    pub p99_us: i64,
}

/// The traffic of every service between two moments, in milliseconds since 1970.
///
/// # Errors
/// The database's.
pub fn traffic(tx: &mut Tx<'_>, from_ms: i64, until_ms: i64) -> Result<Vec<ServiceTraffic>, StoreError> {
    let mut found: Vec<ServiceTraffic> = Vec::new();
    for (service, code, calls, request_bytes, response_bytes) in traffic::by_service(tx, from_ms, until_ms)? {
        let code = Code::parse(&code).unwrap_or(Code::Internal);
        match found.last_mut().filter(|last| last.service == service) {
            Some(last) => {
                last.calls += calls;
                last.by_code.push((code, calls));
                last.request_bytes += request_bytes;
                last.response_bytes += response_bytes;
            }
            None => found.push(ServiceTraffic { service, calls, by_code: vec![(code, calls)], request_bytes, response_bytes, p50_us: 0, p99_us: 0 }),
        }
    }
    for entry in &mut found {
        let last = entry.calls.saturating_sub(1).max(0);
        entry.p50_us = traffic::duration_at(tx, &entry.service, from_ms, until_ms, last / 2)?;
        entry.p99_us = traffic::duration_at(tx, &entry.service, from_ms, until_ms, last.saturating_mul(99) / 100)?;
    }
    Ok(found)
}

/// A batch at its receiver.
///
/// # Errors
/// The database's.
pub fn inbox_batch(tx: &mut Tx<'_>, service: &ServiceId, source: &SubsystemId, cd_batch: &str) -> Result<Option<InboxBatch>, StoreError> {
    batches::find(tx, &PlaceKey { service: &service.to_string(), source: &source.to_string(), cd_batch })
}

/// The batches that a service received, the newest first, at most 20.
///
/// # Errors
/// The database's.
pub fn received_batches(tx: &mut Tx<'_>, service: &ServiceId) -> Result<Vec<Received>, StoreError> {
    batches::newest(tx, &service.to_string(), RECEIVED_COUNT_MAX)
}

/// How many records a service that takes batches holds.
///
/// # Errors
/// The database's.
pub fn received_count(tx: &mut Tx<'_>, service: &ServiceId) -> Result<i64, StoreError> {
    batches::received_count(tx, &service.to_string())
}

/// Rows that were set aside, oldest first, at most 100.
///
/// # Errors
/// The database's.
pub fn dead_rows(tx: &mut Tx<'_>) -> Result<Vec<DeadRow>, StoreError> {
    batches::dead_rows(tx, LOG_COUNT_MAX)
}

/// The same of one service of this node.
///
/// # Errors
/// The database's.
pub fn dead_rows_of(tx: &mut Tx<'_>, service: &ServiceId) -> Result<Vec<DeadRow>, StoreError> {
    batches::dead_rows_of(tx, &service.to_string(), LOG_COUNT_MAX)
}

/// All feeds.
///
/// # Errors
/// The database's.
pub fn feeds(tx: &mut Tx<'_>) -> Result<Vec<Feed>, StoreError> {
    batches::feeds(tx)
}

/// One feed.
///
/// # Errors
/// The database's.
pub fn feed(tx: &mut Tx<'_>, id: &str) -> Result<Option<Feed>, StoreError> {
    batches::find_feed(tx, id)
}
