//! Moves every token until it waits, and ends what has become empty.

use super::Run;
use crate::effect::{CloseReason, Effect};
use crate::error::FlowError;
use crate::instance::{ActivityId, Ending};
use serde_json::{Map, Value};

impl Run<'_> {
    pub(super) fn settle(&mut self) -> Result<(), FlowError> {
        loop {
            while let Some(token) = self.moves.pop_front() {
                self.enter(token)?;
            }
            if self.flow.ended.is_some() || !(self.next_inclusive_join()? || self.complete_scope()?) {
                break;
            }
        }
        if self.flow.activities.is_empty() && self.flow.tokens.is_empty() {
            let process = || Ending { node: self.flow.process.clone().unwrap_or_default(), outcome: None, name: String::new() };
            let ending = self.flow.reached.clone().unwrap_or_else(process);
            self.end(ending);
        }
        Ok(())
    }

    /// Completes one sub-process or call in which nothing is left; says whether there was one.
    fn complete_scope(&mut self) -> Result<bool, FlowError> {
        let done = self.flow.activities.iter().find(|activity| activity.kind.is_scope() && self.is_empty(activity.id));
        let Some(activity) = done.cloned() else { return Ok(false) };
        let node = self.node_ix(&activity.node)?;
        if let Some(outcome) = activity.outcome {
            let result = Map::from_iter([("outcome".to_owned(), Value::String(outcome))]);
            self.set_variable(&activity.node, Value::Object(result));
        }
        self.close(activity.id, CloseReason::Completed);
        self.leave(activity.scope, node);
        Ok(true)
    }

    fn is_empty(&self, scope: ActivityId) -> bool {
        !self.flow.activities.iter().any(|activity| activity.scope == scope) && !self.flow.tokens.iter().any(|token| token.scope == scope)
    }

    pub(super) fn end(&mut self, ending: Ending) {
        let Ending { node, outcome, name } = ending.clone();
        self.flow.reached = None;
        self.flow.ended = Some(ending);
        self.effects.push(Effect::Ended { node, outcome, name });
    }
}
