//! Consents, version by version.

use store::{Row, StoreError, Tx};

use super::{from_json, json, parsed};
use crate::model::{Consent, ConsentState};

const COLUMNS: &str = "id, version, terms, state, asked_ms, given_ms, ended_ms, note";

fn consent(row: &Row) -> Result<Consent, StoreError> {
    Ok(Consent {
        id: row.get(0)?,
        version: row.get(1)?,
        terms: parsed(row, 2, "terms of a consent", from_json)?,
        state: parsed(row, 3, "the state of a consent", ConsentState::parse)?,
        asked_ms: row.get(4)?,
        given_ms: row.get(5)?,
        ended_ms: row.get(6)?,
        note: row.get(7)?,
    })
}

pub fn insert(tx: &mut Tx<'_>, consent: &Consent, subject_index: &str) -> Result<(), StoreError> {
    let terms = &consent.terms;
    tx.execute(
        "insert into consent (id, subject_index, organ, name, version, source_name, terms, state, asked_ms) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            &consent.id,
            &subject_index,
            &terms.organ,
            &terms.name,
            &consent.version,
            &terms.source.name,
            &json(terms),
            &consent.state.as_str(),
            &consent.asked_ms,
        ],
    )
    .map(drop)
}

/// Writes where it stands.
pub fn update(tx: &mut Tx<'_>, consent: &Consent) -> Result<(), StoreError> {
    tx.execute(
        "update consent set state = $2, given_ms = $3, ended_ms = $4, note = $5 where id = $1",
        &[&consent.id, &consent.state.as_str(), &consent.given_ms, &consent.ended_ms, &consent.note],
    )
    .map(drop)
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Consent>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from consent where id = $1"), &[&id])?.as_ref().map(consent).transpose()
}

/// Under which index its subject is known.
pub fn subject_of(tx: &mut Tx<'_>, id: &str) -> Result<Option<String>, StoreError> {
    tx.query_opt("select subject_index from consent where id = $1", &[&id])?.map(|row| row.get(0)).transpose()
}

/// All versions for one index of a subject, newest first.
pub fn of_subject(tx: &mut Tx<'_>, subject_index: &str, count_max: u32) -> Result<Vec<Consent>, StoreError> {
    let sql = format!("select {COLUMNS} from consent where subject_index = $1 order by id desc limit $2");
    tx.query(&sql, &[&subject_index, &count_max])?.iter().map(consent).collect()
}

/// What an organ asked for of one source, newest first.
pub fn of_organ(tx: &mut Tx<'_>, organ: &str, source: &str, count_max: u32) -> Result<Vec<Consent>, StoreError> {
    let sql = format!("select {COLUMNS} from consent where organ = $1 and source_name = $2 order by id desc limit $3");
    tx.query(&sql, &[&organ, &source, &count_max])?.iter().map(consent).collect()
}
