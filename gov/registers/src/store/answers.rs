//! What others answered about somebody at her own wish: held for the day on which they were asked.

use store::{StoreError, Tx};

use super::{date, parsed};
use crate::model::record::{Cause, Stored};

/// Takes the place of an earlier answer about the same subject.
pub fn put(tx: &mut Tx<'_>, register: &str, subject_index: &str, answer: &Stored) -> Result<(), StoreError> {
    tx.execute(
        "insert into register_answer (register, subject_index, day, asked_ms, plain, sealed, sm3) values ($1, $2, $3, $4, $5, $6, $7) \
         on conflict (register, subject_index) do update set day = excluded.day, asked_ms = excluded.asked_ms, plain = excluded.plain, \
         sealed = excluded.sealed, sm3 = excluded.sm3",
        &[&register, &subject_index, &answer.valid_from.to_string(), &answer.recorded_at_ms, &answer.plain, &answer.sealed, &answer.sm3],
    )
    .map(drop)
}

pub fn find(tx: &mut Tx<'_>, register: &str, subject_index: &str) -> Result<Option<Stored>, StoreError> {
    let sql = "select day, asked_ms, plain, sealed, sm3 from register_answer where register = $1 and subject_index = $2";
    let found = tx.query_opt(sql, &[&register, &subject_index])?;
    found
        .map(|row| {
            let day = parsed(&row, 0, "a day", date)?;
            Ok(Stored {
                position: 0,
                key_index: subject_index.to_owned(),
                subject_index: Some(subject_index.to_owned()),
                version: 0,
                valid_from: day,
                valid_until: Some(day),
                recorded_at_ms: row.get(1)?,
                superseded_at_ms: None,
                cause: Cause::Added,
                changed: Vec::new(),
                plain: row.get(2)?,
                sealed: row.get(3)?,
                sm3: row.get(4)?,
            })
        })
        .transpose()
}

pub fn remove(tx: &mut Tx<'_>, register: &str, subject_index: &str) -> Result<(), StoreError> {
    tx.execute("delete from register_answer where register = $1 and subject_index = $2", &[&register, &subject_index]).map(drop)
}

/// Removes what was answered before a day.
pub fn forget_before(tx: &mut Tx<'_>, day: &str) -> Result<(), StoreError> {
    tx.execute("delete from register_answer where day < $1", &[&day]).map(drop)
}

/// Whether there is anything from before a day.
pub fn is_there_before(tx: &mut Tx<'_>, day: &str) -> Result<bool, StoreError> {
    Ok(tx.query_opt("select 1 from register_answer where day < $1 limit 1", &[&day])?.is_some())
}
