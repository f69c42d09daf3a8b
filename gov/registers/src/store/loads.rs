use store::{Row, StoreError, Tx};

use super::{json, json_text, parsed};
use crate::model::loading::{Load, LoadReport};

const COLUMNS: &str = "id, register, file_sm3, report, at_ms, account";

fn load_of(row: &Row) -> Result<Load, StoreError> {
    Ok(Load {
        id: row.get(0)?,
        register: row.get(1)?,
        file_sm3: row.get(2)?,
        report: parsed(row, 3, "a report", json::<LoadReport>)?,
        at_ms: row.get(4)?,
        account: row.get(5)?,
    })
}

pub fn insert(tx: &mut Tx<'_>, load: &Load) -> Result<(), StoreError> {
    tx.execute(
        "insert into register_load (id, register, file_sm3, report, at_ms, account) values ($1, $2, $3, $4, $5, $6)",
        &[&load.id, &load.register, &load.file_sm3, &json_text(&load.report), &load.at_ms, &load.account],
    )?;
    Ok(())
}

pub fn by_file(tx: &mut Tx<'_>, register: &str, file_sm3: &str) -> Result<Option<Load>, StoreError> {
    let sql = format!("select {COLUMNS} from register_load where register = $1 and file_sm3 = $2");
    tx.query_opt(&sql, &[&register, &file_sm3])?.as_ref().map(load_of).transpose()
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Load>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from register_load where id = $1"), &[&id])?.as_ref().map(load_of).transpose()
}

/// Newest first.
pub fn of_register(tx: &mut Tx<'_>, register: &str, count_max: u32) -> Result<Vec<Load>, StoreError> {
    let sql = format!("select {COLUMNS} from register_load where register = $1 order by id desc limit $2");
    tx.query(&sql, &[&register, &count_max])?.iter().map(load_of).collect()
}
