use serde::{Deserialize, Serialize};
use store::{Row, StoreError, Tx};

use super::{from_json, to_json};
use crate::model::comparison::Comparison;

/// A comparison that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Identifier.
    pub id: String,
    /// The organ for which it was made; it alone sees it, besides the data authority.
    pub organ: String,
    /// What the first source is called.
    pub left: String,
    /// What the second source is called.
    pub right: String,
    /// The register, where the first source is one.
    pub register: Option<String>,
    /// What came of it.
    pub result: Comparison,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// The account that made it.
    pub account: String,
}

const COLUMNS: &str = "id, organ, left_name, right_name, register, result, at_ms, account";

fn compared(row: &Row) -> Result<Compared, StoreError> {
    Ok(Compared {
        id: row.get(0)?,
        organ: row.get(1)?,
        left: row.get(2)?,
        right: row.get(3)?,
        register: row.get(4)?,
        result: from_json(row, 5, "a comparison")?,
        at_ms: row.get(6)?,
        account: row.get(7)?,
    })
}

pub fn insert(tx: &mut Tx<'_>, compared: &Compared) -> Result<(), StoreError> {
    tx.execute(
        "insert into quality_comparison (id, organ, left_name, right_name, register, result, at_ms, account) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            &compared.id,
            &compared.organ,
            &compared.left,
            &compared.right,
            &compared.register,
            &to_json(&compared.result),
            &compared.at_ms,
            &compared.account,
        ],
    )
    .map(drop)
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Compared>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from quality_comparison where id = $1"), &[&id])?.as_ref().map(compared).transpose()
}

/// Those of an organ, newest first.
pub fn of_organ(tx: &mut Tx<'_>, organ: &str, count_max: u32) -> Result<Vec<Compared>, StoreError> {
    let sql = format!("select {COLUMNS} from quality_comparison where organ = $1 order by id desc limit $2");
    tx.query(&sql, &[&organ, &count_max])?.iter().map(compared).collect()
}
