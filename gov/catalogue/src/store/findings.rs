//! What the detector found about items, and what a person decided about it.

use store::{StoreError, Tx};

use super::{json, json_text, parsed, parsed_opt};
use crate::detect::Finding;
use crate::queries::{GradeDecision, Graded};

pub fn of_resource(tx: &mut Tx<'_>, resource: &str) -> Result<Vec<Graded>, StoreError> {
    let rows = tx.query("select item_key, finding, decision, at_ms from catalogue_finding where resource = $1 order by item_key", &[&resource])?;
    let read = |row: &store::Row| {
        Ok(Graded {
            item_key: row.get(0)?,
            finding: parsed(row, 1, "a finding", json::<Option<Finding>>)?,
            decision: parsed_opt(row, 2, "a decision", json::<GradeDecision>)?,
            at_ms: row.get(3)?,
        })
    };
    rows.iter().map(read).collect()
}

/// A new suggestion takes the place of the old one; what was decided stays.
pub fn suggest(tx: &mut Tx<'_>, resource: &str, item_key: &str, finding: &Finding, at_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "insert into catalogue_finding (resource, item_key, finding, at_ms) values ($1, $2, $3, $4)
         on conflict (resource, item_key) do update set finding = excluded.finding, at_ms = excluded.at_ms",
        &[&resource, &item_key, &json_text(finding), &at_ms],
    )?;
    Ok(())
}

pub fn decide(tx: &mut Tx<'_>, resource: &str, item_key: &str, decision: &GradeDecision) -> Result<(), StoreError> {
    tx.execute(
        "insert into catalogue_finding (resource, item_key, finding, decision, at_ms) values ($1, $2, 'null', $3, $4)
         on conflict (resource, item_key) do update set decision = excluded.decision",
        &[&resource, &item_key, &json_text(decision), &decision.at_ms],
    )?;
    Ok(())
}
