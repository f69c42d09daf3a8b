//! Sending a file as a batch.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use clock::{Clock, SystemClock};
use exchange::{BatchNumber, BatchRow, Code, Cutter, FieldType, Manifest, Operation, PARTS_COUNT_MAX, Part, ServiceId};
use seal::hash::sm3_hex;
use serde_json::{Map, Value, json};

use super::asking::Connector;
use super::rows::Rows;
use crate::node::StartError;

/// The columns that say what happened to a row, as the national interface names them.
const OPERATION: &str = "cd_operation";
const TIME: &str = "cd_time";
/// The key of a piece of a file.
const PIECE_KEY: [&str; 2] = ["file", "offset"];
/// Parts between two words about how far it is.
const TOLD_EVERY: u32 = 100;
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Rounds of closing: more than one only when parts were lost at the other side.
const ROUNDS_MAX: u32 = 4;

/// What is sent.
#[derive(Clone, Debug)]
pub struct Sending<'s> {
    /// The file: text with separators, lines of JSON, a spreadsheet, Parquet.
    pub file: &'s Path,
    /// Service that takes it.
    pub service: &'s ServiceId,
    /// Columns that together are the key of a row. Without one the file is sent as it is, piece by piece.
    pub key: &'s [String],
    /// Number of the batch; the first one of this day, when `None`.
    pub cd_batch: Option<&'s BatchNumber>,
    /// Largest part, in bytes of its text.
    pub part_bytes_max: usize,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Its number.
    pub cd_batch: BatchNumber,
    /// How many parts it has.
    pub parts: u32,
    /// How many of them were sent by this command.
    pub sent_parts: u32,
    /// Rows that are applied, or were older than what is known.
    pub applied_rows: i64,
    /// Rows that the receiver set aside.
    pub dead_rows: i64,
}

/// Cuts the file twice: first to say what it is, then to send the parts that are not there yet; at no time is more than one part held. Waits until
/// every row is applied or set aside.
///
/// # Errors
/// What is wrong with the file; the refusal of the other side.
pub fn send(connector: &Connector, sending: &Sending<'_>) -> Result<Sent, StartError> {
    let cutting = Cutting::new(connector, sending)?;
    let cd_batch = match sending.cd_batch {
        Some(given) => given.clone(),
        None => BatchNumber::new(clock::local_date(SystemClock::new().now()), 1).map_err(|code| code.as_str())?,
    };
    let mut digests = Vec::new();
    let rows = cutting.cut(|_, text| {
        digests.push(sm3_hex(text.as_bytes()));
        Ok(())
    })?;
    let manifest = Manifest::of(&cd_batch, rows, digests.iter().map(String::as_str)).map_err(|_| {
        format!("文件超过{PARTS_COUNT_MAX}块，请拆分成几个批次。 The file makes more than {PARTS_COUNT_MAX} parts; send it as several batches.")
    })?;
    println!("批次 batch {cd_batch}: {rows} 行 rows, {} 块 parts", manifest.parts);
    let mut state = connector.ask(sending.service, "open", &serde_json::to_value(&manifest)?)?;
    let mut sent_parts = 0_u32;
    for _ in 0..ROUNDS_MAX {
        if state["state"] != "open" {
            break;
        }
        sent_parts = sent_parts.saturating_add(send_missing(connector, sending, &cutting, &digests, &cd_batch)?);
        state = connector.ask(sending.service, "close", &json!({ "cd_batch": cd_batch }))?;
    }
    if state["state"] == "open" {
        return Err(format!("批次 {cd_batch} 仍有数据块未到。 Parts of batch {cd_batch} are still missing.").into());
    }
    while state["state"] != "applied" {
        std::thread::sleep(LOOK_EVERY);
        state = connector.ask(sending.service, "state", &json!({ "cd_batch": cd_batch }))?;
    }
    let count = |name: &str| state[name].as_i64().unwrap_or(0);
    Ok(Sent { parts: manifest.parts, sent_parts, applied_rows: count("applied_rows"), dead_rows: count("dead_rows"), cd_batch })
}

/// Sends what is missing, in order; an answer names the first parts that are missing alone, so it is asked again until there are none.
fn send_missing(
    connector: &Connector,
    sending: &Sending<'_>,
    cutting: &Cutting<'_>,
    digests: &[String],
    cd_batch: &BatchNumber,
) -> Result<u32, StartError> {
    let state = connector.ask(sending.service, "state", &json!({ "cd_batch": cd_batch }))?;
    let mut missing = missing_of(&state);
    let mut sent = 0_u32;
    cutting.cut(|number, text| {
        // Behind the last part that the answer names there may be more that are missing, and some that are not: the next answer says it.
        if missing.last().is_some_and(|last| number > *last) && sent > 0 {
            missing = missing_of(&connector.ask(sending.service, "state", &json!({ "cd_batch": cd_batch }))?);
        }
        if missing.binary_search(&number).is_err() {
            return Ok(());
        }
        let sm3 = sm3_hex(text.as_bytes());
        if usize::try_from(number).ok().and_then(|number| digests.get(number.checked_sub(1)?)) != Some(&sm3) {
            return Err(
                "文件在发送途中被修改，请换一个批次号重新发送。 The file was changed while it was being sent; send it under another number.".into()
            );
        }
        let part = Part { cd_batch: cd_batch.clone(), number, sm3, text: text.to_owned() };
        connector.ask(sending.service, "part", &serde_json::to_value(&part)?)?;
        sent = sent.saturating_add(1);
        if number.is_multiple_of(TOLD_EVERY) {
            println!("{number}/{}", digests.len());
        }
        Ok(())
    })?;
    Ok(sent)
}

