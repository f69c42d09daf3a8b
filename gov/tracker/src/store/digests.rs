//! Daily digests: who wants them, and what stood in them; and the figures of the tracker by organ and purpose.

use store::{Row, StoreError, Tx};

use super::{from_json, json, parsed};
use crate::digest::{Choice, Digest};
use crate::queries::ReadingFigure;

/// Chooses a digest, or gives it up.
pub fn choose(tx: &mut Tx<'_>, party: &str, choice: Option<&Choice>) -> Result<(), StoreError> {
    tx.execute("delete from digest_choice where party = $1", &[&party])?;
    if let Some(choice) = choice {
        tx.execute(
            "insert into digest_choice (party, subject_indexes, since_ms) values ($1, $2, $3)",
            &[&party, &json(&choice.subject_indexes), &choice.since_ms],
        )?;
    }
    Ok(())
}

fn choice(row: &Row) -> Result<Choice, StoreError> {
    Ok(Choice { party: row.get(0)?, subject_indexes: parsed(row, 1, "indexes of a subject", from_json)?, since_ms: row.get(2)? })
}

pub fn choice_of(tx: &mut Tx<'_>, party: &str) -> Result<Option<Choice>, StoreError> {
    let sql = "select party, subject_indexes, since_ms from digest_choice where party = $1";
    tx.query_opt(sql, &[&party])?.as_ref().map(choice).transpose()
}

pub fn choices(tx: &mut Tx<'_>) -> Result<Vec<Choice>, StoreError> {
    tx.query("select party, subject_indexes, since_ms from digest_choice order by party", &[])?.iter().map(choice).collect()
}

/// How many readings of a subject became visible between two moments, by organ.
pub fn readings_by_organ(tx: &mut Tx<'_>, subject_index: &str, from_ms: i64, until_ms: i64) -> Result<Vec<(String, i64)>, StoreError> {
    let sql = "select coalesce(organ, ''), count(*) from data_reading where subject_index = $1 and shown_from_ms >= $2 and shown_from_ms < $3 \
               group by coalesce(organ, '') order by coalesce(organ, '')";
    tx.query(sql, &[&subject_index, &from_ms, &until_ms])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

pub fn insert(tx: &mut Tx<'_>, digest: &Digest) -> Result<(), StoreError> {
    tx.execute("delete from reading_digest where party = $1 and day = $2", &[&digest.party, &digest.day])?;
    tx.execute(
        "insert into reading_digest (party, day, readings, organs) values ($1, $2, $3, $4)",
        &[&digest.party, &digest.day, &digest.readings, &json(&digest.organs)],
    )
    .map(drop)
}

pub fn of_party(tx: &mut Tx<'_>, party: &str, count_max: u32) -> Result<Vec<Digest>, StoreError> {
    let sql = "select party, day, readings, organs, read_ms from reading_digest where party = $1 order by day desc limit $2";
    let rows = tx.query(sql, &[&party, &count_max])?;
    rows.iter()
        .map(|row| {
            let organs = parsed(row, 3, "organs", from_json)?;
            Ok(Digest { party: row.get(0)?, day: row.get(1)?, readings: row.get(2)?, organs, read_ms: row.get(4)? })
        })
        .collect()
}

pub fn mark_read(tx: &mut Tx<'_>, party: &str, at_ms: i64) -> Result<(), StoreError> {
    tx.execute("update reading_digest set read_ms = $2 where party = $1 and read_ms is null", &[&party, &at_ms]).map(drop)
}

/// Readings between two moments by organ and purpose. The purpose is the title of the case; what people typed is not a figure.
pub fn figures(tx: &mut Tx<'_>, from_ms: i64, until_ms: i64) -> Result<Vec<ReadingFigure>, StoreError> {
    let sql = "select coalesce(organ, ''), coalesce(case_title, ''), \
               case when case_id is not null then 'case' when consent is not null then 'consent' when grant_id is not null then 'grant' \
               else 'duty' end, count(*) from data_reading where at_ms >= $1 and at_ms < $2 group by 1, 2, 3 order by 1, 2, 3";
    let rows = tx.query(sql, &[&from_ms, &until_ms])?;
    rows.iter()
        .map(|row| {
            let title: String = row.get(1)?;
            let case_title = if title.is_empty() { None } else { Some(parsed(row, 1, "a title", from_json)?) };
            Ok(ReadingFigure { organ: row.get(0)?, case_title, ground: row.get(2)?, count: row.get(3)? })
        })
        .collect()
}
