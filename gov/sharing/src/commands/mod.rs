//! What can be done with grants. One verb a file.

mod demand;
mod expire_grant;
mod extend_grant;
mod grant_access;
mod resume_grant;
mod suspend_grant;
mod withdraw_grant;

pub use demand::{AnswerDemand, DeclareDemand};
pub use expire_grant::ExpireGrant;
pub use extend_grant::ExtendGrant;
pub use grant_access::{GrantAccess, Granted};
pub(crate) use grant_access::{check as check_terms, issue};
pub use resume_grant::ResumeGrant;
pub use suspend_grant::SuspendGrant;
pub use withdraw_grant::{GiveUpGrant, WithdrawGrant};

use std::sync::Arc;

use clock::Date;
use i18n::Text;
use runner::{Cx, Halt, Refusal, Resource};

use crate::events::{GrantEvent, OrganKeyRecorded};
use crate::keys::OrganKeys;
use crate::model::{Grant, Limits, Terms, canonical, refusals, terms_sm3};
use crate::queries::{Notice, grant_resource};
use crate::store as tables;
use crate::{NoticeId, OrganStream};

const TEXT_CHARS_MAX: usize = 500;
pub(crate) const JOB_EXPIRY: &str = "sharing-grant-expiry";

/// A grant, for an actor who may do this with it; hidden from those who may not read it.
fn grant_for_act(cx: &mut Cx<'_>, id: &str, seen: Option<i64>, action: &str) -> Result<Grant, Halt> {
    cx.hold(id)?;
    let grant = tables::grants::find(cx.tx(), id)?.ok_or_else(Refusal::not_found)?;
    let resource = grant_resource(cx.tx(), &grant)?;
    permit(cx, action, &resource)?;
    cx.expect_version(id, seen)?;
    Ok(grant)
}

fn permit(cx: &mut Cx<'_>, action: &str, resource: &Resource) -> Result<(), Halt> {
    match cx.authorise_as(action, resource) {
        Err(_) if !cx.may("sharing.read", resource) => Err(Refusal::not_found().into()),
        ruled => ruled,
    }
}

/// Refuses an empty or overlong reason.
fn reasoned(reason: &str) -> Result<String, Halt> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(refusals::reason_missing().into());
    }
    bounded(reason)?;
    Ok(reason.to_owned())
}

fn bounded(text: &str) -> Result<(), Halt> {
    if text.chars().count() > TEXT_CHARS_MAX { Err(refusals::text_too_long().into()) } else { Ok(()) }
}

pub(crate) fn limits(cx: &Cx<'_>) -> Arc<Limits> {
    // A node that sets none has those of the regulation.
    cx.service::<Limits>().unwrap_or_default()
}

/// The canonical text of an issue, signed by the provider; keys that were not known yet are recorded.
fn signed(cx: &mut Cx<'_>, id: &str, issue: u32, terms: &Terms) -> Result<(String, String), Halt> {
    let text = canonical(id, issue, terms);
    let (note, verifiers) = cx.service::<OrganKeys>()?.sign(&terms.provider, &text).map_err(Halt::fault)?;
    for verifier in verifiers.iter().map(ToString::to_string) {
        if !tables::keys::is_known(cx.tx(), &terms.provider, &verifier)? {
            let stream = OrganStream(&terms.provider).to_string();
            cx.record(&stream, &OrganKeyRecorded { organ: terms.provider.clone(), verifier })?;
        }
    }
    Ok((note, terms_sm3(&text)))
}

/// Promises to close the grant after its last day. Calls are refused from that moment on whether or not the job comes round.
fn promise_expiry(cx: &mut Cx<'_>, grant: &Grant) -> Result<(), Halt> {
    let key = expiry_key(&grant.id);
    cx.cancel_jobs(&key)?;
    let next: Date = grant.terms.valid_until.tomorrow().map_err(Halt::fault)?;
    cx.enqueue(JOB_EXPIRY, &crate::jobs::Expiry { grant: grant.id.clone() }, Some(key), Some(clock::to_millis(clock::midnight(next))))
}

fn expiry_key(grant: &str) -> String {
    format!("{grant}/expiry")
}

/// Tells both sides.
fn tell_both(cx: &mut Cx<'_>, grant: &Grant, text: &Text) -> Result<(), Halt> {
    for organ in [&grant.terms.grantee, &grant.terms.provider] {
        let id = NoticeId::make(cx.ids()).to_string();
        let notice = Notice { id: id.clone(), organ: organ.clone(), grant: grant.id.clone(), text: text.clone(), at_ms: cx.now_ms() };
        cx.record(&id, &GrantEvent::OrganTold { notice })?;
    }
    Ok(())
}
