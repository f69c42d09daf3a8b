//! Conditions as free choices: every step is repeated until every combination of answers has been given.

use crate::definition::{Definition, NodeKind, Timer, Trigger};
use crate::effect::Expressions;
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Repetitions of one step before the model counts as too large.
const CHOICES_MAX: u32 = 4_096;

/// Answers conditions from a script of choices, and extends the script by "no" where it is too short.
pub(super) struct Choices<'a> {
    conditions: BTreeSet<&'a str>,
    durations: BTreeSet<&'a str>,
    script: RefCell<Script>,
}

#[derive(Default)]
struct Script {
    answers: Vec<bool>,
    next: usize,
    runs: u32,
}

impl<'a> Choices<'a> {
    pub fn new(definition: &'a Definition) -> Self {
        let timers = definition.nodes.iter().filter_map(|node| match &node.kind {
            NodeKind::Catch(Trigger::Timer(timer)) | NodeKind::Boundary { trigger: Trigger::Timer(timer), .. } => Some(timer),
            _ => None,
        });
        let feel = |timer: &'a Timer| timer.duration.strip_prefix('=').map(str::trim);
        Self {
            conditions: definition.flows.iter().filter_map(|flow| flow.condition.as_deref()).collect(),
            durations: timers.filter_map(feel).collect(),
            script: RefCell::default(),
        }
    }

    /// Before the first run of a step.
    pub fn begin(&self) {
        *self.script.borrow_mut() = Script::default();
    }

    /// After a run: prepares the next combination; `Some(false)` when all were given, `None` when there are too many.
    pub fn next_combination(&self) -> Option<bool> {
        let mut script = self.script.borrow_mut();
        script.runs = script.runs.saturating_add(1);
        if script.runs > CHOICES_MAX {
            return None;
        }
        let asked = script.next;
        script.answers.truncate(asked);
        script.next = 0;
        while script.answers.pop_if(|answer| *answer).is_some() {}
        Some(match script.answers.last_mut() {
            Some(last) => {
                *last = true;
                true
            }
            None => false,
        })
    }
}

impl Expressions for Choices<'_> {
    fn evaluate(&self, feel: &str, _variables: &Map<String, Value>) -> Result<Value, String> {
        if self.durations.contains(feel) {
            return Ok(Value::from("P1D"));
        }
        if !self.conditions.contains(feel) {
            return Ok(Value::Null);
        }
        let mut script = self.script.borrow_mut();
        let at = script.next;
        if at == script.answers.len() {
            script.answers.push(false);
        }
        script.next = at.saturating_add(1);
        Ok(Value::Bool(script.answers.get(at).copied().unwrap_or_default()))
    }
}
