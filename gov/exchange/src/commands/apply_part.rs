//! 入库一个数据块；重放未入库的行

use parties::{IdentityNumber, UnifiedCode};
use runner::{Command, Cx, Halt, Refusal, Resource};
use seal::FieldKeys;
use serde::Serialize;
use serde_json::{Map, Value};

use super::given_reason;
use super::receive_batch::{APPLY_PART, Place};
use crate::events::{DeadRowDropped, DeadRowReplayed, PartApplied, ReceivedRow};
use crate::model::batch::{BatchRow, Part};
use crate::model::feed::{DeadRow, InboxState, Unfit};
use crate::model::identifier::ServiceId;
use crate::model::service::Service;
use crate::store::{batches, directory};

/// Blind index of keys of received rows; part of what is hashed, so never changed.
const KEY_PLACE: &str = "exchange_received.key";
/// Where sealed records belong; part of what is sealed, so never changed.
pub(super) const RECORD_PLACE: &str = "exchange_received.record";
/// The same of sealed keys.
pub(super) const KEY_TEXT_PLACE: &str = "exchange_received.key-text";
const LINE_PLACE: &str = "exchange_dead_row.line";
/// Rows of a part are numbered behind its own number, so that the numbers of a batch grow.
const ROWS_OF_PART_MAX: i64 = 10_000_000;

/// Applies the next part of a closed batch: at least once asked, once done.
#[derive(Debug, Clone, Serialize, serde::Deserialize)]
pub struct ApplyPart {
    /// Which.
    pub place: Place,
}

impl Command for ApplyPart {
    type Outcome = ();
    const ACTION: &'static str = "exchange.deliver";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&Resource::of("exchange-batch"))?;
        let place = &self.place;
        let mut positions = positions(cx, &place.service)?;
        let Some(batch) = batches::find(cx.tx(), &place.key())? else { return Ok(()) };
        if batch.state != InboxState::Closed || place.number != batch.applied_parts.saturating_add(1) {
            return Ok(());
        }
        let service = service_of(cx, &place.service)?;
        let keys = cx.service::<FieldKeys>()?;
        let sealed = batches::part_text(cx.tx(), &place.key(), place.number)?.ok_or_else(Refusal::not_found)?;
        let text = place.open(&keys, &sealed)?;
        let (mut rows, mut dead, mut count) = (Vec::new(), Vec::new(), 0_i64);
        for (line, row_number) in Part::rows(&text).zip(i64::from(place.number).saturating_mul(ROWS_OF_PART_MAX)..) {
            count += 1;
            match line.and_then(|row| checked(&service, row).map_err(|(row, reason)| format!("{}\n{row}", reason.as_str()))) {
                Ok(row) => rows.extend(newer(cx, &keys, place, row_number, row, &mut positions)?),
                Err(line) => dead.push(set_aside(cx, &keys, place, row_number, &line)?),
            }
        }
        let dead_rows = i64::try_from(dead.len()).unwrap_or(i64::MAX);
        let last = place.number >= batch.parts;
        let state = if last { InboxState::Applied } else { InboxState::Closed };
        cx.record(&place.stream(), &PartApplied { place: place.clone(), state, rows: count, dead_rows, received: rows, dead })?;
        if !last {
            let next = Place { number: place.number.saturating_add(1), ..place.clone() };
            cx.enqueue(APPLY_PART, &next, Some(place.stream()), None)?;
        }
        Ok(())
    }
}

fn service_of(cx: &mut Cx<'_>, id: &str) -> Result<Service, Halt> {
    let id = id.parse().map_err(|_| Refusal::not_found())?;
    Ok(directory::find_service(cx.tx(), &id)?.ok_or_else(Refusal::not_found)?)
}

/// The places that rows of a service get next. Whoever takes rows in order misses none: one command at a time gives them out.
fn positions(cx: &mut Cx<'_>, service: &str) -> Result<impl Iterator<Item = i64> + use<>, Halt> {
    cx.hold(&format!("exchange-inbox:{service}"))?;
    Ok(batches::last_position(cx.tx(), service)?.saturating_add(1)..)
}

/// A record has declared fields alone, of their types, and says whom it is about where the service declares that it does.
fn checked(service: &Service, row: BatchRow) -> Result<BatchRow, (String, Unfit)> {
    let fits = match &row.record {
        None => Ok(()),
        Some(Value::Object(record)) => fitting(service, record),
        Some(_) => Err(Unfit::NoObject),
    };
    fits.map(|()| row.clone()).map_err(|reason| (serde_json::to_string(&row).unwrap_or_default(), reason))
}

fn fitting(service: &Service, record: &Map<String, Value>) -> Result<(), Unfit> {
    for (name, value) in record {
        let field = service.field(name).ok_or(Unfit::Undeclared)?;
        if !field.kind.fits(value) {
            return Err(Unfit::OtherType);
        }
    }
    match &service.subject {
        Some(name) if record.get(name).and_then(Value::as_str).and_then(subject).is_none() => Err(Unfit::NoSubject),
        Some(_) | None => Ok(()),
    }
}

