//! What people, staff and timers can do. One verb a file.

mod answer_correction;
mod answer_step;
mod claim;
mod complete_task;
mod deliver_message;
mod drafts;
mod extend;
mod materials;
mod order_secrecy;
mod propose_change;
mod rate;
pub(crate) mod read_case;
mod reopen;
mod request_correction;
mod review_correction;
mod submit;
mod suspend;
mod timers;
mod withdraw;

pub use answer_correction::AnswerCorrection;
pub use answer_step::{AnswerStep, PrepareStep, StepAnswer, StepQuestion};
pub use claim::{ClaimTask, ReleaseTask};
pub use complete_task::CompleteTask;
pub use deliver_message::DeliverMessage;
pub use drafts::{DiscardDraft, SaveDraft, StartDraft};
pub use extend::ExtendCase;
pub use materials::{AttachMaterial, RemoveMaterial};
pub use order_secrecy::OrderSecrecy;
pub use propose_change::{PROPOSAL, ProposeChange};
pub use rate::RateCase;
pub use read_case::{ReadCase, ReadDocument, ReadMaterial};
pub use reopen::ReopenCase;
pub use request_correction::RequestCorrection;
pub use review_correction::ReviewCorrection;
pub use submit::{SubmitCase, Submitted};
pub use suspend::{ResumeCase, SuspendCase};
pub use timers::{AcceptByDefault, FireTimer, LapseCorrection};
pub use withdraw::WithdrawCase;

use runner::{ActorKind, Cx, Halt, Refusal, Resource};
use serde_json::{Map, Value};

use crate::engine::Work;
use crate::model::{CaseStatus, Task, TaskState, refusals};
use crate::{queries, store};

/// 办理意见 (national interface of service data, pro_process): at most so many characters. It bounds every text people write.
const TEXT_CHARS_MAX: usize = 2_000;
const FIELDS_MAX: usize = 50;

/// A task by its identifier, or by `<case>:<node>`: the open task of that node, else its newest, so that a program needs no look-up
/// between two steps.
fn find_task(cx: &mut Cx<'_>, address: &str) -> Result<Task, Halt> {
    let found = match address.split_once(':') {
        Some((case, node)) => {
            let mut tasks = store::tasks::of_case(cx.tx(), case)?;
            tasks.retain(|task| task.node == node);
            let open = tasks.iter().find(|task| task.state == TaskState::Open).cloned();
            open.or_else(|| tasks.pop())
        }
        None => store::tasks::find(cx.tx(), address)?,
    };
    found.ok_or_else(|| Refusal::not_found().into())
}

/// A task and its case, as they are once nobody else can change them.
fn task_and_case<'w, 'c>(cx: &'w mut Cx<'c>, address: &str) -> Result<(Work<'w, 'c>, Task), Halt> {
    let case = find_task(cx, address)?.case;
    let work = Work::load(cx, &case)?;
    let task = find_task(work.cx, address)?;
    Ok((work, task))
}

/// An open task and its case, for an actor who may do on it what `action` says.
fn open_task<'w, 'c>(
    cx: &'w mut Cx<'c>,
    address: &str,
    seen: Option<i64>,
    action: impl FnOnce(&Task) -> &'static str,
) -> Result<(Work<'w, 'c>, Task), Halt> {
    let (mut work, task) = task_and_case(cx, address)?;
    let resource = task_resource(&work, &task);
    permit(&mut work, action(&task), &resource)?;
    work.expect(seen)?;
    if task.state != TaskState::Open {
        return Err(refusals::task_not_open().into());
    }
    let account = &work.cx.actor().account;
    if task.assignee.as_ref().is_some_and(|assignee| assignee != account) {
        return Err(refusals::task_claimed().into());
    }
    match work.file.status {
        CaseStatus::Suspended => return Err(refusals::case_suspended().into()),
        CaseStatus::Closed => return Err(refusals::task_not_open().into()),
        CaseStatus::Submitted | CaseStatus::Correcting | CaseStatus::Accepted => {}
    }
    Ok((work, task))
}

/// The case as a resource, seen through one of its tasks.
fn task_resource(work: &Work<'_, '_>, task: &Task) -> Resource {
    Resource { post: Some(task.post.clone()), post_organ: Some(task.organ.clone()), assignee: task.assignee.clone(), ..work.resource() }
}

/// Asks the authority. For those who may not even know of the case, it does not exist: whoever may not read it, unless in the organs
/// that have it in hand.
fn permit(work: &mut Work<'_, '_>, action: &str, resource: &Resource) -> Result<(), Halt> {
    if work.cx.may(action, resource) {
        return work.cx.authorise_as(action, resource);
    }
    let (actor, case) = (work.cx.actor(), work.file.id.clone());
    let readable = queries::case_resource(work.cx.tx(), actor, &case)?.is_some_and(|resource| work.cx.may("case.read", &resource));
    let tasks = store::tasks::of_case(work.cx.tx(), &case)?;
    let in_hand = |organ: &String| *organ == work.file.organ || tasks.iter().any(|task| task.organ == *organ);
    let colleague = actor.kind == ActorKind::Staff && actor.posts.iter().any(|held| in_hand(&held.organ));
    Err(if readable || colleague { Refusal::not_permitted() } else { Refusal::not_found() }.into())
}

/// A case for whoever holds the post of one of its open tasks.
fn for_handler<'w, 'c>(cx: &'w mut Cx<'c>, case: &str, seen: Option<i64>, action: &str) -> Result<Work<'w, 'c>, Halt> {
    let mut work = Work::load(cx, case)?;
    let tasks = store::tasks::of_case(work.cx.tx(), &work.file.id)?;
    let actor = work.cx.actor();
    let open: Vec<&Task> = tasks.iter().filter(|task| task.state == TaskState::Open).collect();
    let held = open.iter().find(|task| actor.holds(&task.organ, &task.post)).or(open.first());
    let resource = held.map_or_else(|| work.resource(), |task| task_resource(&work, task));
    permit(&mut work, action, &resource)?;
    work.expect(seen)?;
    Ok(work)
}

/// Loads a case for its applicant (or whoever acts for him in it); hidden from everybody else.
fn own_case<'w, 'c>(cx: &'w mut Cx<'c>, case: &str, seen: Option<i64>) -> Result<Work<'w, 'c>, Halt> {
    let mut work = Work::load(cx, case)?;
    let resource = work.resource();
    if work.cx.actor().acting_party() != resource.party.as_deref() || !work.cx.may("case.read", &resource) {
        return Err(Refusal::not_found().into());
    }
    work.cx.authorise(&resource)?;
    work.expect(seen)?;
    Ok(work)
}

/// Refuses a text that is longer than the record takes.
fn bounded(field: &str, text: &str) -> Result<(), Halt> {
    if text.chars().count() <= TEXT_CHARS_MAX {
        return Ok(());
    }
    let (zh, en) = (format!("不能超过{TEXT_CHARS_MAX}个字。"), format!("At most {TEXT_CHARS_MAX} characters."));
    Err(refusals::text_too_long().with_field(field, zh, en).into())
}

/// The same for fields of any shape.
fn bounded_fields(fields: &Map<String, Value>) -> Result<(), Halt> {
    if fields.len() > FIELDS_MAX {
        return Err(refusals::text_too_long().into());
    }
    fields.iter().try_for_each(|(name, value)| match value {
        Value::String(text) => bounded(name, text),
        other => bounded(name, &other.to_string()),
    })
}
