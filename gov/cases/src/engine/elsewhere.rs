//! Steps that ask a register of another node (ADR 15): the question is promised in the transaction of the case and put outside of it, while
//! the step stays open in the flow; the answer, or that there is none, comes back as a command of its own.

use std::collections::BTreeMap;

use flow::{ActivityId, ActivityKind};
use registers::{Declaration, Origin};
use runner::Halt;
use serde::{Deserialize, Serialize};

use super::Work;
use super::services::required;
use crate::events::Happened;
use crate::model::CaseStatus;

/// The job that asks another node for a step of a case; whoever knows the exchange does it.
pub const ASK_ELSEWHERE: &str = "case-ask-elsewhere";

/// A step that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingStep {
    /// The case.
    pub case: String,
    /// Number of the step in the flow of the case.
    pub activity: u32,
}

/// A step that waits, with what its package says of it.
pub(crate) struct Waiting {
    pub node: String,
    pub attributes: BTreeMap<String, String>,
    pub declaration: std::sync::Arc<Declaration>,
    /// The service of the exchange that gives the register's rows.
    pub service: String,
}

impl Work<'_, '_> {
    /// Whether the register of a step is on another node; then the question is promised, and the step waits.
    pub fn ask_elsewhere(&mut self, activity: ActivityId, node: &str, attributes: &BTreeMap<String, String>) -> Result<bool, Halt> {
        let Some(declaration) = registers::declaration(self.cx.tx(), required(attributes, "register")?)? else { return Ok(false) };
        if !matches!(declaration.origin, Origin::Exchange { .. }) {
            return Ok(false);
        }
        self.promise_question(activity)?;
        let title = declaration.title.clone();
        self.record(&Happened::StepAsked { node: node.to_owned(), zh: title.zh, en: title.en })?;
        Ok(true)
    }

    /// The step, as long as it waits for an answer. While the days are not counted the question is promised anew, and waits with them.
    pub fn waiting_step(&mut self, activity: ActivityId) -> Result<Option<Waiting>, Halt> {
        let open = self.file.instance.activity(activity).filter(|open| open.kind == ActivityKind::Service);
        let Some(node) = open.map(|open| open.node.clone()).filter(|_| self.file.status != CaseStatus::Closed) else { return Ok(None) };
        if self.days_are_not_counted() {
            let key = self.question_key(activity);
            self.cx.cancel_jobs(&key)?;
            self.promise_question(activity)?;
            return Ok(None);
        }
        let attributes = self.package.flow.node(&node).map(|node| node.attributes.clone()).unwrap_or_default();
        let found = registers::declaration(self.cx.tx(), required(&attributes, "register")?)?;
        Ok(found.and_then(|declaration| match &declaration.origin {
            Origin::Exchange { service } => Some(Waiting { service: service.clone(), node, attributes, declaration }),
            Origin::Own | Origin::Asked { .. } => None,
        }))
    }

    /// Under which key the question of a step is promised.
    pub fn question_key(&self, activity: ActivityId) -> String {
        format!("{}/question-{}", self.file.id, activity.0)
    }

    /// The steps that wait for an answer.
    pub fn questions(&self) -> Vec<ActivityId> {
        self.file.instance.open_tasks().filter(|open| open.kind == ActivityKind::Service).map(|open| open.id).collect()
    }

    fn promise_question(&mut self, activity: ActivityId) -> Result<(), Halt> {
        let key = self.question_key(activity);
        let step = WaitingStep { case: self.file.id.clone(), activity: activity.0 };
        self.cx.enqueue(ASK_ELSEWHERE, &step, Some(key.clone()), None)?;
        if self.days_are_not_counted() { self.hold(&key) } else { Ok(()) }
    }
}
