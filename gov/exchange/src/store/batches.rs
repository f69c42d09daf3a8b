//! Batches that arrive, their parts, the rows they brought, and rows set aside; feeds that leave.

use std::collections::BTreeSet;

use store::{Row, StoreError, Tx};

use super::{json, json_text, parsed};
use crate::model::feed::{DeadRow, Feed, FeedState, Ground, InboxBatch, InboxState, Received};

pub struct PlaceKey<'a> {
    pub service: &'a str,
    pub source: &'a str,
    pub cd_batch: &'a str,
}

const BATCH: &str = "b.parts, b.row_count, b.sm3, b.state, b.applied_parts, b.applied_rows, b.dead_rows";

fn batch(row: &Row) -> Result<InboxBatch, StoreError> {
    Ok(InboxBatch {
        parts: row.get(0)?,
        rows: row.get(1)?,
        sm3: row.get(2)?,
        state: parsed(row, 3, "a state of a batch", InboxState::parse)?,
        applied_parts: row.get(4)?,
        applied_rows: row.get(5)?,
        dead_rows: row.get(6)?,
    })
}

pub fn find(tx: &mut Tx<'_>, place: &PlaceKey<'_>) -> Result<Option<InboxBatch>, StoreError> {
    let sql = format!("select {BATCH} from exchange_batch b where b.service = $1 and b.source = $2 and b.cd_batch = $3");
    tx.query_opt(&sql, &[&place.service, &place.source, &place.cd_batch])?.as_ref().map(batch).transpose()
}

/// The batches of a service, the newest first.
pub fn newest(tx: &mut Tx<'_>, service: &str, count_max: u32) -> Result<Vec<Received>, StoreError> {
    let sql = format!(
        "select {BATCH}, b.source, b.cd_batch, b.opened_ms, (select count(*) from exchange_batch_part p where p.service = b.service \
         and p.source = b.source and p.cd_batch = b.cd_batch) from exchange_batch b where b.service = $1 order by b.opened_ms desc, b.cd_batch desc \
         limit $2"
    );
    let received = |row: &Row| {
        Ok(Received { batch: batch(row)?, source: row.get(7)?, cd_batch: row.get(8)?, opened_ms: row.get(9)?, arrived_parts: row.get(10)? })
    };
    tx.query(&sql, &[&service, &count_max])?.iter().map(received).collect()
}

pub fn open(tx: &mut Tx<'_>, place: &PlaceKey<'_>, manifest: (u32, i64, &str), ground: &Ground, at_ms: i64) -> Result<(), StoreError> {
    let (parts, rows, sm3) = manifest;
    tx.execute(
        "insert into exchange_batch (service, source, cd_batch, parts, row_count, sm3, state, opened_ms, applied_parts, applied_rows, dead_rows, \
         ground) values ($1, $2, $3, $4, $5, $6, 'open', $7, 0, 0, 0, $8)",
        &[&place.service, &place.source, &place.cd_batch, &parts, &rows, &sm3, &at_ms, &json_text(ground)],
    )?;
    Ok(())
}

pub fn set_progress(tx: &mut Tx<'_>, place: &PlaceKey<'_>, state: InboxState, applied_parts: u32, rows: i64, dead: i64) -> Result<(), StoreError> {
    tx.execute(
        "update exchange_batch set state = $4, applied_parts = $5, applied_rows = applied_rows + $6, dead_rows = dead_rows + $7 \
         where service = $1 and source = $2 and cd_batch = $3",
        &[&place.service, &place.source, &place.cd_batch, &state.as_str(), &applied_parts, &rows, &dead],
    )?;
    Ok(())
}

pub fn put_part(tx: &mut Tx<'_>, place: &PlaceKey<'_>, number: u32, sm3: &str, text: &str) -> Result<(), StoreError> {
    tx.execute(
        "insert into exchange_batch_part (service, source, cd_batch, number, sm3, text) values ($1, $2, $3, $4, $5, $6)",
        &[&place.service, &place.source, &place.cd_batch, &number, &sm3, &text],
    )?;
    Ok(())
}

/// The digest of a part that is there.
pub fn part_sm3(tx: &mut Tx<'_>, place: &PlaceKey<'_>, number: u32) -> Result<Option<String>, StoreError> {
    let sql = "select sm3 from exchange_batch_part where service = $1 and source = $2 and cd_batch = $3 and number = $4";
    tx.query_opt(sql, &[&place.service, &place.source, &place.cd_batch, &number])?.map(|row| row.get(0)).transpose()
}

