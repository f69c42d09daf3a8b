//! What happened in the exchange. Journal payloads hold identifiers, codes and digests; what was exchanged is sealed in the message log.

use serde::Serialize;
use store::{StoreError, Tx};

use crate::commands::Place;
use crate::model::code::Code;
use crate::model::feed::{DeadRow, Feed, Ground, InboxState};
use crate::model::identifier::{ServiceId, SubsystemId};
use crate::model::log::{LoggedCall, LoggedText};
use crate::model::message::Side;
use crate::model::rights::StandingDuty;
use crate::model::service::{Member, MemberKey, Service, Standing};
use crate::store as tables;

runner::events! {
    /// A subsystem takes part.
    MemberEnrolled = "exchange-member-enrolled" { member: Member }
        => |event, tx, moment| tables::directory::insert_member(tx, &event.member);

    /// A subsystem was suspended or resumed.
    MemberStandingSet = "exchange-member-standing-set" { member: SubsystemId, standing: Standing, reason: String }
        => |event, tx, moment| tables::directory::set_member_standing(tx, &event.member, event.standing);

    /// The node of a subsystem has another address.
    MemberMoved = "exchange-member-moved" { member: SubsystemId, address: String }
        => |event, tx, moment| tables::directory::set_member_address(tx, &event.member, &event.address);

    /// A key was enrolled; an older one of the same algorithm ends after a while.
    KeyEnrolled = "exchange-key-enrolled" { key: MemberKey, ends: Vec<String>, ends_ms: i64 }
        => |event, tx, moment| {
            for older in &event.ends {
                tables::directory::end_key(tx, &event.key.subsystem, older, event.ends_ms)?;
            }
            tables::directory::insert_key(tx, &event.key)
        };

    /// A key was revoked.
    KeyRevoked = "exchange-key-revoked" { member: SubsystemId, key: String, reason: String }
        => |event, tx, moment| tables::directory::revoke_key(tx, &event.member, &event.key, moment.at_ms, &event.reason);

    /// A service is offered, or its description changed.
    ServiceOffered = "exchange-service-offered" { service: Service }
        => |event, tx, moment| tables::directory::put_service(tx, &event.service);

    /// A service was suspended or resumed.
    ServiceStandingSet = "exchange-service-standing-set" { service: ServiceId, standing: Standing, reason: String }
        => |event, tx, moment| tables::directory::set_service_standing(tx, &event.service, event.standing);

    /// A standing duty was recorded.
    DutyRecorded = "exchange-duty-recorded" { duty: StandingDuty }
        => |event, tx, moment| tables::duties::insert(tx, &event.duty);

    /// A standing duty ended.
    DutyEnded = "exchange-duty-ended" { duty: String, reason: String }
        => |event, tx, moment| tables::duties::end(tx, &event.duty, moment.at_ms).map(drop);

    /// A call was answered or refused, at the provider's end.
    CallAnswered = "exchange-call-answered" { #[serde(flatten)] summary: CallSummary, #[serde(skip)] call: LoggedCall }
        => |event, tx, moment| tables::messages::insert(tx, &event.call);

    /// A call was sent to another node.
    CallSent = "exchange-call-sent" { #[serde(flatten)] summary: CallSummary, #[serde(skip)] call: LoggedCall }
        => |event, tx, moment| tables::messages::insert(tx, &event.call);

    /// An answer came back, or none.
    CallReturned = "exchange-call-returned" {
        code: Code, duration_us: i64, response_head_sm3: Option<String>, response_body_sm3: Option<String>,
        #[serde(skip)] bytes: i64, #[serde(skip)] response: Option<LoggedText>,
    } => |event, tx, moment| {
        tables::messages::finish(tx, &moment.stream, event.code, event.duration_us, event.bytes, event.response.as_ref())
    };

    /// Own signatures were made; one entry for all that stood in the same batches.
    MessagesSigned = "exchange-messages-signed" { signed: Vec<SignedMessage> }
        => |event, tx, moment| {
            for one in &event.signed {
                match one.text {
                    Side::Response => tables::messages::attach_response_signature(tx, &one.call, &one.signature)?,
                    Side::Request => tables::messages::attach_request_signature(tx, &one.call, &one.signature)?,
                }
            }
            Ok(())
        };

    /// Texts whose time was over were erased.
    TextsErased = "exchange-texts-erased" { count_max: u32 }
        => |event, tx, moment| tables::messages::erase_texts(tx, moment.at_ms, event.count_max).map(drop);

    /// A batch was announced.
    BatchOpened = "exchange-batch-opened" { place: Place, parts: u32, rows: i64, sm3: String, ground: Ground } => |event, tx, moment| {
        tables::batches::open(tx, &event.place.key(), (event.parts, event.rows, &event.sm3), &event.ground, moment.at_ms)
    };

    /// A part of a batch arrived whole.
    PartReceived = "exchange-part-received" { place: Place, sm3: String, #[serde(skip)] text: String }
        => |event, tx, moment| tables::batches::put_part(tx, &event.place.key(), event.place.number, &event.sm3, &event.text);

    /// All parts are there, and together they are what was announced.
    BatchClosed = "exchange-batch-closed" { place: Place, state: InboxState }
        => |event, tx, moment| tables::batches::set_progress(tx, &event.place.key(), event.state, 0, 0, 0);

    /// The rows of a part were applied or set aside.
    PartApplied = "exchange-part-applied" {
        place: Place, state: InboxState, rows: i64, dead_rows: i64,
        #[serde(skip)] received: Vec<ReceivedRow>, #[serde(skip)] dead: Vec<(DeadRow, String)>,
    } => |event, tx, moment| {
        for row in &event.received {
            row.put(tx, &event.place)?;
        }
        for (dead, line) in &event.dead {
            tables::batches::put_dead(tx, dead, line)?;
        }
        let place = event.place.key();
        tables::batches::drop_part_text(tx, &place, event.place.number)?;
        tables::batches::set_progress(tx, &place, event.state, event.place.number, event.rows - event.dead_rows, event.dead_rows)
    };

    /// A row that was set aside was applied after all.
    DeadRowReplayed = "exchange-dead-row-replayed" { place: Place, row: String, #[serde(skip)] received: Option<ReceivedRow> }
        => |event, tx, moment| {
            if let Some(row) = &event.received {
                row.put(tx, &event.place)?;
            }
            tables::batches::drop_dead(tx, &event.row)
        };

    /// A row that was set aside was given up.
    DeadRowDropped = "exchange-dead-row-dropped" { row: String, reason: String }
        => |event, tx, moment| tables::batches::drop_dead(tx, &event.row);

    /// A feed began, got a batch, delivered it, failed to, or was replayed.
    FeedMoved = "exchange-feed-moved" { feed: Feed }
        => |event, tx, moment| tables::batches::put_feed(tx, &event.feed);

    /// A logged call was handed out as evidence.
    EvidenceExported = "exchange-evidence-exported" { call: String, with_texts: bool }
        => |event, tx, moment| {
            let _ = (event, tx);
            Ok(())
        };
}

/// What the journal says about a call.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CallSummary {
    pub message: String,
    pub client: String,
    pub service: String,
    pub endpoint: String,
    pub case: Option<String>,
    pub grant: Option<String>,
    pub code: Code,
    pub request_head_sm3: String,
    pub request_body_sm3: String,
    pub response_head_sm3: Option<String>,
    pub response_body_sm3: Option<String>,
}

impl CallSummary {
    pub(crate) fn of(call: &LoggedCall) -> Self {
        Self {
            message: call.message.clone(),
            client: call.client.to_string(),
            service: call.service.to_string(),
            endpoint: call.endpoint.clone(),
            case: call.case.clone(),
            grant: call.grant.clone(),
            code: call.code,
            request_head_sm3: call.request.head_sm3.clone(),
            request_body_sm3: call.request.body_sm3.clone(),
            response_head_sm3: call.response.as_ref().map(|text| text.head_sm3.clone()),
            response_body_sm3: call.response.as_ref().map(|text| text.body_sm3.clone()),
        }
    }
}

/// A received row as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct ReceivedRow {
    pub key_index: String,
    pub row_number: i64,
    pub position: i64,
    pub cd_time: i64,
    pub key: String,
    pub record: Option<String>,
}

impl ReceivedRow {
    fn put(&self, tx: &mut Tx<'_>, place: &Place) -> Result<(), StoreError> {
        let row = tables::batches::ReceivedRow {
            service: &place.service,
            source: &place.source,
            key_index: &self.key_index,
            cd_batch: &place.cd_batch,
            row_number: self.row_number,
            position: self.position,
            cd_time: self.cd_time,
            key: &self.key,
            record: self.record.as_deref(),
        };
        tables::batches::put_received(tx, &row)
    }
}

/// A signature to be kept with its call.
#[derive(Debug, Clone, Serialize)]
pub struct SignedMessage {
    /// The call in the log.
    pub call: String,
    /// Which of its two texts.
    pub text: Side,
    /// The envelope.
    pub signature: String,
}
