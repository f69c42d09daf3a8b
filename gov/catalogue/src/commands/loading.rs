//! What most commands begin with.

use clock::WorkCalendar;
use parties::{Organ, OrganId};
use runner::{Cx, Halt, Refusal};
use std::sync::Arc;

use crate::model::checks::{Strictness, troubles};
use crate::model::{Content, Resource, ResourceId, Status, Step};
use crate::refusals;
use crate::store as tables;

/// Loads a resource and asks whether the actor may do the command's action on it. Hidden ones do not exist.
pub(super) fn load(cx: &mut Cx<'_>, id: &ResourceId, seen: Option<i64>) -> Result<Resource, Halt> {
    let found = tables::resources::find(cx.tx(), id.as_str())?.ok_or_else(Refusal::not_found)?;
    let thing = found.to_thing();
    if !cx.may("catalogue.read", &thing) {
        return Err(Refusal::not_found().into());
    }
    cx.authorise(&thing)?;
    cx.loaded_version(id.as_str(), found.version);
    cx.expect_version(id.as_str(), seen)?;
    Ok(found)
}

/// The state after a step, or the refusal that says why not.
pub(super) fn after(status: Status, step: Step) -> Result<Status, Halt> {
    status.after(step).ok_or_else(|| refusals::step_impossible(status).into())
}

/// Refuses a description with everything that is wrong.
pub(super) fn check(content: &Content, strictness: Strictness) -> Result<(), Halt> {
    let found = troubles(content, strictness);
    if found.is_empty() { Ok(()) } else { Err(refusals::description_incomplete(found).into()) }
}

pub(super) fn organ(cx: &mut Cx<'_>, id: &OrganId) -> Result<Organ, Halt> {
    Ok(parties::organ(cx.tx(), id)?.ok_or_else(Refusal::not_found)?)
}

pub(super) fn calendar(cx: &Cx<'_>) -> Result<Arc<WorkCalendar>, Halt> {
    cx.service::<WorkCalendar>()
}

/// A reason that must be given.
pub(super) fn reason(field: &'static str, text: &str) -> Result<String, Halt> {
    let text = text.trim();
    let fits = !text.is_empty() && text.chars().count() <= REASON_CHARS_MAX && !text.chars().any(|c| c.is_control() && c != '\n' && c != '\r');
    if fits { Ok(text.to_owned()) } else { Err(refusals::reason_missing(field).into()) }
}

const REASON_CHARS_MAX: usize = 1_000;
