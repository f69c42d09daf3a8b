//! 向其他节点核对：取出问题、收下答复

use flow::{ActivityId, Input};
use i18n::Text;
use registers::{Asked, Fetched};
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::timers::system_work;
use crate::engine::{VERIFY, Waiting, WaitingStep, Work, not_found};
use crate::events::Happened;

/// Gives the question of a step that waits for another node; `None` when it waits no more, or not now.
#[derive(Clone, Debug, Serialize)]
pub struct PrepareStep {
    /// The step.
    pub step: WaitingStep,
}

/// What another node is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepQuestion {
    /// Register, fields, organ, case, purpose and law.
    pub asked: Asked,
    /// The key; `None` when what was stated cannot be one, so that there is nobody to ask about.
    pub key: Option<String>,
    /// The service of the exchange that gives the register's rows.
    pub service: String,
}

impl Command for PrepareStep {
    type Outcome = Option<StepQuestion>;
    const ACTION: &'static str = "case.answer-step";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Option<StepQuestion>, Halt> {
        let mut work = system_work(cx, &self.step.case)?;
        let Some(waiting) = work.waiting_step(ActivityId(self.step.activity))? else { return Ok(None) };
        let (asked, key) = question(&mut work, &waiting)?;
        Ok(Some(StepQuestion { asked, key, service: waiting.service }))
    }
}

/// What came of the question.
#[derive(Clone, Serialize)]
pub enum StepAnswer {
    /// The other node answered.
    Answered {
        /// The call in the message log.
        call: String,
        /// The record, or that there is none.
        fetched: Fetched,
    },
    /// There is no answer: a person looks.
    Unanswered {
        /// Code of the exchange.
        code: String,
        /// In words.
        why: Text,
    },
    /// There was nobody to ask about.
    NotAsked,
}

/// Lets a step go on with the answer of another node, or without one. A step that waits no more is left as it is.
#[derive(Clone, Serialize)]
pub struct AnswerStep {
    /// The step.
    pub step: WaitingStep,
    /// The answer.
    pub answer: StepAnswer,
}

impl Command for AnswerStep {
    type Outcome = bool;
    const ACTION: &'static str = "case.answer-step";

    fn run(&self, cx: &mut Cx<'_>) -> Result<bool, Halt> {
        let activity = ActivityId(self.step.activity);
        let mut work = system_work(cx, &self.step.case)?;
        let Some(waiting) = work.waiting_step(activity)? else { return Ok(false) };
        let variables = match &self.answer {
            StepAnswer::Answered { call, fetched } => {
                let found = disclosed(&mut work, &waiting, call, fetched)?.map(|values| (values, None));
                let result = work.compared(&waiting.node, &waiting.attributes, found)?;
                work.done(&waiting.node, VERIFY, result)?
            }
            StepAnswer::NotAsked => work.done(&waiting.node, VERIFY, not_found())?,
            StepAnswer::Unanswered { code, why } => {
                let (zh, en) = (why.zh.clone(), why.en.clone());
                work.record(&Happened::StepUnanswered { node: waiting.node.clone(), code: code.clone(), zh, en })?;
                let mut variables = not_found().as_object().cloned().unwrap_or_default();
                variables.insert("problem".to_owned(), Value::from(code.as_str()));
                variables
            }
        };
        work.advance(Input::Complete { activity, variables })?;
        work.finish()?;
        Ok(true)
    }
}

/// The question as it is put, and as the reading says.
fn question(work: &mut Work<'_, '_>, waiting: &Waiting) -> Result<(Asked, Option<String>), Halt> {
    let (key, fields) = work.key_and_fields(&waiting.attributes)?;
    let asked = work.asked(&waiting.declaration, &fields);
    Ok((asked, key.and_then(|key| waiting.declaration.parse_key(&key))))
}

/// The values, after the reading was recorded with the message that brought them.
fn disclosed(work: &mut Work<'_, '_>, waiting: &Waiting, call: &str, fetched: &Fetched) -> Result<Option<Map<String, Value>>, Halt> {
    let (asked, Some(key)) = question(work, waiting)? else { return Ok(None) };
    let asked = Asked { message: Some(call.to_owned()), ..asked };
    Ok(registers::disclose_fetched(work.cx, &asked, &key, fetched)?.map(|record| record.values))
}
