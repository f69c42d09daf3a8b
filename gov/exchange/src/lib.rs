#![doc = include_str!("../README.md")]

mod commands;
mod events;
mod gateway;
mod model;
mod ports;
mod queries;
mod standing;
mod store;

pub use commands::{
    AnswerCall, Answered, Arrived, Asking, EndDuty, EnrolKey, EnrolMember, EraseTexts, ExportEvidence, KeepSignatures, OfferService, Outgoing,
    ProviderFault, RecordDuty, RefuseCall, ReturnCall, RevokeKey, SendCall, Sent, SetMemberStanding, ask, client_list,
};
pub use events::SignedMessage;
pub use gateway::{Carrier, Gateway, Outcome, Reply};
pub use model::circuit::{Circuit, TRIES_COUNT_MAX, pause_before};
pub use model::code::{Blame, Code, Retry};
pub use model::envelope::{Envelope, KEY_ID_CHARS, key_id};
pub use model::identifier::{ServiceId, SubsystemId};
pub use model::log::{LogSide, LoggedCall, LoggedText};
pub use model::message::{
    BODY_BYTES_MAX, HEAD_BYTES_MAX, RequestHead, RequestMessage, ResponseMessage, Side, header, request_hash, signed_text, value_of,
};
pub use model::proof::{FORMAT, ProofFault, ProofReport, ProvenExchange, ProvenMessage};
pub use model::question::{FIELDS_COUNT_MAX, Question, ROWS_COUNT_MAX};
pub use model::rights::{Call, Found, Passage, Permit, Provider, Rights, StandingDuty};
pub use model::service::{FieldType, Member, MemberKey, Service, ServiceField, Standing};
pub use ports::{Ports, Settings};
pub use queries::*;
pub use standing::{CaseBook, CaseState, StandingDuties};
pub use store::schema::MIGRATIONS;
