use super::{json, parsed};
use crate::model::harvest::{HarvestRecord, HarvestSource};
use store::{Row, StoreError, Tx};

const RECORD: &str = "there, seen_in, content, dataset, error";

fn source(row: &Row) -> Result<HarvestSource, StoreError> {
    let body: HarvestSource = parsed(row, 0, "a source")?;
    Ok(HarvestSource { version: row.get(1)?, ..body })
}

fn harvest_record(row: &Row) -> Result<HarvestRecord, StoreError> {
    Ok(HarvestRecord { there: row.get(0)?, seen_in: row.get(1)?, content: row.get(2)?, dataset: row.get(3)?, error: row.get(4)? })
}

pub fn put(tx: &mut Tx<'_>, new: &HarvestSource, version: i64) -> Result<(), StoreError> {
    tx.execute(
        "insert into harvest_source (id, organ, body, version) values ($1, $2, $3, $4) \
         on conflict (id) do update set organ = excluded.organ, body = excluded.body, version = excluded.version",
        &[&new.id.as_str(), &new.organ.as_str(), &json(new), &version],
    )?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<HarvestSource>, StoreError> {
    tx.query_opt("select body, version from harvest_source where id = $1", &[&id])?.as_ref().map(source).transpose()
}

pub fn all(tx: &mut Tx<'_>) -> Result<Vec<HarvestSource>, StoreError> {
    tx.query("select body, version from harvest_source order by id", &[])?.iter().map(source).collect()
}

pub fn record(tx: &mut Tx<'_>, source: &str, there: &str) -> Result<Option<HarvestRecord>, StoreError> {
    let sql = format!("select {RECORD} from harvest_record where source = $1 and there = $2");
    tx.query_opt(&sql, &[&source, &there])?.as_ref().map(harvest_record).transpose()
}

pub fn records(tx: &mut Tx<'_>, source: &str, failed: bool, count_max: u32) -> Result<Vec<HarvestRecord>, StoreError> {
    let only = if failed { " and error <> ''" } else { "" };
    let sql = format!("select {RECORD} from harvest_record where source = $1{only} order by there limit $2");
    tx.query(&sql, &[&source, &count_max])?.iter().map(harvest_record).collect()
}

/// Those taken over before that a round did not see.
pub fn unseen(tx: &mut Tx<'_>, source: &str, round: &str, count_max: u32) -> Result<Vec<HarvestRecord>, StoreError> {
    let sql = format!("select {RECORD} from harvest_record where source = $1 and seen_in <> $2 and dataset is not null order by there limit $3");
    tx.query(&sql, &[&source, &round, &count_max])?.iter().map(harvest_record).collect()
}

pub fn put_record(tx: &mut Tx<'_>, source: &str, new: &HarvestRecord) -> Result<(), StoreError> {
    tx.execute(
        "insert into harvest_record (source, there, seen_in, content, dataset, error) values ($1, $2, $3, $4, $5, $6) \
         on conflict (source, there) do update set seen_in = excluded.seen_in, content = excluded.content, \
         dataset = excluded.dataset, error = excluded.error",
        &[&source, &new.there, &new.seen_in, &new.content, &new.dataset, &new.error],
    )?;
    Ok(())
}

pub fn forget(tx: &mut Tx<'_>, source: &str, there: &str) -> Result<(), StoreError> {
    tx.execute("delete from harvest_record where source = $1 and there = $2", &[&source, &there])?;
    Ok(())
}