fn missing_of(state: &Value) -> Vec<u32> {
    let numbers = state["missing"].as_array().into_iter().flatten().filter_map(Value::as_u64);
    numbers.filter_map(|number| u32::try_from(number).ok()).collect()
}

/// How the file becomes parts: the same every time, as long as the file stays the same.
struct Cutting<'s> {
    sending: &'s Sending<'s>,
    fields: BTreeMap<String, FieldType>,
    /// When a row happened that does not say it: when the file was written.
    written_ms: i64,
}

impl<'s> Cutting<'s> {
    fn new(connector: &Connector, sending: &'s Sending<'s>) -> Result<Self, StartError> {
        let written = std::fs::metadata(sending.file).and_then(|found| found.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        let written_ms = written.duration_since(UNIX_EPOCH).ok().and_then(|since| i64::try_from(since.as_millis()).ok()).unwrap_or(0);
        Ok(Self { sending, fields: connector.fields(sending.service)?, written_ms })
    }

    /// Gives every part with its number, from 1; returns how many rows there are.
    fn cut(&self, mut part: impl FnMut(u32, &str) -> Result<(), StartError>) -> Result<u64, StartError> {
        let path = self.sending.file;
        let mut file = if self.sending.key.is_empty() { Rows::pieces(path)? } else { Rows::open(path)? };
        let mut cutter = Cutter::new(self.sending.part_bytes_max);
        let (mut rows, mut number) = (0_u64, 0_u32);
        let mut give = |text: &str| {
            number = number.saturating_add(1);
            part(number, text)
        };
        while let Some((line, cells)) = file.next_row()? {
            let row = self.row(line, cells)?;
            let too_large = |_: Code| format!("第{line}行超过一个数据块的上限1MiB。 Row {line} is larger than a part, 1 MiB.");
            if let Some(text) = cutter.push(&row).map_err(too_large)? {
                give(&text)?;
            }
            rows = rows.saturating_add(1);
        }
        if let Some(text) = cutter.end() {
            give(&text)?;
        }
        Ok(rows)
    }

    fn row(&self, line: usize, mut cells: Map<String, Value>) -> Result<BatchRow, StartError> {
        let columns = if self.sending.key.is_empty() { &PIECE_KEY.map(str::to_owned) } else { self.sending.key };
        let key = columns.iter().map(|column| cells.get(column).map(registers::plain_text));
        let key = key.collect::<Option<Vec<_>>>().map(|parts| parts.join("/")).filter(|key| !key.is_empty());
        let key = key.ok_or_else(|| format!("第{line}行没有主键（{0}）。 Row {line} has no key ({0}).", self.sending.key.join(", ")))?;
        let cd_time = match cells.remove(TIME) {
            Some(at) => registers::plain_text(&at)
                .parse()
                .map_err(|_| format!("第{line}行的{TIME}不是毫秒数。 {TIME} of row {line} is no number of milliseconds."))?,
            None => self.written_ms,
        };
        let cd_operation = match cells.remove(OPERATION).as_ref().map(registers::plain_text).as_deref() {
            None | Some("U") => Operation::U,
            Some("I") => Operation::I,
            Some("D") => Operation::D,
            Some(_) => return Err(format!("第{line}行的{OPERATION}应为I、U或D。 {OPERATION} of row {line} is none of I, U, D.").into()),
        };
        let mut record = Map::new();
        for (name, value) in cells {
            match self.fields.get(&name) {
                Some(kind) => drop(record.insert(name, typed(*kind, value))),
                None if self.sending.key.contains(&name) => {}
                None => {
                    let known = self.fields.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
                    return Err(format!(
                        "第{line}行的“{name}”不在服务的数据项之中（{known}）。 Column “{name}” of row {line} is not a field of the service ({known})."
                    )
                    .into());
                }
            }
        }
        let record = (cd_operation != Operation::D).then_some(Value::Object(record));
        Ok(BatchRow { cd_operation, cd_time, key, record })
    }
}

/// The cell of a text as a value of the field's type; what is none stays as it is, and the receiver sets the row aside.
fn typed(kind: FieldType, value: Value) -> Value {
    let Some(text) = value.as_str() else { return value };
    let read = match kind {
        FieldType::Text | FieldType::Date => None,
        FieldType::Integer => text.parse::<i64>().ok().map(Value::from),
        FieldType::Number => text.parse::<serde_json::Number>().ok().map(Value::Number),
        FieldType::Boolean => match text {
            "true" | "1" | "是" => Some(Value::Bool(true)),
            "false" | "0" | "否" => Some(Value::Bool(false)),
            _ => None,
        },
    };
    read.unwrap_or(value)
}
