//! Tasks opened and closed by the flow, tables evaluated, decisions recorded.

use std::collections::BTreeMap;

use flow::{ActivityId, CloseReason, LaneRef};
use i18n::Text;
use runner::{Fault, Halt};
use serde_json::{Map, Value};

use super::{Work, parties_link};
use crate::events::Happened;
use crate::model::{Decision, Outcome, Task, TaskKind, TaskState};
use crate::{TaskId, store};

const OFFICERS_MIN_OF_A_VISIT: u32 = 2;

impl Work<'_, '_> {
    pub fn open_task(
        &mut self,
        activity: ActivityId,
        node: String,
        kind: &str,
        lane: Option<LaneRef>,
        attributes: &BTreeMap<String, String>,
    ) -> Result<(), Halt> {
        let kind = TaskKind::parse(kind).ok_or_else(|| Fault::because(format!("task {node} has the unknown kind {kind}")))?;
        let lane = lane.ok_or_else(|| Fault::because(format!("task {node} is in no lane")))?;
        let organ = self.organ_of_lane(&lane)?;
        let limit = attributes.get("limit-workdays").and_then(|days| days.parse().ok());
        let due_on = limit.map(|days| self.calendar.add_workdays(self.today(), days).date);
        let officers = attributes.get("officers").and_then(|count| count.parse().ok());
        let officers_min = if kind == TaskKind::Visit { officers.unwrap_or(OFFICERS_MIN_OF_A_VISIT) } else { 0 };
        let name = self.name_of(&node);
        let task = Task {
            id: TaskId::make(self.cx.ids()).to_string(),
            case: self.file.id.clone(),
            line: self.file.line,
            activity: activity.0,
            node,
            name,
            kind,
            organ,
            post: lane.id,
            state: TaskState::Open,
            assignee: None,
            opened_ms: self.cx.now_ms(),
            due_on,
            closed_ms: None,
            outcome: None,
            officers_min,
            submitted_ms: self.file.submitted_ms,
        };
        self.opened_tasks = true;
        self.record(&Happened::TaskOpened { task: Box::new(task) })
    }

    /// A lane belongs to the organ named by a variable, to the organ of a duty, or to the organ responsible for the case.
    fn organ_of_lane(&mut self, lane: &LaneRef) -> Result<String, Halt> {
        if let Some(expression) = &lane.organ_expr {
            let feel = expression.trim_start_matches('=');
            let value = self.package.feel().evaluate(feel, self.file.instance.variables()).map_err(Fault::because)?;
            return value
                .as_str()
                .map(str::to_owned)
                .ok_or_else(|| Fault::because(format!("lane {} names no organ: {feel} is {value}", lane.id)).into());
        }
        match &lane.duty {
            Some(duty) => {
                let division = self.file.division.clone();
                let organ = parties_link::organ_of_duty(self.cx.tx(), duty, &division)?;
                organ.map(|organ| organ.id).ok_or_else(|| Fault::because(format!("no organ has the duty {duty}")).into())
            }
            None => Ok(self.file.organ.clone()),
        }
    }

    fn name_of(&self, node: &str) -> Text {
        match self.package.flow.node(node) {
            Some(found) => {
                let zh = if found.name.is_empty() { node } else { &found.name };
                let en = found.attributes.get("name-en").map_or(zh, String::as_str);
                Text::new(zh, en)
            }
            None => Text::same(node),
        }
    }

    pub fn close_task(&mut self, activity: ActivityId, node: String, reason: CloseReason) -> Result<(), Halt> {
        match reason {
            CloseReason::Completed => Ok(()),
            CloseReason::Interrupted | CloseReason::Withdrawn => {
                let key = self.question_key(activity);
                self.cx.cancel_jobs(&key)?;
                let tasks = store::tasks::of_case(self.cx.tx(), &self.file.id)?;
                let open = tasks.into_iter().find(|task| task.state == TaskState::Open && task.activity == activity.0);
                match open {
                    Some(task) => self.record(&Happened::TaskCancelled { task: task.id, node }),
                    None => Ok(()),
                }
            }
        }
    }

    pub fn evaluate_table(&mut self, node: String, table: String, decision: &str) -> Result<Map<String, Value>, Halt> {
        let package = std::sync::Arc::clone(&self.package);
        let found = package.tables.get(&table).ok_or_else(|| Fault::because(format!("the package has no table {table}")))?;
        let decided = found.evaluate(decision, self.file.instance.variables()).map_err(Halt::fault)?;
        let rules = decided.matched_rules.clone();
        self.rule_reasons.clone_from(&decided.reasons);
        self.record(&Happened::TableEvaluated { node, table, rules, reasons: decided.reasons })?;
        Ok(match decided.value {
            Value::Object(fields) => fields,
            other => Map::from_iter([("value".to_owned(), other)]),
        })
    }

    /// Records what was decided; the document follows when the case is closed.
    pub fn decide(&mut self, outcome: Outcome, reasons: &str, basis: &str, by_rules: bool) -> Result<(), Halt> {
        let by = if by_rules { "rules".to_owned() } else { self.cx.actor().account.clone() };
        let on = self.today();
        let (reasons, basis) = (reasons.to_owned(), basis.to_owned());
        self.file.decision = Some(Decision { outcome: outcome.code().into(), reasons: reasons.clone(), basis: basis.clone(), by, on });
        self.record(&Happened::CaseDecided { outcome: outcome.code().into(), reasons, basis, by_rules })
    }
}
