//! What can be done with a task: each act states its legal effect and its basis before anybody chooses it.

mod confirm;
mod deed;
mod effects;
mod panel;
#[cfg(test)]
mod tests;

pub(crate) use confirm::confirmation;
pub(crate) use deed::{Deed, control_of};
pub(crate) use panel::{Offer, panel};

use cases::{CaseFile, CaseStatus, Task, TaskKind, TaskState};
use clock::{Date, WorkCalendar};
use i18n::Text;
use procedure::Item;

/// One act that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Act {
    /// The outcome of the task, or `correction`.
    pub code: &'static str,
    /// The word on the button.
    pub label: Text,
    /// What follows in law.
    pub effect: Text,
    /// The article; empty when it is a step inside the house.
    pub basis: String,
    /// Whether it takes something from the applicant, and so is confirmed once more.
    pub is_unfavourable: bool,
    /// What has to be said.
    pub asks: Vec<Ask>,
}

/// What an act asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// An opinion that may be left out.
    Opinion,
    /// Reasons that must be given.
    Reasons,
    /// The reply that the person receives.
    Reply,
    /// The article it rests on.
    Basis,
    /// What is to be corrected, item by item.
    Items,
    /// The officers of a visit, at least so many.
    Officers(u32),
    /// What was found.
    Findings,
    /// The organ to assign to.
    Organ,
}

/// Code of the one-time correction notice among the acts.
pub(crate) const CORRECTION: &str = "correction";

/// What acts depend on.
pub(crate) struct Ground<'a> {
    /// The task.
    pub task: &'a Task,
    /// Its case.
    pub file: &'a CaseFile,
    /// Its item.
    pub item: &'a Item,
    /// Working days.
    pub calendar: &'a WorkCalendar,
    /// The present day.
    pub today: Date,
}

/// The acts that the task allows now, the favourable one first. Whether the actor may do them is for the authority.
pub(crate) fn offered(ground: &Ground<'_>) -> Vec<Act> {
    if ground.task.state != TaskState::Open {
        return Vec::new();
    }
    match ground.file.status {
        CaseStatus::Correcting | CaseStatus::Suspended | CaseStatus::Closed => return Vec::new(),
        CaseStatus::Submitted | CaseStatus::Accepted => {}
    }
    let may_correct = ground.file.status == CaseStatus::Submitted && ground.file.correction.is_none();
    every(ground).into_iter().filter(|act| act.code != CORRECTION || may_correct).collect()
}

/// The acts of the kind of task, whatever the state of the case: what a form names is read by these, and the command decides.
pub(crate) fn every(ground: &Ground<'_>) -> Vec<Act> {
    let mut acts: Vec<Act> = ground.task.kind.outcomes().iter().map(|(code, zh, en)| outcome_act(ground, code, Text::new(*zh, *en))).collect();
    if ground.task.kind == TaskKind::Accept {
        acts.insert(1.min(acts.len()), correction_act(ground));
    }
    acts
}

/// The action that the authority is asked about.
pub(crate) fn action(kind: TaskKind, code: &str) -> &'static str {
    if code == CORRECTION { "case.request-correction" } else { kind.action(code) }
}

fn correction_act(ground: &Ground<'_>) -> Act {
    Act {
        code: CORRECTION,
        label: Text::new("一次性告知补正", "Request a correction"),
        effect: effects::correction(ground),
        basis: effects::CORRECTION_BASIS.to_owned(),
        is_unfavourable: false,
        asks: vec![Ask::Items],
    }
}

fn outcome_act(ground: &Ground<'_>, code: &'static str, label: Text) -> Act {
    let (effect, basis) = effects::of_outcome(ground, code);
    let asks = match (ground.task.kind, code) {
        (TaskKind::Accept, "refused") | (TaskKind::Decide, "rejected") => vec![Ask::Reasons, Ask::Basis],
        (TaskKind::Review, "returned") | (TaskKind::Countersign, "objected") | (TaskKind::Handle, "sent_back") => vec![Ask::Reasons],
        (TaskKind::Visit, _) => vec![Ask::Officers(ground.task.officers_min.max(2)), Ask::Findings],
        (TaskKind::Handle, "resolved") => vec![Ask::Reply],
        (TaskKind::Assign, _) => vec![Ask::Organ, Ask::Opinion],
        _ => vec![Ask::Opinion],
    };
    let is_unfavourable = matches!((ground.task.kind, code), (TaskKind::Accept, "refused") | (TaskKind::Decide, "rejected"));
    Act { code, label, effect, basis, is_unfavourable, asks }
}
