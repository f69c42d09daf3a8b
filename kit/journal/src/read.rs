//! Reading by index and by stream.

use store::{Row, StoreError, Tx};

use crate::{Entry, Header, JournalError};

const COLUMNS: &str = "idx, at_ms, node, actor, on_behalf, action, stream, version, kind, commitment, salt, payload";

/// Entries with an index of `from` or more, at most `limit`.
///
/// # Errors
/// The database's.
pub fn entries_after(tx: &mut Tx<'_>, from: i64, limit: u32) -> Result<Vec<Entry>, JournalError> {
    let statement = format!("select {COLUMNS} from journal_entry where idx >= $1 order by idx limit $2");
    entries(tx.query(&statement, &[&from, &i64::from(limit)])?)
}

/// All entries of a stream, in order.
///
/// # Errors
/// The database's.
pub fn entries_of(tx: &mut Tx<'_>, stream: &str) -> Result<Vec<Entry>, JournalError> {
    let statement = format!("select {COLUMNS} from journal_entry where stream = $1 order by version");
    entries(tx.query(&statement, &[&stream])?)
}

/// The entry at an index.
///
/// # Errors
/// [`JournalError::Beyond`] when there is none.
pub fn entry_at(tx: &mut Tx<'_>, index: i64) -> Result<Entry, JournalError> {
    let statement = format!("select {COLUMNS} from journal_entry where idx = $1");
    let row = tx.query_opt(&statement, &[&index])?.ok_or(JournalError::Beyond(index))?;
    Ok(entry(&row)?)
}

/// The version of the last entry of a stream; 0 when it has none.
///
/// # Errors
/// The database's.
pub fn stream_version(tx: &mut Tx<'_>, stream: &str) -> Result<i64, JournalError> {
    Ok(tx.scalar("select coalesce(max(version), 0) from journal_entry where stream = $1", &[&stream])?)
}

fn entries(rows: Vec<Row>) -> Result<Vec<Entry>, JournalError> {
    rows.iter().map(|row| entry(row).map_err(JournalError::from)).collect()
}

fn entry(row: &Row) -> Result<Entry, StoreError> {
    let commitment: Vec<u8> = row.get(9)?;
    let header = Header {
        at_ms: row.get(1)?,
        node: row.get(2)?,
        actor: row.get(3)?,
        on_behalf: row.get(4)?,
        action: row.get(5)?,
        stream: row.get(6)?,
        version: row.get(7)?,
        kind: row.get(8)?,
        commitment: fixed(&commitment)?,
    };
    Ok(Entry { index: row.get(0)?, header, salt: row.get(10)?, payload: row.get(11)? })
}

pub(crate) fn fixed(bytes: &[u8]) -> Result<[u8; 32], StoreError> {
    bytes.try_into().map_err(|_| StoreError::Type { column: 0, found: "bytes of another length", wanted: "32 bytes" })
}
