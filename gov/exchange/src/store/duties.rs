//! Standing duties.

use store::{StoreError, Tx};

use super::{json, json_text};
use crate::model::identifier::{ServiceId, SubsystemId};
use crate::model::rights::StandingDuty;

pub fn insert(tx: &mut Tx<'_>, new: &StandingDuty) -> Result<(), StoreError> {
    tx.execute(
        "insert into exchange_duty (id, client, service, until_ms, body) values ($1, $2, $3, $4, $5)",
        &[&new.id, &new.client.to_string(), &new.service.to_string(), &new.until_ms, &json_text(new)],
    )?;
    Ok(())
}

pub fn end(tx: &mut Tx<'_>, id: &str, until_ms: i64) -> Result<u64, StoreError> {
    tx.execute("update exchange_duty set until_ms = $2 where id = $1 and until_ms > $2", &[&id, &until_ms])
}

/// Duties of a client at a service that have begun and not ended.
pub fn of(tx: &mut Tx<'_>, client: &SubsystemId, service: &ServiceId, now_ms: i64) -> Result<Vec<StandingDuty>, StoreError> {
    let sql = "select body from exchange_duty where client = $1 and service = $2 and until_ms > $3 order by id";
    let rows = tx.query(sql, &[&client.to_string(), &service.to_string(), &now_ms])?;
    let mut duties: Vec<StandingDuty> = rows.iter().map(|row| json(row, 0, "a standing duty")).collect::<Result<_, _>>()?;
    duties.retain(|duty| duty.from_ms <= now_ms);
    Ok(duties)
}

/// A duty, with its last moment.
pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<(StandingDuty, i64)>, StoreError> {
    let found = tx.query_opt("select body, until_ms from exchange_duty where id = $1", &[&id])?;
    found.as_ref().map(|row| Ok((json(row, 0, "a standing duty")?, row.get(1)?))).transpose()
}

pub fn all(tx: &mut Tx<'_>) -> Result<Vec<(StandingDuty, i64)>, StoreError> {
    let rows = tx.query("select body, until_ms from exchange_duty order by id", &[])?;
    rows.iter().map(|row| Ok((json(row, 0, "a standing duty")?, row.get(1)?))).collect()
}
