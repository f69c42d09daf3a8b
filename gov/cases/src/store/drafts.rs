//! Drafts.

use store::{Row, StoreError, Tx};

/// A draft as stored: its content sealed.
#[derive(Clone, Debug)]
pub(crate) struct DraftRow {
    pub id: String,
    pub slug: String,
    pub account: String,
    pub party: String,
    pub content: String,
    pub page: String,
    pub version: i64,
    pub updated_ms: i64,
}

const COLUMNS: &str = "id, slug, account, party, content, page, version, updated_ms";

pub(crate) fn save(tx: &mut Tx<'_>, draft: &DraftRow) -> Result<(), StoreError> {
    tx.execute(
        "insert into case_draft (id, slug, account, party, content, page, version, updated_ms) values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do update set content = excluded.content, page = excluded.page, version = excluded.version,
         updated_ms = excluded.updated_ms",
        &[&draft.id, &draft.slug, &draft.account, &draft.party, &draft.content, &draft.page, &draft.version, &draft.updated_ms],
    )?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<DraftRow>, StoreError> {
    let statement = format!("select {COLUMNS} from case_draft where id = $1");
    tx.query_opt(&statement, &[&id])?.as_ref().map(row).transpose()
}

pub(crate) fn of_account(tx: &mut Tx<'_>, account: &str, limit: u32) -> Result<Vec<DraftRow>, StoreError> {
    let statement = format!("select {COLUMNS} from case_draft where account = $1 order by updated_ms desc limit $2");
    tx.query(&statement, &[&account, &i64::from(limit)])?.iter().map(row).collect()
}

pub(crate) fn count_of_account(tx: &mut Tx<'_>, account: &str) -> Result<i64, StoreError> {
    tx.scalar("select count(*) from case_draft where account = $1", &[&account])
}

pub(crate) fn delete(tx: &mut Tx<'_>, id: &str) -> Result<(), StoreError> {
    tx.execute("delete from case_draft where id = $1", &[&id]).map(drop)
}

fn row(row: &Row) -> Result<DraftRow, StoreError> {
    Ok(DraftRow {
        id: row.get(0)?,
        slug: row.get(1)?,
        account: row.get(2)?,
        party: row.get(3)?,
        content: row.get(4)?,
        page: row.get(5)?,
        version: row.get(6)?,
        updated_ms: row.get(7)?,
    })
}
