//! What can be done in the exchange. One file a verb.

mod answer_call;
mod apply_part;
mod compose;
mod enrol_key;
mod enrol_member;
mod erase_texts;
mod export_evidence;
mod feeds;
mod keep_signatures;
mod metadata;
mod move_member;
mod offer_service;
mod pass;
mod receive_batch;
mod record_duty;
mod refuse_call;
mod return_call;
mod revoke_key;
mod send_call;
mod set_member_standing;
mod set_service_standing;
mod take_rows;

pub use answer_call::AnswerCall;
pub use apply_part::{ApplyPart, ReplayDeadRow};
pub use enrol_key::EnrolKey;
pub use enrol_member::EnrolMember;
pub use erase_texts::EraseTexts;
pub use export_evidence::ExportEvidence;
pub use feeds::{CutFeed, EndDelivery, ReplayFeed, ResumeFeed, StartFeed, StopFeed};
pub use keep_signatures::KeepSignatures;
pub use move_member::MoveMember;
pub use offer_service::OfferService;
pub use pass::{Answered, Arrived, Asking, ProviderFault, ask, ask_under};
pub use receive_batch::{APPLY_PART, Place};
pub use record_duty::{EndDuty, RecordDuty};
pub use refuse_call::RefuseCall;
pub use return_call::ReturnCall;
pub use revoke_key::RevokeKey;
pub use send_call::{Outgoing, SendCall, Sent};
pub use set_member_standing::SetMemberStanding;
pub use set_service_standing::SetServiceStanding;

pub(crate) use compose::error_response;
pub(crate) use pass::check_time;

pub use metadata::client_list;

use runner::{Refusal, Resource};

/// The action under which members and their keys are kept.
const MANAGE: &str = "exchange.manage-members";
/// Post that keeps what an organ offers.
const OFFICER_POST: &str = "data-officer";

/// What an organ offers, and to whom, as the authority sees it: the affair of its head and its data officer.
#[must_use]
pub fn offered(organ: Option<String>) -> Resource {
    let post = organ.as_ref().map(|_| OFFICER_POST.to_owned());
    Resource { organ, post, ..Resource::of("exchange-service") }
}

/// Longest reason of an act.
const REASON_CHARS_MAX: usize = 500;

/// Nothing is wrong with a form yet.
fn input_invalid() -> Refusal {
    Refusal::new("input-invalid", "有的内容填写不对。", "Some fields are not right.", "请按各栏提示改正。", "Correct the fields as they say.")
}

/// A reason that somebody must give; `ask` says what for, as the next step.
fn given_reason(reason: &str, ask: (&'static str, &'static str)) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        let refusal = Refusal::new("reason-missing", "没有写明原因。", "The reason is missing.", ask.0, ask.1);
        return Err(refusal.with_field("reason", "请填写原因", "Give a reason"));
    }
    if reason.chars().count() > REASON_CHARS_MAX {
        let refusal =
            Refusal::new("text-too-long", "原因太长。", "The reason is too long.", "请写在500字以内。", "Say it in at most 500 characters.");
        return Err(refusal.with_field("reason", "请写在500字以内", "At most 500 characters"));
    }
    Ok(reason.to_owned())
}
