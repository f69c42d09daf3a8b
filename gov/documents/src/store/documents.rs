use store::{Row, StoreError, Tx};

use crate::model::DocumentKind;
use crate::record::{DocumentRecord, DocumentStatus, Filing, PublicFact};
use crate::store::{date, parsed};

const COLUMNS: &str = "id, case_id, certificate_id, kind, title, number, organ_id, organ_code, dated, made_at_ms, code, public_facts, status, \
                       blob, page_count, signature, key_version, filed_at_ms";

pub(crate) fn insert(tx: &mut Tx<'_>, record: &DocumentRecord, sealed_draft: &str) -> Result<(), StoreError> {
    let facts = serde_json::to_string(&record.public_facts).unwrap_or_default();
    tx.execute(
        "insert into document (id, case_id, certificate_id, kind, title, number, organ_id, organ_code, dated, made_at_ms, code, public_facts,
         draft, status) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'allotted')",
        &[
            &record.id,
            &record.case_id,
            &record.certificate_id,
            &record.kind.as_str(),
            &record.title,
            &record.number,
            &record.organ_id,
            &record.organ_code,
            &record.dated.to_string(),
            &record.made_at_ms,
            &record.code,
            &facts,
            &sealed_draft,
        ],
    )?;
    Ok(())
}

/// The PDF is there; what was needed to make it is dropped, because the PDF is the record from now on.
pub(crate) fn file(tx: &mut Tx<'_>, id: &str, filing: &Filing, at_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "update document set status = 'filed', draft = null, blob = $2, page_count = $3, signature = $4, key_version = $5, filed_at_ms = $6
         where id = $1 and status = 'allotted'",
        &[&id, &filing.blob, &filing.page_count, &filing.signature, &filing.key_version, &at_ms],
    )?;
    Ok(())
}

pub(crate) fn by_id(tx: &mut Tx<'_>, id: &str) -> Result<Option<DocumentRecord>, StoreError> {
    one(tx, "id", id)
}

pub(crate) fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<DocumentRecord>, StoreError> {
    one(tx, "code", code)
}

pub(crate) fn by_blob(tx: &mut Tx<'_>, blob: &str) -> Result<Option<DocumentRecord>, StoreError> {
    one(tx, "blob", blob)
}

pub(crate) fn of_case(tx: &mut Tx<'_>, case_id: &str) -> Result<Vec<DocumentRecord>, StoreError> {
    let statement = format!("select {COLUMNS} from document where case_id = $1 order by made_at_ms, id");
    tx.query(&statement, &[&case_id])?.iter().map(record).collect()
}

/// The sealed draft of a document that is not filed yet.
pub(crate) fn sealed_draft(tx: &mut Tx<'_>, id: &str) -> Result<Option<String>, StoreError> {
    match tx.query_opt("select draft from document where id = $1", &[&id])? {
        Some(row) => row.get(0),
        None => Ok(None),
    }
}

fn one(tx: &mut Tx<'_>, column: &'static str, value: &str) -> Result<Option<DocumentRecord>, StoreError> {
    let statement = format!("select {COLUMNS} from document where {column} = $1");
    tx.query_opt(&statement, &[&value])?.as_ref().map(record).transpose()
}

fn record(row: &Row) -> Result<DocumentRecord, StoreError> {
    let filing = match row.get::<Option<String>>(13)? {
        Some(blob) => Some(Filing { blob, page_count: row.get(14)?, signature: row.get(15)?, key_version: row.get(16)? }),
        None => None,
    };
    Ok(DocumentRecord {
        id: row.get(0)?,
        case_id: row.get(1)?,
        certificate_id: row.get(2)?,
        kind: parsed(row, 3, "a kind of document", DocumentKind::parse)?,
        title: row.get(4)?,
        number: row.get(5)?,
        organ_id: row.get(6)?,
        organ_code: row.get(7)?,
        dated: date(row, 8)?,
        made_at_ms: row.get(9)?,
        code: row.get(10)?,
        public_facts: parsed(row, 11, "public facts", |text| serde_json::from_str::<Vec<PublicFact>>(text).ok())?,
        status: parsed(row, 12, "a status of a document", DocumentStatus::parse)?,
        filing,
        filed_at_ms: row.get(17)?,
    })
}
