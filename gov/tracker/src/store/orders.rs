//! Orders of lawful secrecy.

use store::{Row, StoreError, Tx};

use crate::secrecy::SecrecyOrder;

const COLUMNS: &str = "id, case_id, organ, basis, reason, ordered_by, from_ms, until_ms";

pub fn insert(tx: &mut Tx<'_>, order: &SecrecyOrder) -> Result<(), StoreError> {
    tx.execute(
        "insert into secrecy_order (id, case_id, organ, basis, reason, ordered_by, from_ms, until_ms) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[&order.id, &order.case, &order.organ, &order.basis, &order.reason, &order.by, &order.from_ms, &order.until_ms],
    )?;
    Ok(())
}

/// The order of a case that ends last, when it has not ended.
pub fn in_force(tx: &mut Tx<'_>, case: &str, now_ms: i64) -> Result<Option<SecrecyOrder>, StoreError> {
    let sql = format!("select {COLUMNS} from secrecy_order where case_id = $1 and until_ms > $2 order by until_ms desc limit 1");
    tx.query_opt(&sql, &[&case, &now_ms])?.as_ref().map(order).transpose()
}

pub fn count(tx: &mut Tx<'_>, from_ms: i64, until_ms: i64) -> Result<i64, StoreError> {
    let row = tx.query_one("select count(*) from secrecy_order where from_ms >= $1 and from_ms < $2", &[&from_ms, &until_ms])?;
    row.get(0)
}

fn order(row: &Row) -> Result<SecrecyOrder, StoreError> {
    Ok(SecrecyOrder {
        id: row.get(0)?,
        case: row.get(1)?,
        organ: row.get(2)?,
        basis: row.get(3)?,
        reason: row.get(4)?,
        by: row.get(5)?,
        from_ms: row.get(6)?,
        until_ms: row.get(7)?,
    })
}
