//! Lawful secrecy (依法保密): readings under a case are shown to their subject later, never left out; 个人信息保护法 第三十五条.

use runner::{Cx, Event, Halt, Moment, Refusal};
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx};

use crate::store::orders;

/// Longest delay of one order, in days; a longer one needs another decision.
pub const SECRECY_DAYS_MAX: i64 = 90;

const DAY_MS: i64 = 24 * 3_600 * 1_000;

/// A decision that readings under a case are shown later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecrecyOrder {
    /// Identifier; also its stream in the journal.
    pub id: String,
    /// The case.
    pub case: String,
    /// The organ whose head decided.
    pub organ: String,
    /// The article that demands secrecy.
    pub basis: String,
    /// Why it applies here.
    pub reason: String,
    /// Account that decided.
    pub by: String,
    /// From when, in milliseconds since 1970.
    pub from_ms: i64,
    /// Until when.
    pub until_ms: i64,
}

/// Secrecy was ordered for the readings under a case.
#[derive(Debug, Serialize)]
struct SecrecyOrdered {
    order: SecrecyOrder,
}

impl Event for SecrecyOrdered {
    fn kind(&self) -> &'static str {
        "secrecy-ordered"
    }

    fn apply(&self, tx: &mut Tx<'_>, _: &Moment) -> Result<(), StoreError> {
        orders::insert(tx, &self.order)
    }
}

/// Orders secrecy for the readings made under a case from now on. The command that calls it has asked the authority. Returns the order.
///
/// # Errors
/// The refusals `secrecy-days-unfit` and `secrecy-unfounded`; the database's.
pub fn order_secrecy(cx: &mut Cx<'_>, case: &str, organ: &str, basis: &str, reason: &str, days: i64) -> Result<String, Halt> {
    if !(1..=SECRECY_DAYS_MAX).contains(&days) {
        return Err(days_unfit().into());
    }
    if basis.trim().is_empty() || reason.trim().is_empty() {
        return Err(unfounded().into());
    }
    let (from_ms, by) = (cx.now_ms(), cx.actor().account.clone());
    let order = SecrecyOrder {
        id: cx.ids().next_text("secrecy"),
        case: case.to_owned(),
        organ: organ.to_owned(),
        basis: basis.trim().to_owned(),
        reason: reason.trim().to_owned(),
        by,
        from_ms,
        until_ms: from_ms + days * DAY_MS,
    };
    let id = order.id.clone();
    cx.record(&id, &SecrecyOrdered { order })?;
    Ok(id)
}

/// The order in force for the readings under a case.
///
/// # Errors
/// The database's.
pub fn secrecy_of(tx: &mut Tx<'_>, case: &str, now_ms: i64) -> Result<Option<SecrecyOrder>, StoreError> {
    orders::in_force(tx, case, now_ms)
}

/// Public figure: how many orders were made between two moments.
///
/// # Errors
/// The database's.
pub fn secrecy_count(tx: &mut Tx<'_>, from_ms: i64, until_ms: i64) -> Result<i64, StoreError> {
    orders::count(tx, from_ms, until_ms)
}

fn days_unfit() -> Refusal {
    Refusal::new(
        "secrecy-days-unfit",
        "推迟显示的时间要在1天到90天之间。",
        "A delay is between 1 and 90 days.",
        "请改填天数；到期仍需保密的，重新决定一次。",
        "Change the number of days; where secrecy is still needed afterwards, decide again.",
    )
    .under("个人信息保护法 第三十五条")
}

fn unfounded() -> Refusal {
    Refusal::new(
        "secrecy-unfounded",
        "没有写明依据和理由。",
        "Basis and reason are missing.",
        "请写明要求保密的法律条款和本件的理由。",
        "Name the article that demands secrecy, and why it applies here.",
    )
    .under("个人信息保护法 第三十五条")
}