/// An identity number or unified code, as the data tracker knows it.
pub(super) fn subject(text: &str) -> Option<String> {
    let person = IdentityNumber::parse(text).map(|number| number.as_str().to_owned());
    person.or_else(|_| UnifiedCode::parse(text).map(|code| code.as_str().to_owned())).ok()
}

/// The row as it will be kept, unless a later one is known: batches that arrive twice or in another order change nothing.
fn newer(
    cx: &mut Cx<'_>,
    keys: &FieldKeys,
    place: &Place,
    row_number: i64,
    row: BatchRow,
    positions: &mut impl Iterator<Item = i64>,
) -> Result<Option<ReceivedRow>, Halt> {
    let key_index = keys.blind_index(KEY_PLACE, &row.key).map_err(Halt::fault)?;
    let known = batches::position(cx.tx(), &place.service, &place.source, &key_index)?;
    if known.is_some_and(|known| known >= (place.cd_batch.clone(), row_number)) {
        return Ok(None);
    }
    let mut seal = |place: &str, text: &str| keys.seal(&key_index, place, text, cx.entropy()).map(|sealed| sealed.to_string()).map_err(Halt::fault);
    let key = seal(KEY_TEXT_PLACE, &row.key)?;
    let record = row.record.map(|record| seal(RECORD_PLACE, &record.to_string())).transpose()?;
    let Some(position) = positions.next() else { return Ok(None) };
    Ok(Some(ReceivedRow { key_index, row_number, position, cd_time: row.cd_time, key, record }))
}

fn set_aside(cx: &mut Cx<'_>, keys: &FieldKeys, place: &Place, row_number: i64, line: &str) -> Result<(DeadRow, String), Halt> {
    let (reason, text) = line.split_once('\n').unwrap_or((Unfit::Unreadable.as_str(), line));
    let id = cx.ids().next_text("deadrow");
    let sealed = keys.seal(&id, LINE_PLACE, text, cx.entropy()).map_err(Halt::fault)?.to_string();
    let dead = DeadRow {
        id,
        service: place.service.clone(),
        source: place.source.clone(),
        cd_batch: place.cd_batch.clone(),
        row_number,
        at_ms: cx.now_ms(),
        reason: reason.to_owned(),
    };
    Ok((dead, sealed))
}

/// Tries a row again that was set aside, after the service's description or the source was mended; or gives it up with a reason.
#[derive(Debug, Clone, Serialize)]
pub struct ReplayDeadRow {
    /// Which.
    pub row: String,
    /// Why it is given up; `None` to try again.
    pub dropped_because: Option<String>,
}

impl Command for ReplayDeadRow {
    type Outcome = ();
    const ACTION: &'static str = "exchange.replay-delivery";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let (dead, sealed) = batches::find_dead(cx.tx(), &self.row)?.ok_or_else(Refusal::not_found)?;
        let receiver = dead.service.parse::<ServiceId>().map_err(|_| Refusal::not_found())?;
        let organ = directory::find_member(cx.tx(), receiver.subsystem())?.and_then(|member| member.organ);
        cx.authorise(&Resource { organ, ..Resource::of("exchange-batch") })?;
        let place = Place { service: dead.service.clone(), source: dead.source.clone(), cd_batch: dead.cd_batch.clone(), number: 0 };
        if let Some(reason) = &self.dropped_because {
            let reason = given_reason(reason, ("请写明放弃的原因。", "Say why it is given up."))?;
            return cx.record(&dead.id, &DeadRowDropped { row: dead.id.clone(), reason }).map(drop);
        }
        let keys = cx.service::<FieldKeys>()?;
        let opened = sealed.parse().and_then(|sealed| keys.open(&dead.id, LINE_PLACE, &sealed)).map_err(Halt::fault)?;
        let service = service_of(cx, &dead.service)?;
        let row = serde_json::from_str::<BatchRow>(&opened).map_err(|_| still_unfit(Unfit::Unreadable))?;
        let row = checked(&service, row).map_err(|(_, reason)| still_unfit(reason))?;
        let mut positions = positions(cx, &dead.service)?;
        let received = newer(cx, &keys, &place, dead.row_number, row, &mut positions)?;
        cx.record(&dead.id, &DeadRowReplayed { place, row: dead.id.clone(), received }).map(drop)
    }
}

fn still_unfit(unfit: Unfit) -> Refusal {
    let reason = unfit.sentence();
    Refusal::new(
        "row-still-unfit",
        format!("这一行仍不符合服务登记的数据项（{}）。", reason.zh),
        format!("The row still does not fit the declared fields: {}.", reason.en),
        "请先修改服务的数据项登记，或请来源方重新报送；确定无用的，写明原因后放弃。",
        "Correct the description of the service, or have the source send it again; or give it up with a reason.",
    )
}
