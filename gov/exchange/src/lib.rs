#![doc = include_str!("../README.md")]

mod commands;
mod events;
mod gateway;
mod jobs;
mod model;
mod ports;
mod queries;
mod standing;
mod store;

pub use commands::{
    APPLY_PART, AnswerCall, Answered, ApplyPart, Arrived, Asking, CutFeed, EndDelivery, EndDuty, EnrolKey, EnrolMember, EraseTexts, ExportEvidence,
    KeepSignatures, MoveMember, OfferService, Outgoing, Place, ProviderFault, RecordDuty, RefuseCall, ReplayDeadRow, ReplayFeed, ResumeFeed,
    ReturnCall, RevokeKey, SendCall, Sent, SetMemberStanding, SetServiceStanding, StartFeed, StopFeed, ask, ask_under, client_list, offered,
};
pub use events::SignedMessage;
pub use gateway::{Addressee, Carrier, Gateway, Outcome, Reply};
pub use jobs::handlers;
pub use model::batch::{BatchNumber, BatchRow, Cutter, Manifest, Operation, PART_BYTES_MAX, PARTS_COUNT_MAX, Part, cut, digest, missing};
pub use model::circuit::{Circuit, TRIES_COUNT_MAX, pause_before};
pub use model::code::{Blame, Code, Retry};
pub use model::envelope::{Envelope, KEY_ID_CHARS, key_id};
pub use model::feed::{
    BATCH_ENDPOINTS, ChangeSource, DeadRow, FEED_TRIES_MAX, Feed, FeedState, Ground, INBOX, InboxBatch, InboxState, Received, TAKE, Unfit,
    change_fields,
};
pub use model::identifier::{ServiceId, SubsystemId};
pub use model::log::{LogSide, LoggedCall, LoggedText};
pub use model::message::{
    BODY_BYTES_MAX, HEAD_BYTES_MAX, RequestHead, RequestMessage, ResponseMessage, Side, header, request_hash, signed_text, value_of,
};
pub use model::proof::{FORMAT, ProofFault, ProofReport, ProvenExchange, ProvenMessage};
pub use model::question::{FIELDS_COUNT_MAX, Question, ROWS_COUNT_MAX};
pub use model::rights::{
    Call, Found, FoundRow, KeptBack, NegativeList, NothingListed, Passage, Permit, Provider, Rights, RowCondition, RowScope, StandingDuty,
};
pub use model::service::{FieldType, Member, MemberKey, Service, ServiceField, Standing, service_fields};
pub use ports::{Ports, Settings};
pub use queries::*;
pub use standing::{CaseBook, CaseState, NoCases, StandingDuties};
pub use store::schema::MIGRATIONS;
