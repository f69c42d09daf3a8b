use super::{json, parsed};
use crate::model::dataset::{Dataset, State};
use store::{Row, StoreError, Tx};

const COLUMNS: &str = "body, version";

fn dataset(row: &Row) -> Result<Dataset, StoreError> {
    let body: Dataset = parsed(row, 0, "a dataset")?;
    Ok(Dataset { version: row.get(1)?, ..body })
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Dataset>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from dataset where id = $1"), &[&id])?.as_ref().map(dataset).transpose()
}

pub fn find_by_slug(tx: &mut Tx<'_>, slug: &str) -> Result<Option<Dataset>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from dataset where slug = $1"), &[&slug])?.as_ref().map(dataset).transpose()
}

pub fn find_by_harvest_key(tx: &mut Tx<'_>, key: &str) -> Result<Option<Dataset>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from dataset where harvest_key = $1"), &[&key])?.as_ref().map(dataset).transpose()
}

/// Of an organ, or of all; in a state, or in all; last changed first.
pub fn list(tx: &mut Tx<'_>, organ: Option<&str>, state: Option<State>, count_max: u32, offset: u32) -> Result<Vec<Dataset>, StoreError> {
    let sql = format!(
        "select {COLUMNS} from dataset where (cast($1 as text) is null or organ = $1) and (cast($2 as text) is null or state = $2) \
         order by modified_ms desc, id limit $3 offset $4"
    );
    tx.query(&sql, &[&organ, &state.map(State::as_str), &count_max, &offset])?.iter().map(dataset).collect()
}

pub fn insert(tx: &mut Tx<'_>, new: &Dataset, harvest_key: Option<&str>, version: i64) -> Result<(), StoreError> {
    tx.execute(
        "insert into dataset (id, slug, organ, division, state, is_public, body, harvest_key, modified_ms, version) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            &new.id.as_str(),
            &new.slug,
            &new.organ.as_str(),
            &new.division.as_str(),
            &new.state.as_str(),
            &new.is_public(),
            &json(new),
            &harvest_key,
            &new.modified_ms,
            &version,
        ],
    )?;
    keep_files(tx, new)
}

pub fn update(tx: &mut Tx<'_>, changed: &Dataset, version: i64) -> Result<(), StoreError> {
    tx.execute(
        "update dataset set slug = $2, state = $3, is_public = $4, body = $5, modified_ms = $6, version = $7 where id = $1",
        &[&changed.id.as_str(), &changed.slug, &changed.state.as_str(), &changed.is_public(), &json(changed), &changed.modified_ms, &version],
    )?;
    keep_files(tx, changed)
}

/// To which dataset a file belongs, for questions that name the file alone.
fn keep_files(tx: &mut Tx<'_>, dataset: &Dataset) -> Result<(), StoreError> {
    for resource in &dataset.resources {
        tx.execute(
            "insert into dataset_file (resource, dataset) values ($1, $2) on conflict (resource) do nothing",
            &[&resource.id.as_str(), &dataset.id.as_str()],
        )?;
    }
    Ok(())
}

pub fn of_resource(tx: &mut Tx<'_>, resource: &str) -> Result<Option<String>, StoreError> {
    tx.query_opt("select dataset from dataset_file where resource = $1", &[&resource])?.map(|row| row.get(0)).transpose()
}
