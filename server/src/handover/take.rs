//! Taking what a service received.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use base64::{Engine, engine::general_purpose::STANDARD};
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
    let after = last_position(&mut file).map_err(|e| format!("{}: {e}", into.display()))?;
    each_answer(connector, service, after, |rows, _| {
        let mut text = String::new();
        for row in rows {
            text.push_str(&row.to_string());
            text.push('\n');
        }
        file.write_all(text.as_bytes()).map_err(named)?;
        Ok(file.sync_data().map_err(named)?)
    })
}

/// Puts files that came in pieces together in a folder; gives the number of the pieces. A file has its name when all of it is there, and until then another
/// one; a file of the folder says where to go on.
///
/// # Errors
/// The folder cannot be written; the refusal of the node. A row that is no piece of a file is passed over, and said.
pub fn take_files(connector: &Connector, service: &ServiceId, folder: &Path) -> Result<u64, StartError> {
    std::fs::create_dir_all(folder).map_err(|e| format!("cannot write {}: {e}", folder.display()))?;
    let mark = folder.join(".position");
    let after = match std::fs::read_to_string(&mark) {
        Ok(text) => text.trim().parse().map_err(|_| format!("{} holds no position", mark.display()))?,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => 0,
        Err(e) => return Err(format!("cannot read {}: {e}", mark.display()).into()),
    };
    each_answer(connector, service, after, |rows, next| {
        for row in rows.iter().filter(|row| row["cd_operation"] != "D") {
            match piece(&row["record"]) {
                Some(piece) => put_piece(folder, piece).map_err(|e| format!("cannot write into {}: {e}", folder.display()))?,
                None => println!("第{0}行不是文件的分块，已跳过。 Row {0} is no piece of a file and was passed over.", row["position"]),
            }
        }
        let fresh = folder.join(".position.new");
        std::fs::write(&fresh, next.to_string())?;
        Ok(std::fs::rename(&fresh, &mark)?)
    })
}

/// Name, offset and bytes of a piece. A name comes from outside: it stays in the folder, and hides nothing.
fn piece(record: &Value) -> Option<(&str, u64, Vec<u8>)> {
    let name = record["file"].as_str()?;
    let leads_away = name.is_empty() || name.starts_with('.') || name.chars().any(|char| matches!(char, '/' | '\\') || char.is_control());
    if leads_away {
        return None;
    }
    Some((name, record["offset"].as_u64()?, STANDARD.decode(record["bytes"].as_str()?).ok()?))
}

fn put_piece(folder: &Path, (name, offset, bytes): (&str, u64, Vec<u8>)) -> std::io::Result<()> {
    let growing = folder.join(format!("{name}.part"));
    let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(&growing)?;
    file.seek(SeekFrom::Start(offset))?;
    file.write_all(&bytes)?;
    if bytes.is_empty() {
        file.set_len(offset)?;
        file.sync_all()?;
        std::fs::rename(&growing, folder.join(name))?;
    }
    Ok(())
}

/// Takes until there is nothing new; each answer is stored before the next one is asked for.
fn each_answer(
    connector: &Connector,
    service: &ServiceId,
    mut after: i64,
    mut store: impl FnMut(&[Value], i64) -> Result<(), StartError>,
) -> Result<u64, StartError> {
    let mut count = 0_u64;
    loop {
        let answer = connector.ask(service, TAKE, &json!({ "after": after }))?;
        let rows = answer["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
        if rows.is_empty() {
            return Ok(count);
        }
        after = answer["next"].as_i64().ok_or("the answer does not say where it ends")?;
        store(rows, after)?;
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
