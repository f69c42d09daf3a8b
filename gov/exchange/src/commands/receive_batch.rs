//! 接收批次

use std::collections::BTreeSet;

use runner::{Cx, Halt};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::StoreError;

use crate::events::{BatchClosed, BatchOpened, PartReceived};
use crate::model::batch::{BatchNumber, Manifest, PARTS_COUNT_MAX, Part, digest, missing};
use crate::model::code::Code;
use crate::model::feed::{Ground, InboxBatch, InboxState};
use crate::model::rights::Permit;
use crate::store::batches::{self, PlaceKey};

/// The job that applies a part of a batch.
pub const APPLY_PART: &str = "exchange-apply-part";
/// Where sealed parts belong; part of what is sealed, so never changed.
const PART_PLACE: &str = "exchange_batch_part.text";
/// Missing parts that are told at once.
const MISSING_TOLD_MAX: usize = 1_000;

/// Which batch, and which of its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Service that receives it.
    pub service: String,
    /// Who sent it.
    pub source: String,
    /// Its number.
    pub cd_batch: String,
    /// The part, from 1.
    pub number: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    cd_batch: BatchNumber,
}

impl Place {
    /// The batch without the part.
    pub(crate) fn key(&self) -> PlaceKey<'_> {
        PlaceKey { service: &self.service, source: &self.source, cd_batch: &self.cd_batch }
    }

    /// The stream of the batch in the journal.
    pub(crate) fn stream(&self) -> String {
        format!("exchange-batch:{}:{}:{}", self.service, self.source, self.cd_batch)
    }

    fn subject(&self) -> String {
        format!("{}:{}", self.stream(), self.number)
    }

    /// The text of a part as it is kept.
    fn seal(&self, keys: &FieldKeys, text: &str, entropy: &mut dyn ids::Entropy) -> Result<String, Halt> {
        Ok(keys.seal(&self.subject(), PART_PLACE, text, entropy).map_err(Halt::fault)?.to_string())
    }

    /// The text of a part that was kept.
    pub(crate) fn open(&self, keys: &FieldKeys, sealed: &str) -> Result<String, Halt> {
        let opened = sealed.parse().and_then(|sealed| keys.open(&self.subject(), PART_PLACE, &sealed));
        Ok(opened.map_err(Halt::fault)?.to_string())
    }
}

/// Answers `open`, `part`, `close` and `state` of a service that takes batches. Every one may come twice, and in the end it is the same.
pub(super) fn receive(cx: &mut Cx<'_>, permit: &Permit, service: &str, source: &str, endpoint: &str, body: &[u8]) -> Result<Value, Halt> {
    match endpoint {
        "open" => open(cx, permit, service, source, &read(body)?),
        "part" => part(cx, service, source, &read(body)?),
        "close" => close(cx, service, source, &read::<Named>(body)?.cd_batch),
        "state" => {
            let place = place(service, source, &read::<Named>(body)?.cd_batch, 0);
            let batch = batches::find(cx.tx(), &place.key())?.ok_or(Code::BatchUnknown)?;
            Ok(told(cx, &place, &batch)?)
        }
        _ => Err(Code::ServiceUnknown.into()),
    }
}

fn read<'b, T: Deserialize<'b>>(body: &'b [u8]) -> Result<T, Code> {
    serde_json::from_slice(body).map_err(|_| Code::BodyMalformed)
}

fn place(service: &str, source: &str, cd_batch: &BatchNumber, number: u32) -> Place {
    Place { service: service.to_owned(), source: source.to_owned(), cd_batch: cd_batch.to_string(), number }
}

fn open(cx: &mut Cx<'_>, permit: &Permit, service: &str, source: &str, manifest: &Manifest) -> Result<Value, Halt> {
    let place = place(service, source, &manifest.cd_batch, 0);
    let rows = i64::try_from(manifest.rows).map_err(|_| Code::BodyMalformed)?;
    if manifest.parts > PARTS_COUNT_MAX || manifest.sm3.len() != 64 {
        return Err(Code::TooLarge.into());
    }
    cx.hold(&place.stream())?;
    if let Some(batch) = batches::find(cx.tx(), &place.key())? {
        let same = batch.parts == manifest.parts && batch.rows == rows && batch.sm3 == manifest.sm3;
        return if same { Ok(told(cx, &place, &batch)?) } else { Err(Code::BatchConflict.into()) };
    }
    let ground = Ground {
        grant: permit.grant.clone(),
        purpose: permit.purpose.clone(),
        basis: permit.basis.clone(),
        case: permit.case.clone(),
        secret_until: permit.secret_until.clone(),
    };
    cx.record(&place.stream(), &BatchOpened { place: place.clone(), parts: manifest.parts, rows, sm3: manifest.sm3.clone(), ground })?;
    let batch = batches::find(cx.tx(), &place.key())?.ok_or(Code::BatchUnknown)?;
    Ok(told(cx, &place, &batch)?)
}

fn part(cx: &mut Cx<'_>, service: &str, source: &str, part: &Part) -> Result<Value, Halt> {
    let place = place(service, source, &part.cd_batch, part.number);
    if !part.is_whole() {
        return Err(Code::PartDamaged.into());
    }
    cx.hold(&place.stream())?;
    let batch = batches::find(cx.tx(), &place.key())?.filter(|batch| (1..=batch.parts).contains(&part.number)).ok_or(Code::BatchUnknown)?;
    match batches::part_sm3(cx.tx(), &place.key(), part.number)? {
        Some(sm3) if sm3 == part.sm3 => {}
        Some(_) => return Err(Code::BatchConflict.into()),
        None => {
            let keys = cx.service::<FieldKeys>()?;
            let text = place.seal(&keys, &part.text, cx.entropy())?;
            cx.record(&place.stream(), &PartReceived { place: place.clone(), sm3: part.sm3.clone(), text })?;
        }
    }
    Ok(told(cx, &place, &batch)?)
}

fn close(cx: &mut Cx<'_>, service: &str, source: &str, cd_batch: &BatchNumber) -> Result<Value, Halt> {
    let place = place(service, source, cd_batch, 1);
    cx.hold(&place.stream())?;
    let batch = batches::find(cx.tx(), &place.key())?.ok_or(Code::BatchUnknown)?;
    let parts = batches::parts(cx.tx(), &place.key())?;
    let there: BTreeSet<u32> = parts.iter().map(|(number, _)| *number).collect();
    if batch.state != InboxState::Open || !missing(batch.parts, &there).is_empty() {
        return Ok(told(cx, &place, &batch)?);
    }
    if digest(parts.iter().map(|(number, sm3)| (*number, sm3.as_str()))) != batch.sm3 {
        return Err(Code::BatchConflict.into());
    }
    let state = if batch.parts == 0 { InboxState::Applied } else { InboxState::Closed };
    cx.record(&place.stream(), &BatchClosed { place: place.clone(), state })?;
    if state == InboxState::Closed {
        cx.enqueue(APPLY_PART, &place, Some(place.stream()), None)?;
    }
    let batch = InboxBatch { state, ..batch };
    Ok(told(cx, &place, &batch)?)
}

fn told(cx: &mut Cx<'_>, place: &Place, batch: &InboxBatch) -> Result<Value, StoreError> {
    let there = batches::numbers(cx.tx(), &place.key())?;
    let mut left = missing(batch.parts, &there);
    left.truncate(MISSING_TOLD_MAX);
    Ok(json!({
        "cd_batch": place.cd_batch,
        "state": batch.state,
        "missing": left,
        "applied_rows": batch.applied_rows,
        "dead_rows": batch.dead_rows,
    }))
}
