//! 领取收到的数据

use std::collections::HashMap;

use runner::{Cx, Halt};
use seal::FieldKeys;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use tracker::{Manner, Reading, Source, SourceKind, Trace};

use super::apply_part::{KEY_TEXT_PLACE, RECORD_PLACE, subject};
use crate::model::batch::Operation;
use crate::model::code::Code;
use crate::model::feed::Ground;
use crate::model::identifier::SubsystemId;
use crate::model::service::Service;
use crate::store::batches::{self, KeptRow, PlaceKey};
use crate::store::directory;

/// Most rows that are taken at once.
const ROWS_COUNT_MAX: u32 = 1_000;
/// Sealed text of the rows of one answer, after which the next row waits for the next one.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;
/// Rows that are read together, so that no more than this is held above the bound.
const READ_COUNT: u32 = 50;

/// What is wanted: rows behind a place, in the order in which they became what is known.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    #[serde(default)]
    after: i64,
    count: Option<u32>,
}

/// Whose rows are taken, and by which message.
pub(super) struct Taking<'t> {
    pub service: &'t Service,
    pub client: &'t SubsystemId,
    /// The call in the message log.
    pub message: &'t str,
}

/// Gives what a service has received to its own organ's systems: under each key the row that is known now, with its place. Of a row about somebody
/// a reading is recorded, under the right by which its batch came.
pub(super) fn take(cx: &mut Cx<'_>, taking: &Taking<'_>, body: &[u8]) -> Result<Value, Halt> {
    if taking.client != taking.service.id.subsystem() {
        return Err(Code::NotGranted.into());
    }
    let wanted: Wanted = serde_json::from_slice(body).map_err(|_| Code::BodyMalformed)?;
    let count = wanted.count.unwrap_or(ROWS_COUNT_MAX);
    if count == 0 || count > ROWS_COUNT_MAX || wanted.after < 0 {
        return Err(Code::BodyMalformed.into());
    }
    let kept = next_rows(cx, &taking.service.id.to_string(), wanted.after, count)?;
    let keys = cx.service::<FieldKeys>()?;
    let (mut grounds, mut rows) = (HashMap::new(), Vec::with_capacity(kept.len()));
    for row in &kept {
        rows.push(opened(cx, &keys, taking, row, &mut grounds)?);
    }
    let next = kept.last().map_or(wanted.after, |row| row.position);
    Ok(json!({ "rows": rows, "next": next }))
}

/// The next rows, not more than an answer holds, one at least.
fn next_rows(cx: &mut Cx<'_>, service: &str, after: i64, count: u32) -> Result<Vec<KeptRow>, Halt> {
    let (mut rows, mut bytes, mut position) = (Vec::new(), 0_usize, after);
    let mut left = count;
    while left > 0 {
        let read = batches::received_after(cx.tx(), service, position, left.min(READ_COUNT))?;
        let Some(last) = read.last() else { break };
        position = last.position;
        for row in read {
            bytes = bytes.saturating_add(row.record.as_ref().map_or(0, String::len)).saturating_add(row.key.len());
            if bytes > ANSWER_BYTES_MAX && !rows.is_empty() {
                return Ok(rows);
            }
            rows.push(row);
            left = left.saturating_sub(1);
        }
    }
    Ok(rows)
}

fn opened(cx: &mut Cx<'_>, keys: &FieldKeys, taking: &Taking<'_>, row: &KeptRow, grounds: &mut Grounds) -> Result<Value, Halt> {
    let open = |place: &str, sealed: &str| sealed.parse().and_then(|sealed| keys.open(&row.key_index, place, &sealed)).map_err(Halt::fault);
    let key = open(KEY_TEXT_PLACE, &row.key)?.to_string();
    let record: Option<Map<String, Value>> = match &row.record {
        Some(sealed) => Some(serde_json::from_str(&open(RECORD_PLACE, sealed)?)?),
        None => None,
    };
    let reading = record.as_ref().map(|record| trace(cx, keys, taking, row, record, grounds)).transpose()?.flatten();
    Ok(json!({
        "position": row.position,
        "source": row.source,
        "cd_batch": row.cd_batch,
        "cd_operation": if record.is_some() { Operation::U } else { Operation::D },
        "cd_time": row.cd_time,
        "key": key,
        "record": record,
        "reading": reading.as_ref().and_then(Trace::reading),
    }))
}

/// Rights by batch: the rows of an answer come from few.
type Grounds = HashMap<(String, String), Ground>;

/// Records that somebody's row is handed out; `None` where the rows of the service are about nobody.
fn trace(
    cx: &mut Cx<'_>,
    keys: &FieldKeys,
    taking: &Taking<'_>,
    row: &KeptRow,
    record: &Map<String, Value>,
    grounds: &mut Grounds,
) -> Result<Option<Trace>, Halt> {
    let Some(name) = &taking.service.subject else { return Ok(None) };
    // A row from before the service said so may lack it: it is not handed out.
    let Some(subject) = record.get(name).and_then(Value::as_str).and_then(subject) else { return Err(Code::Internal.into()) };
    let batch = (row.source.clone(), row.cd_batch.clone());
    let ground = match grounds.get(&batch) {
        Some(ground) => ground.clone(),
        None => {
            let place = PlaceKey { service: &taking.service.id.to_string(), source: &row.source, cd_batch: &row.cd_batch };
            let ground = batches::ground(cx.tx(), &place)?.ok_or(Code::Internal)?;
            grounds.entry(batch).or_insert(ground).clone()
        }
    };
    let organ = directory::find_member(cx.tx(), taking.client)?.and_then(|member| member.organ);
    let service = taking.service;
    let reading = Reading {
        subject: &subject,
        source: Source { kind: SourceKind::Register, name: service.id.to_string(), title: service.title.clone() },
        fields: record.keys().cloned().collect(),
        manner: Manner::Full,
        organ,
        purpose: ground.purpose,
        basis: ground.basis,
        case: ground.case,
        grant: Some(ground.grant),
        message: Some(taking.message.to_owned()),
        secret_until: ground.secret_until,
    };
    tracker::record(cx, keys, reading).map(Some)
}
