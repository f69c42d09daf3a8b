//! Case files as rows: what lists need in columns, the rest sealed.

use store::{Row, StoreError, Tx};

/// So many cases can be submitted in one millisecond.
const LINES_OF_A_MILLISECOND: i64 = 1_048_576;

/// A case file as stored.
#[derive(Clone, Debug)]
pub(crate) struct FileRow {
    pub line: i64,
    pub id: String,
    pub number: String,
    pub query_code: String,
    pub package_hash: String,
    pub slug: String,
    pub item_name_zh: String,
    pub item_name_en: String,
    pub organ: String,
    pub division: String,
    pub party: String,
    pub applicant_shown: String,
    pub agent: Option<String>,
    pub channel: String,
    pub status: String,
    pub outcome: Option<String>,
    pub version: i64,
    pub submitted_ms: i64,
    pub accepted_on: Option<String>,
    pub accepted_by_default: bool,
    pub closed_ms: Option<i64>,
    pub due_on: Option<String>,
    pub content: String,
    pub flow: String,
    pub parent: Option<String>,
    pub reopened: bool,
}

pub(crate) const COLUMNS: &str = "c.line, c.id, c.number, c.query_code, c.package_hash, c.slug, c.item_name_zh, c.item_name_en, c.organ, c.division,
    c.party, c.applicant_shown, c.agent, c.channel, c.status, c.outcome, c.version, c.submitted_ms, c.accepted_on, c.accepted_by_default,
    c.closed_ms, c.due_on, c.content, c.flow, c.parent, c.reopened";

pub(crate) fn save(tx: &mut Tx<'_>, file: &FileRow, is_new: bool) -> Result<(), StoreError> {
    if is_new { insert(tx, file) } else { update(tx, file) }
}

fn insert(tx: &mut Tx<'_>, file: &FileRow) -> Result<(), StoreError> {
    let inserted = tx.execute(
        "insert into case_file (line, id, number, query_code, package_hash, slug, item_name_zh, item_name_en, organ, division, party,
         applicant_shown, agent, channel, status, outcome, version, submitted_ms, accepted_on, accepted_by_default, closed_ms, due_on,
         content, flow, parent, reopened)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)",
        &[
            &file.line,
            &file.id,
            &file.number,
            &file.query_code,
            &file.package_hash,
            &file.slug,
            &file.item_name_zh,
            &file.item_name_en,
            &file.organ,
            &file.division,
            &file.party,
            &file.applicant_shown,
            &file.agent,
            &file.channel,
            &file.status,
            &file.outcome,
            &file.version,
            &file.submitted_ms,
            &file.accepted_on,
            &file.accepted_by_default,
            &file.closed_ms,
            &file.due_on,
            &file.content,
            &file.flow,
            &file.parent,
            &file.reopened,
        ],
    );
    match inserted {
        Err(StoreError::Constraint { name }) if name == "uq_case_file__line" => Err(tx.conflict()),
        other => other.map(drop),
    }
}

/// The line of a case that is submitted now: the newest case has the largest. Of two that take the same line at once one is done again.
pub(crate) fn next_line(tx: &mut Tx<'_>, submitted_ms: i64) -> Result<i64, StoreError> {
    let first = submitted_ms.saturating_mul(LINES_OF_A_MILLISECOND);
    let end = first.saturating_add(LINES_OF_A_MILLISECOND);
    tx.scalar("select coalesce(max(line), $1) + 1 from case_file where line > $1 and line < $2", &[&first, &end])
}

fn update(tx: &mut Tx<'_>, file: &FileRow) -> Result<(), StoreError> {
    tx.execute(
        "update case_file set organ = $2, division = $3, status = $4, outcome = $5, version = $6, accepted_on = $7,
         accepted_by_default = $8, closed_ms = $9, due_on = $10, content = $11, flow = $12, reopened = $13 where id = $1",
        &[
            &file.id,
            &file.organ,
            &file.division,
            &file.status,
            &file.outcome,
            &file.version,
            &file.accepted_on,
            &file.accepted_by_default,
            &file.closed_ms,
            &file.due_on,
            &file.content,
            &file.flow,
            &file.reopened,
        ],
    )?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<FileRow>, StoreError> {
    let statement = format!("select {COLUMNS} from case_file c where c.id = $1");
    tx.query_opt(&statement, &[&id])?.as_ref().map(row).transpose()
}

/// What the authority is asked about: no more than that is read.
pub(crate) struct Facts {
    pub id: String,
    pub organ: String,
    pub division: String,
    pub party: String,
    pub slug: String,
    pub number: String,
}

pub(crate) fn facts(tx: &mut Tx<'_>, id: &str) -> Result<Option<Facts>, StoreError> {
    let found = tx.query_opt("select id, organ, division, party, slug, number from case_file where id = $1", &[&id])?;
    let facts = |row: Row| {
        let (id, organ, division, party) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(Facts { id, organ, division, party, slug: row.get(4)?, number: row.get(5)? })
    };
    found.map(facts).transpose()
}

pub(crate) fn by_number(tx: &mut Tx<'_>, number: &str) -> Result<Option<FileRow>, StoreError> {
    let statement = format!("select {COLUMNS} from case_file c where c.number = $1");
    tx.query_opt(&statement, &[&number])?.as_ref().map(row).transpose()
}

fn row(row: &Row) -> Result<FileRow, StoreError> {
    Ok(FileRow {
        line: row.get(0)?,
        id: row.get(1)?,
        number: row.get(2)?,
        query_code: row.get(3)?,
        package_hash: row.get(4)?,
        slug: row.get(5)?,
        item_name_zh: row.get(6)?,
        item_name_en: row.get(7)?,
        organ: row.get(8)?,
        division: row.get(9)?,
        party: row.get(10)?,
        applicant_shown: row.get(11)?,
        agent: row.get(12)?,
        channel: row.get(13)?,
        status: row.get(14)?,
        outcome: row.get(15)?,
        version: row.get(16)?,
        submitted_ms: row.get(17)?,
        accepted_on: row.get(18)?,
        accepted_by_default: row.get(19)?,
        closed_ms: row.get(20)?,
        due_on: row.get(21)?,
        content: row.get(22)?,
        flow: row.get(23)?,
        parent: row.get(24)?,
        reopened: row.get(25)?,
    })
}
