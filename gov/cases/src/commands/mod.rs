//! What people, staff and timers can do. One verb a file.

mod answer_correction;
mod claim;
mod complete_task;
mod deliver_message;
mod drafts;
mod extend;
mod materials;
mod rate;
mod reopen;
mod request_correction;
mod submit;
mod suspend;
mod timers;
mod withdraw;

pub use answer_correction::AnswerCorrection;
pub use claim::{ClaimTask, ReleaseTask};
pub use complete_task::CompleteTask;
pub use deliver_message::DeliverMessage;
pub use drafts::{DiscardDraft, SaveDraft, StartDraft};
pub use extend::ExtendCase;
pub use materials::{AttachMaterial, RemoveMaterial};
pub use rate::RateCase;
pub use reopen::ReopenCase;
pub use request_correction::RequestCorrection;
pub use submit::{SubmitCase, Submitted};
pub use suspend::{ResumeCase, SuspendCase};
pub use timers::{AcceptByDefault, FireTimer, LapseCorrection};
pub use withdraw::WithdrawCase;

use runner::{Cx, Halt, Refusal, Resource};

use crate::engine::Work;
use crate::model::{CaseStatus, Task, TaskState, refusals};
use crate::store;

/// A task by its identifier, or by `<case>:<node>`: the newest task of that node, so that a program needs no look-up between two steps.
fn find_task(cx: &mut Cx<'_>, address: &str) -> Result<Task, Halt> {
    let found = match address.split_once(':') {
        Some((case, node)) => store::tasks::of_case(cx.tx(), case)?.into_iter().rev().find(|task| task.node == node),
        None => store::tasks::find(cx.tx(), address)?,
    };
    found.ok_or_else(|| Refusal::not_found().into())
}

/// An open task and its case, for an actor who may do `action` on it.
fn open_task<'w, 'c>(cx: &'w mut Cx<'c>, task: &str, seen: Option<i64>, action: &str) -> Result<(Work<'w, 'c>, Task), Halt> {
    let task = find_task(cx, task)?;
    let work = Work::load(cx, &task.case, seen)?;
    let resource = task_resource(&work, &task);
    work.cx.authorise_as(action, &resource)?;
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
    Resource {
        post: Some(task.post.clone()),
        post_organ: Some(task.organ.clone()),
        assignee: task.assignee.clone(),
        ..work.resource()
    }
}

/// A case for whoever holds the post of one of its open tasks.
fn for_handler<'w, 'c>(work: Work<'w, 'c>) -> Result<Work<'w, 'c>, Halt> {
    let tasks = store::tasks::of_case(work.cx.tx(), &work.file.id)?;
    let actor = work.cx.actor();
    let open: Vec<&Task> = tasks.iter().filter(|task| task.state == TaskState::Open).collect();
    let held = open.iter().find(|task| actor.holds(&task.organ, &task.post)).or(open.first());
    let resource = held.map_or_else(|| work.resource(), |task| task_resource(&work, task));
    work.cx.authorise(&resource)?;
    Ok(work)
}

/// Loads a case for its applicant (or whoever acts for him); hidden from everybody else.
fn own_case<'w, 'c>(cx: &'w mut Cx<'c>, case: &str, seen: Option<i64>) -> Result<Work<'w, 'c>, Halt> {
    let work = Work::load(cx, case, None)?;
    let resource = work.resource();
    if work.cx.actor().acting_party() != resource.party.as_deref() {
        return Err(Refusal::not_found().into());
    }
    work.cx.authorise(&resource)?;
    let stream = work.file.id.clone();
    work.cx.expect_version(&stream, seen)?;
    Ok(work)
}
