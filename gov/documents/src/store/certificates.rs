use store::{Row, StoreError, Tx};

use crate::model::{CertificateStatus, PartyKind};
use crate::record::{CertificateRecord, StatusNote};
use crate::store::{date, date_opt, parsed};

const COLUMNS: &str = "id, case_id, document_id, previous_id, type_code, name, number, identifier, edition, organ_id, organ_code, holder_kind, \
                       holder_party, sealed, issued_on, valid_from, valid_until, status, status_reason, status_basis, status_at_ms";

pub(crate) fn insert(tx: &mut Tx<'_>, record: &CertificateRecord, holder_index: &str) -> Result<(), StoreError> {
    tx.execute(
        "insert into certificate (id, case_id, document_id, previous_id, type_code, name, number, identifier, edition, organ_id, organ_code,
         holder_kind, holder_party, holder_index, sealed, issued_on, valid_from, valid_until, status, status_reason, status_basis, status_at_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, '', '', $20)",
        &[
            &record.id,
            &record.case_id,
            &record.document_id,
            &record.previous_id,
            &record.type_code,
            &record.name,
            &record.number,
            &record.identifier,
            &record.edition,
            &record.organ_id,
            &record.organ_code,
            &record.holder_kind.as_str(),
            &record.holder_party,
            &holder_index,
            &record.sealed,
            &record.issued_on.to_string(),
            &record.valid_from.to_string(),
            &record.valid_until.map(|day| day.to_string()),
            &record.status.as_str(),
            &record.note.at_ms,
        ],
    )?;
    Ok(())
}

pub(crate) fn set_status(tx: &mut Tx<'_>, id: &str, status: CertificateStatus, note: &StatusNote) -> Result<(), StoreError> {
    tx.execute(
        "update certificate set status = $2, status_reason = $3, status_basis = $4, status_at_ms = $5 where id = $1",
        &[&id, &status.as_str(), &note.reason, &note.basis, &note.at_ms],
    )?;
    Ok(())
}

pub(crate) fn by_id(tx: &mut Tx<'_>, id: &str) -> Result<Option<CertificateRecord>, StoreError> {
    Ok(where_equal(tx, "id", id)?.pop())
}

pub(crate) fn of_case(tx: &mut Tx<'_>, case_id: &str) -> Result<Vec<CertificateRecord>, StoreError> {
    where_equal(tx, "case_id", case_id)
}

pub(crate) fn of_party(tx: &mut Tx<'_>, party: &str) -> Result<Vec<CertificateRecord>, StoreError> {
    where_equal(tx, "holder_party", party)
}

pub(crate) fn of_holder_index(tx: &mut Tx<'_>, index: &str) -> Result<Vec<CertificateRecord>, StoreError> {
    where_equal(tx, "holder_index", index)
}

/// The version that took the place of this one.
pub(crate) fn successor(tx: &mut Tx<'_>, id: &str) -> Result<Option<CertificateRecord>, StoreError> {
    Ok(where_equal(tx, "previous_id", id)?.pop())
}

fn where_equal(tx: &mut Tx<'_>, column: &'static str, value: &str) -> Result<Vec<CertificateRecord>, StoreError> {
    let statement = format!("select {COLUMNS} from certificate where {column} = $1 order by issued_on, id");
    tx.query(&statement, &[&value])?.iter().map(record).collect()
}

fn record(row: &Row) -> Result<CertificateRecord, StoreError> {
    Ok(CertificateRecord {
        id: row.get(0)?,
        case_id: row.get(1)?,
        document_id: row.get(2)?,
        previous_id: row.get(3)?,
        type_code: row.get(4)?,
        name: row.get(5)?,
        number: row.get(6)?,
        identifier: row.get(7)?,
        edition: row.get(8)?,
        organ_id: row.get(9)?,
        organ_code: row.get(10)?,
        holder_kind: parsed(row, 11, "a kind of party", PartyKind::parse)?,
        holder_party: row.get(12)?,
        sealed: row.get(13)?,
        issued_on: date(row, 14)?,
        valid_from: date(row, 15)?,
        valid_until: date_opt(row, 16)?,
        status: parsed(row, 17, "a status of a certificate", CertificateStatus::parse)?,
        note: StatusNote { reason: row.get(18)?, basis: row.get(19)?, at_ms: row.get(20)? },
    })
}