/// Number and digest of the parts that are there.
pub fn parts(tx: &mut Tx<'_>, place: &PlaceKey<'_>) -> Result<Vec<(u32, String)>, StoreError> {
    let sql = "select number, sm3 from exchange_batch_part where service = $1 and source = $2 and cd_batch = $3 order by number";
    tx.query(sql, &[&place.service, &place.source, &place.cd_batch])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

pub fn numbers(tx: &mut Tx<'_>, place: &PlaceKey<'_>) -> Result<BTreeSet<u32>, StoreError> {
    Ok(parts(tx, place)?.into_iter().map(|(number, _)| number).collect())
}

/// The sealed text of a part; `None` once it is applied.
pub fn part_text(tx: &mut Tx<'_>, place: &PlaceKey<'_>, number: u32) -> Result<Option<String>, StoreError> {
    let sql = "select text from exchange_batch_part where service = $1 and source = $2 and cd_batch = $3 and number = $4";
    let row = tx.query_opt(sql, &[&place.service, &place.source, &place.cd_batch, &number])?;
    row.map_or(Ok(None), |row| row.get(0))
}

pub fn drop_part_text(tx: &mut Tx<'_>, place: &PlaceKey<'_>, number: u32) -> Result<(), StoreError> {
    tx.execute(
        "update exchange_batch_part set text = null where service = $1 and source = $2 and cd_batch = $3 and number = $4",
        &[&place.service, &place.source, &place.cd_batch, &number],
    )?;
    Ok(())
}

/// The position (batch and row) of what is known under a key; the later one wins, whatever the order of arrival.
pub fn position(tx: &mut Tx<'_>, service: &str, source: &str, key_index: &str) -> Result<Option<(String, i64)>, StoreError> {
    let sql = "select cd_batch, row_number from exchange_received where service = $1 and source = $2 and key_index = $3";
    let row = tx.query_opt(sql, &[&service, &source, &key_index])?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

/// A row that was received; key and `record` are sealed, the latter `None` for one that was deleted at its source.
pub struct ReceivedRow<'a> {
    pub service: &'a str,
    pub source: &'a str,
    pub key_index: &'a str,
    pub cd_batch: &'a str,
    pub row_number: i64,
    pub position: i64,
    pub cd_time: i64,
    pub key: &'a str,
    pub record: Option<&'a str>,
}

pub fn put_received(tx: &mut Tx<'_>, row: &ReceivedRow<'_>) -> Result<(), StoreError> {
    tx.execute(
        "insert into exchange_received (service, source, key_index, cd_batch, row_number, position, cd_time, key, record) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         on conflict (service, source, key_index) do update set cd_batch = excluded.cd_batch, row_number = excluded.row_number, \
         position = excluded.position, cd_time = excluded.cd_time, key = excluded.key, record = excluded.record",
        &[&row.service, &row.source, &row.key_index, &row.cd_batch, &row.row_number, &row.position, &row.cd_time, &row.key, &row.record],
    )?;
    Ok(())
}

/// The place of the last row of a service, in the order in which rows became what is known; 0 before the first.
pub fn last_position(tx: &mut Tx<'_>, service: &str) -> Result<i64, StoreError> {
    tx.scalar("select coalesce(max(position), 0) from exchange_received where service = $1", &[&service])
}

/// A row as it is kept, to be taken.
pub struct KeptRow {
    pub position: i64,
    pub source: String,
    pub cd_batch: String,
    pub cd_time: i64,
    pub key_index: String,
    pub key: String,
    pub record: Option<String>,
}

pub fn received_after(tx: &mut Tx<'_>, service: &str, position: i64, count_max: u32) -> Result<Vec<KeptRow>, StoreError> {
    let sql = "select position, source, cd_batch, cd_time, key_index, key, record from exchange_received \
               where service = $1 and position > $2 order by position limit $3";
    let kept = |row: &Row| {
        Ok(KeptRow {
            position: row.get(0)?,
            source: row.get(1)?,
            cd_batch: row.get(2)?,
            cd_time: row.get(3)?,
            key_index: row.get(4)?,
            key: row.get(5)?,
            record: row.get(6)?,
        })
    };
    tx.query(sql, &[&service, &position, &count_max])?.iter().map(kept).collect()
}

/// Under which right a batch came.
pub fn ground(tx: &mut Tx<'_>, place: &PlaceKey<'_>) -> Result<Option<Ground>, StoreError> {
    let sql = "select ground from exchange_batch where service = $1 and source = $2 and cd_batch = $3";
    let row = tx.query_opt(sql, &[&place.service, &place.source, &place.cd_batch])?;
    row.as_ref().map(|row| json(row, 0, "the ground of a batch")).transpose()
}

pub fn received_count(tx: &mut Tx<'_>, service: &str) -> Result<i64, StoreError> {
    tx.scalar("select count(*) from exchange_received where service = $1 and record is not null", &[&service])
}

pub fn put_dead(tx: &mut Tx<'_>, dead: &DeadRow, line: &str) -> Result<(), StoreError> {
    tx.execute(
        "insert into exchange_dead_row (id, service, source, cd_batch, row_number, at_ms, reason, line) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[&dead.id, &dead.service, &dead.source, &dead.cd_batch, &dead.row_number, &dead.at_ms, &dead.reason, &line],
    )?;
    Ok(())
}

fn dead(row: &Row) -> Result<DeadRow, StoreError> {
    Ok(DeadRow {
        id: row.get(0)?,
        service: row.get(1)?,
        source: row.get(2)?,
        cd_batch: row.get(3)?,
        row_number: row.get(4)?,
        at_ms: row.get(5)?,
        reason: row.get(6)?,
    })
}

const DEAD: &str = "id, service, source, cd_batch, row_number, at_ms, reason";

pub fn dead_rows(tx: &mut Tx<'_>, count_max: u32) -> Result<Vec<DeadRow>, StoreError> {
    tx.query(&format!("select {DEAD} from exchange_dead_row order by id limit $1"), &[&count_max])?.iter().map(dead).collect()
}

pub fn dead_rows_of(tx: &mut Tx<'_>, service: &str, count_max: u32) -> Result<Vec<DeadRow>, StoreError> {
    let sql = format!("select {DEAD} from exchange_dead_row where service = $1 order by id limit $2");
    tx.query(&sql, &[&service, &count_max])?.iter().map(dead).collect()
}

/// A row that was set aside, with its sealed line.
pub fn find_dead(tx: &mut Tx<'_>, id: &str) -> Result<Option<(DeadRow, String)>, StoreError> {
    let row = tx.query_opt(&format!("select {DEAD}, line from exchange_dead_row where id = $1"), &[&id])?;
    row.map(|row| Ok((dead(&row)?, row.get(7)?))).transpose()
}

pub fn drop_dead(tx: &mut Tx<'_>, id: &str) -> Result<(), StoreError> {
    tx.execute("delete from exchange_dead_row where id = $1", &[&id])?;
    Ok(())
}

const FEED: &str =
    "id, client, service, register, position, state, pending_batch, pending_until, tries, last_code, serial_day, serial, tried_ms, reason";

fn feed(row: &Row) -> Result<Feed, StoreError> {
    Ok(Feed {
        id: row.get(0)?,
        client: parsed(row, 1, "a subsystem", |text| text.parse().ok())?,
        service: parsed(row, 2, "a service", |text| text.parse().ok())?,
        register: row.get(3)?,
        position: row.get(4)?,
        state: parsed(row, 5, "a state of a feed", FeedState::parse)?,
        pending_batch: row.get::<Option<String>>(6)?.and_then(|text| text.parse().ok()),
        pending_until: row.get(7)?,
        tries: row.get(8)?,
        last_code: row.get(9)?,
        serial_day: row.get(10)?,
        serial: row.get(11)?,
        tried_ms: row.get(12)?,
        reason: row.get(13)?,
    })
}

pub fn put_feed(tx: &mut Tx<'_>, feed: &Feed) -> Result<(), StoreError> {
    tx.execute(
        "insert into exchange_feed (id, client, service, register, position, state, pending_batch, pending_until, tries, last_code, serial_day, serial, \
         tried_ms, reason) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (id) do update set \
         position = excluded.position, state = excluded.state, pending_batch = excluded.pending_batch, pending_until = excluded.pending_until, \
         tries = excluded.tries, last_code = excluded.last_code, serial_day = excluded.serial_day, serial = excluded.serial, \
         tried_ms = excluded.tried_ms, reason = excluded.reason",
        &[
            &feed.id,
            &feed.client.to_string(),
            &feed.service.to_string(),
            &feed.register,
            &feed.position,
            &feed.state.as_str(),
            &feed.pending_batch.as_ref().map(ToString::to_string),
            &feed.pending_until,
            &feed.tries,
            &feed.last_code,
            &feed.serial_day,
            &feed.serial,
            &feed.tried_ms,
            &feed.reason,
        ],
    )?;
    Ok(())
}

pub fn find_feed(tx: &mut Tx<'_>, id: &str) -> Result<Option<Feed>, StoreError> {
    tx.query_opt(&format!("select {FEED} from exchange_feed where id = $1"), &[&id])?.as_ref().map(feed).transpose()
}

pub fn feeds(tx: &mut Tx<'_>) -> Result<Vec<Feed>, StoreError> {
    tx.query(&format!("select {FEED} from exchange_feed order by id"), &[])?.iter().map(feed).collect()
}
