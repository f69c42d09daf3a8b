use store::{StoreError, Tx};

use crate::model::rules::RuleSet;

/// Rules as they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// From 1, without a gap.
    pub version: i64,
    /// SM3 of the text.
    pub sm3: String,
    /// The file.
    pub text: String,
    /// The same, read.
    pub set: RuleSet,
    /// When it was declared, in milliseconds since 1970.
    pub at_ms: i64,
}

pub fn insert(tx: &mut Tx<'_>, register: &str, version: i64, sm3: &str, declared: &str, at_ms: i64, account: &str) -> Result<(), StoreError> {
    tx.execute(
        "insert into quality_rules (register, version, sm3, declared, at_ms, account) values ($1, $2, $3, $4, $5, $6)",
        &[&register, &version, &sm3, &declared, &at_ms, &account],
    )
    .map(drop)
}

/// The present rules of a register.
pub fn present(tx: &mut Tx<'_>, register: &str) -> Result<Option<Declared>, StoreError> {
    let sql = "select version, sm3, declared, at_ms from quality_rules where register = $1 order by version desc limit 1";
    let Some(row) = tx.query_opt(sql, &[&register])? else { return Ok(None) };
    let text: String = row.get(2)?;
    let set = RuleSet::read(&text).map_err(|_| StoreError::Type { column: 2, found: "another text", wanted: "rules of quality" })?;
    Ok(Some(Declared { version: row.get(0)?, sm3: row.get(1)?, set, text, at_ms: row.get(3)? }))
}
