use super::{json, parsed};
use crate::model::release::Release;
use store::{StoreError, Tx};

pub fn insert(tx: &mut Tx<'_>, release: &Release) -> Result<(), StoreError> {
    tx.execute(
        "insert into dataset_release (dataset, number, slug, body, at_ms) values ($1, $2, $3, $4, $5)",
        &[&release.dataset.as_str(), &release.number, &release.slug, &json(release), &release.at_ms],
    )?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, dataset: &str, number: u32) -> Result<Option<Release>, StoreError> {
    let row = tx.query_opt("select body from dataset_release where dataset = $1 and number = $2", &[&dataset, &number])?;
    row.as_ref().map(|row| parsed(row, 0, "a release")).transpose()
}

/// All releases of a dataset, newest first.
pub fn of_dataset(tx: &mut Tx<'_>, dataset: &str) -> Result<Vec<Release>, StoreError> {
    let rows = tx.query("select body from dataset_release where dataset = $1 order by number desc", &[&dataset])?;
    rows.iter().map(|row| parsed(row, 0, "a release")).collect()
}

/// The latest release of a dataset that is public, by identifier or slug.
pub fn public(tx: &mut Tx<'_>, name: &str) -> Result<Option<Release>, StoreError> {
    let row = tx.query_opt(
        "select r.body from dataset d join dataset_release r on r.dataset = d.id \
         where (d.id = $1 or d.slug = $1) and d.is_public = 1 order by r.number desc limit 1",
        &[&name],
    )?;
    row.as_ref().map(|row| parsed(row, 0, "a release")).transpose()
}

/// Counts a change of what is public, so that indexes in memory follow.
pub fn note_change(tx: &mut Tx<'_>, dataset: &str) -> Result<(), StoreError> {
    tx.execute("insert into dataset_change (seq, dataset) select coalesce(max(seq), 0) + 1, $1 from dataset_change", &[&dataset])?;
    Ok(())
}

/// The number of the last change.
pub fn last_change(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    tx.scalar("select coalesce(max(seq), 0) from dataset_change", &[])
}

/// Changed datasets after a number, in order.
pub fn changes(tx: &mut Tx<'_>, after: i64, count_max: u32) -> Result<Vec<(i64, String)>, StoreError> {
    let rows = tx.query("select seq, dataset from dataset_change where seq > $1 order by seq limit $2", &[&after, &count_max])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}
