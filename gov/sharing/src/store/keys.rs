//! Public keys of organs, as verifiers of signed notes.

use store::{StoreError, Tx};

/// Whether a key is recorded.
pub fn is_known(tx: &mut Tx<'_>, organ: &str, verifier: &str) -> Result<bool, StoreError> {
    Ok(tx.query_opt("select 1 from sharing_organ_key where organ = $1 and verifier = $2", &[&organ, &verifier])?.is_some())
}

pub fn insert(tx: &mut Tx<'_>, organ: &str, verifier: &str, since_ms: i64) -> Result<(), StoreError> {
    let sql = "insert into sharing_organ_key (organ, verifier, since_ms) values ($1, $2, $3)";
    tx.execute(sql, &[&organ, &verifier, &since_ms]).map(drop)
}

/// All keys of an organ.
pub fn of(tx: &mut Tx<'_>, organ: &str) -> Result<Vec<String>, StoreError> {
    let rows = tx.query("select verifier from sharing_organ_key where organ = $1 order by since_ms, verifier", &[&organ])?;
    rows.iter().map(|row| row.get(0)).collect()
}
