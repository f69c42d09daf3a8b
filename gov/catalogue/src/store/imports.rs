use store::{Row, StoreError, Tx};

use super::{json, json_text, parsed};
use crate::queries::ImportRecord;

fn record(row: &Row) -> Result<ImportRecord, StoreError> {
    Ok(ImportRecord {
        id: row.get(0)?,
        organ: row.get(1)?,
        file_name: row.get(2)?,
        report: parsed(row, 3, "a report", json)?,
        taken: row.get(4)?,
        at_ms: row.get(5)?,
        actor: row.get(6)?,
    })
}

const COLUMNS: &str = "id, organ, file_name, report, taken, at_ms, actor";

pub fn insert(tx: &mut Tx<'_>, new: &ImportRecord) -> Result<(), StoreError> {
    tx.execute(
        &format!("insert into catalogue_import ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7)"),
        &[&new.id, &new.organ, &new.file_name, &json_text(&new.report), &new.taken, &new.at_ms, &new.actor],
    )?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<ImportRecord>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from catalogue_import where id = $1"), &[&id])?.as_ref().map(record).transpose()
}

/// Writes how many were taken, and what was found while taking them.
pub fn update(tx: &mut Tx<'_>, now: &ImportRecord) -> Result<(), StoreError> {
    tx.execute("update catalogue_import set taken = $2, report = $3 where id = $1", &[&now.id, &now.taken, &json_text(&now.report)])?;
    Ok(())
}

/// Imports of an organ, the newest first.
pub fn of_organ(tx: &mut Tx<'_>, organ: &str, limit: i64) -> Result<Vec<ImportRecord>, StoreError> {
    let sql = format!("select {COLUMNS} from catalogue_import where organ = $1 order by at_ms desc, id desc limit $2");
    tx.query(&sql, &[&organ, &limit])?.iter().map(record).collect()
}
