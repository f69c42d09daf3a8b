use store::{StoreError, Tx};

use super::{json, json_text, parsed};
use crate::model::NegativeEntry;

/// Writes an entry as it stands now.
pub fn put(tx: &mut Tx<'_>, entry: &NegativeEntry) -> Result<(), StoreError> {
    tx.execute(
        "insert into catalogue_negative (id, resource, organ, kind, entry, review_on, state, version) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do update set entry = excluded.entry, review_on = excluded.review_on, state = excluded.state, version = excluded.version",
        &[
            &entry.id.as_str(),
            &entry.resource.as_str(),
            &entry.organ.as_str(),
            &entry.kind.as_str(),
            &json_text(entry),
            &entry.review_on.map(|day| day.to_string()),
            &entry.state.as_str(),
            &entry.version,
        ],
    )?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<NegativeEntry>, StoreError> {
    let found = tx.query_opt("select entry from catalogue_negative where id = $1", &[&id])?;
    found.as_ref().map(|row| parsed(row, 0, "an entry", json)).transpose()
}

pub fn of_resource(tx: &mut Tx<'_>, resource: &str) -> Result<Vec<NegativeEntry>, StoreError> {
    let rows = tx.query("select entry from catalogue_negative where resource = $1 order by id", &[&resource])?;
    rows.iter().map(|row| parsed(row, 0, "an entry", json)).collect()
}

/// Entries of an organ of a kind, in a state.
pub fn of_organ(tx: &mut Tx<'_>, organ: &str, kind: &str, state: &str) -> Result<Vec<NegativeEntry>, StoreError> {
    let sql = "select entry from catalogue_negative where state = $3 and organ = $1 and kind = $2 order by id";
    tx.query(sql, &[&organ, &kind, &state])?.iter().map(|row| parsed(row, 0, "an entry", json)).collect()
}

/// Entries after one, in a state or all, the oldest first.
pub fn list(tx: &mut Tx<'_>, state: &str, after: &str, limit: i64) -> Result<Vec<NegativeEntry>, StoreError> {
    let sql = "select entry from catalogue_negative where ($1 = '' or state = $1) and id > $2 order by id limit $3";
    tx.query(sql, &[&state, &after, &limit])?.iter().map(|row| parsed(row, 0, "an entry", json)).collect()
}
