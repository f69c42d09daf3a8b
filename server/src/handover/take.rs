//! Taking what a service received.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use exchange::{ServiceId, TAKE};
use serde_json::{Value, json};

use super::asking::Connector;
use crate::node::StartError;

/// So much of a file is looked through at once for its last line.
const LOOK_BYTES: u64 = 64 << 10;

/// Appends every row that is not in the file yet, a line of JSON each, and gives their number. The place of the last row in the file says where to go
/// on; half a line, as an interruption leaves it, is dropped.
///
/// # Errors
/// The file cannot be written, or its last line is no row; the refusal of the node.
pub fn take(connector: &Connector, service: &ServiceId, into: &Path) -> Result<u64, StartError> {
    let named = |e: std::io::Error| format!("cannot write {}: {e}", into.display());
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(into).map_err(named)?;
    let mut after = last_position(&mut file).map_err(|e| format!("{}: {e}", into.display()))?;
    let mut count = 0_u64;
    loop {
        let answer = connector.ask(service, TAKE, &json!({ "after": after }))?;
        let rows = answer["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
        if rows.is_empty() {
            return Ok(count);
        }
        let mut text = String::new();
        for row in rows {
            text.push_str(&row.to_string());
            text.push('\n');
        }
        file.write_all(text.as_bytes()).map_err(named)?;
        file.sync_data().map_err(named)?;
        after = answer["next"].as_i64().ok_or("the answer does not say where it ends")?;
        count = count.saturating_add(u64::try_from(rows.len())?);
    }
}

/// The place of the last whole line; what stands behind it is cut off, and writing goes on there.
fn last_position(file: &mut File) -> Result<i64, StartError> {
    let length = file.metadata()?.len();
    let Some(end) = newline_before(file, length)? else {
        file.set_len(0)?;
        file.rewind()?;
        return Ok(0);
    };
    let start = newline_before(file, end)?.map_or(0, |at| at.saturating_add(1));
    let mut line = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    Read::by_ref(file).take(end.saturating_sub(start)).read_to_end(&mut line)?;
    let row: Value = serde_json::from_slice(&line).map_err(|e| format!("the last line is no row that was taken: {e}"))?;
    let position = row["position"].as_i64().ok_or("the last line is no row that was taken")?;
    let end = end.saturating_add(1);
    file.set_len(end)?;
    file.seek(SeekFrom::Start(end))?;
    Ok(position)
}

/// Where the last line break before a place stands.
fn newline_before(file: &mut File, mut end: u64) -> Result<Option<u64>, StartError> {
    let mut bytes = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(LOOK_BYTES);
        bytes.clear();
        file.seek(SeekFrom::Start(start))?;
        Read::by_ref(file).take(end.saturating_sub(start)).read_to_end(&mut bytes)?;
        if let Some(at) = bytes.iter().rposition(|byte| *byte == b'\n') {
            return Ok(Some(start.saturating_add(u64::try_from(at)?)));
        }
        end = start;
    }
    Ok(None)
}
