//! Completing a task: accepting, passing, returning, visiting, deciding, assigning, replying.

use flow::{ActivityId, Input};
use procedure::item::Basis;
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{bounded, bounded_fields, open_task};
use crate::engine::{Work, cited, organ_exists};
use crate::events::Happened;
use crate::model::{CaseStatus, Outcome, Task, TaskKind, TaskState, refusals};
use crate::store;

/// Completes a task with one of the outcomes of its kind.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CompleteTask {
    /// The task: its identifier, or `<case>:<node>`.
    pub task: String,
    /// One of [`TaskKind::outcomes`].
    pub outcome: String,
    /// Opinion, reasons or reply.
    #[serde(default)]
    pub opinion: String,
    /// What the kind of task asks for besides: `basis`, `officers` (list), `findings`, `organ`.
    #[serde(default)]
    pub fields: Map<String, Value>,
    /// The version of the case the actor saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

impl Command for CompleteTask {
    type Outcome = i64;
    const ACTION: &'static str = "case.complete-task";

    fn run(&self, cx: &mut Cx<'_>) -> Result<i64, Halt> {
        let (mut work, task) = open_task(cx, &self.task, self.seen, |task| task.kind.action(&self.outcome))?;
        if work.file.status == CaseStatus::Correcting {
            return Err(refusals::not_in_progress().into());
        }
        self.check(&mut work, &task)?;
        complete(&mut work, &task, self)?;
        Ok(work.finish()?.version)
    }
}

/// Records the outcome, does what the law attaches to it, and lets the flow go on.
pub(super) fn complete(work: &mut Work<'_, '_>, task: &Task, done: &CompleteTask) -> Result<(), Halt> {
    work.record(&Happened::TaskCompleted {
        task: task.id.clone(),
        node: task.node.clone(),
        kind: task.kind.code().into(),
        outcome: done.outcome.clone(),
        opinion: done.opinion.clone(),
        fields: done.fields.clone(),
    })?;
    match (task.kind, done.outcome.as_str()) {
        (TaskKind::Accept, "accepted") => {
            let today = work.today();
            work.accept(today, false)?;
            if !work.file.accepted_by_default {
                work.acceptance_notice(false)?;
            }
        }
        (TaskKind::Accept, "refused") => work.decide(Outcome::Refused, &done.opinion, &done.basis(), false)?,
        (TaskKind::Decide, "approved") => {
            let basis = work.package.item.basis.first().map(Basis::citation).unwrap_or_default();
            let basis = if done.basis().is_empty() { basis } else { done.basis() };
            work.decide(Outcome::Approved, &done.opinion, &basis, false)?;
        }
        (TaskKind::Decide, _) => work.decide(Outcome::Rejected, &done.opinion, &done.basis(), false)?,
        (TaskKind::Handle, "resolved") => work.decide(Outcome::Resolved, &done.opinion, &done.basis(), false)?,
        _ => {}
    }
    let variables = done.variables(work);
    work.advance(Input::Complete { activity: ActivityId(task.activity), variables })
}

impl CompleteTask {
    fn text(&self, field: &str) -> String {
        self.fields.get(field).and_then(Value::as_str).unwrap_or_default().trim().to_owned()
    }

    fn basis(&self) -> String {
        self.text("basis")
    }

    fn officers(&self) -> usize {
        let named = |value: &&Value| value.as_str().is_some_and(|name| !name.trim().is_empty());
        self.fields.get("officers").and_then(Value::as_array).map_or(0, |officers| officers.iter().filter(named).count())
    }

    fn variables(&self, work: &Work<'_, '_>) -> Map<String, Value> {
        let mut variables = self.fields.clone();
        variables.insert("outcome".into(), json!(self.outcome));
        variables.insert("opinion".into(), json!(self.opinion));
        variables.insert("by".into(), json!(work.cx.actor().account));
        variables.insert("at".into(), json!(work.cx.now().to_string()));
        variables
    }

    fn check(&self, work: &mut Work<'_, '_>, task: &Task) -> Result<(), Halt> {
        if !task.kind.outcomes().iter().any(|(code, ..)| *code == self.outcome) {
            return Err(refusals::outcome_unknown().into());
        }
        bounded("opinion", &self.opinion)?;
        bounded_fields(&self.fields)?;
        if (task.kind, self.outcome.as_str()) == (TaskKind::Accept, "refused") && work.file.accepted_by_default {
            return Err(refusals::accepted_by_default().into());
        }
        let silent = self.opinion.trim().is_empty();
        match (task.kind, self.outcome.as_str()) {
            (TaskKind::Accept, "refused") | (TaskKind::Decide, "rejected") => {
                if silent {
                    return Err(refusals::reasons_missing().into());
                }
                let basis = cited(&self.basis());
                if basis.is_empty() || basis.iter().any(|basis| basis.article.is_empty()) {
                    return Err(refusals::basis_missing().into());
                }
            }
            (TaskKind::Review, "returned") | (TaskKind::Countersign, "objected") if silent => {
                return Err(refusals::reasons_missing().into());
            }
            (TaskKind::Visit, _) => self.check_visit(task)?,
            (TaskKind::Handle, "resolved") if silent => return Err(refusals::reply_missing().into()),
            (TaskKind::Handle, "sent_back") => {
                if silent {
                    return Err(refusals::reasons_missing().into());
                }
                if sent_back_before(work, task)? {
                    return Err(refusals::sent_back_already().into());
                }
            }
            (TaskKind::Assign, _) => {
                if !organ_exists(work.cx.tx(), &self.text("organ"))? {
                    return Err(refusals::organ_unknown().into());
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn check_visit(&self, task: &Task) -> Result<(), Halt> {
        if self.officers() < usize::try_from(task.officers_min).unwrap_or(2) {
            return Err(refusals::officers_missing().into());
        }
        if self.text("findings").is_empty() && self.opinion.trim().is_empty() {
            return Err(refusals::findings_missing().into());
        }
        Ok(())
    }
}

fn sent_back_before(work: &mut Work<'_, '_>, task: &Task) -> Result<bool, Halt> {
    let tasks = store::tasks::of_case(work.cx.tx(), &task.case)?;
    Ok(tasks.iter().any(|other| other.state == TaskState::Done && other.outcome.as_deref() == Some("sent_back")))
}
