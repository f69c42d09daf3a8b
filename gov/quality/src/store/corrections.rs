use serde::{Deserialize, Serialize};
use store::{Row, StoreError, Tx};

/// A correction case that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The case.
    pub case: String,
    /// 办件编号.
    pub number: String,
    /// The register; empty when it is about none.
    pub register: String,
    /// The rule; empty for a comparison.
    pub rule: String,
    /// The run or comparison that found it.
    pub origin: String,
    /// The organ that has to correct.
    pub organ: String,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
}

const COLUMNS: &str = "case_id, case_number, register, rule, origin, organ, at_ms";

fn correction(row: &Row) -> Result<Correction, StoreError> {
    Ok(Correction {
        case: row.get(0)?,
        number: row.get(1)?,
        register: row.get(2)?,
        rule: row.get(3)?,
        origin: row.get(4)?,
        organ: row.get(5)?,
        at_ms: row.get(6)?,
    })
}

pub fn insert(tx: &mut Tx<'_>, correction: &Correction) -> Result<(), StoreError> {
    tx.execute(
        "insert into quality_correction (case_id, case_number, register, rule, origin, organ, at_ms) values ($1, $2, $3, $4, $5, $6, $7)",
        &[&correction.case, &correction.number, &correction.register, &correction.rule, &correction.origin, &correction.organ, &correction.at_ms],
    )
    .map(drop)
}

/// The newest one of a rule.
pub fn last_of_rule(tx: &mut Tx<'_>, register: &str, rule: &str) -> Result<Option<Correction>, StoreError> {
    let sql = format!("select {COLUMNS} from quality_correction where register = $1 and rule = $2 order by case_id desc limit 1");
    tx.query_opt(&sql, &[&register, &rule])?.as_ref().map(correction).transpose()
}

/// Those of a register, newest first.
pub fn of_register(tx: &mut Tx<'_>, register: &str, count_max: u32) -> Result<Vec<Correction>, StoreError> {
    let sql = format!("select {COLUMNS} from quality_correction where register = $1 order by case_id desc limit $2");
    tx.query(&sql, &[&register, &count_max])?.iter().map(correction).collect()
}

/// The one that a comparison led to.
pub fn of_origin(tx: &mut Tx<'_>, origin: &str) -> Result<Vec<Correction>, StoreError> {
    let sql = format!("select {COLUMNS} from quality_correction where origin = $1 order by case_id");
    tx.query(&sql, &[&origin])?.iter().map(correction).collect()
}
