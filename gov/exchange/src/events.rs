//! What happened in the exchange. Journal payloads hold identifiers, codes and digests; what was exchanged is sealed in the message log.

use runner::{Event, Moment};
use serde::Serialize;
use store::{StoreError, Tx};

use crate::model::code::Code;
use crate::model::identifier::SubsystemId;
use crate::model::log::{LoggedCall, LoggedText};
use crate::model::message::Side;
use crate::model::rights::StandingDuty;
use crate::model::service::{Member, MemberKey, Service, Standing};
use crate::store as tables;

macro_rules! events {
    ($(
        $(#[$doc:meta])*
        $name:ident = $kind:literal { $($(#[$attr:meta])* $field:ident: $type:ty),* $(,)? } => |$self:ident, $tx:ident, $moment:ident| $apply:expr;
    )+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize)]
        pub(crate) struct $name { $($(#[$attr])* pub $field: $type),* }

        impl Event for $name {
            fn kind(&self) -> &'static str {
                $kind
            }

            fn apply(&self, $tx: &mut Tx<'_>, $moment: &Moment) -> Result<(), StoreError> {
                let $self = self;
                let _ = &$moment;
                $apply
            }
        }
    )+};
}

events! {
    /// A subsystem takes part.
    MemberEnrolled = "exchange-member-enrolled" { member: Member }
        => |event, tx, moment| tables::directory::insert_member(tx, &event.member);

    /// A subsystem was suspended or resumed.
    MemberStandingSet = "exchange-member-standing-set" { member: SubsystemId, standing: Standing, reason: String }
        => |event, tx, moment| tables::directory::set_member_standing(tx, &event.member, event.standing);

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
