//! What each input does first; `settle` does the rest.

use super::{Move, Run};
use crate::definition::{NodeIx, NodeKind, Trigger};
use crate::effect::{CloseReason, Effect, Input};
use crate::error::FlowError;
use crate::instance::{ActivityId, Ending, OpenActivity, TimerId};
use serde_json::{Map, Value};

impl Run<'_> {
    pub(super) fn take(&mut self, input: Input) -> Result<(), FlowError> {
        match (&self.flow.process, &self.flow.ended, &input) {
            (None, _, Input::Start) => {}
            (None, _, _) => return Err(FlowError::NotStarted),
            (Some(_), Some(_), _) => return Err(FlowError::AlreadyEnded),
            (Some(_), None, Input::Start) => return Err(FlowError::AlreadyStarted),
            (Some(_), None, _) => {}
        }
        match input {
            Input::Start => self.start()?,
            Input::Complete { activity, variables } => self.complete(activity, variables)?,
            Input::FireTimer { timer } => self.fire_timer(timer)?,
            Input::Deliver { message, variables } => self.deliver(message, variables)?,
            Input::Raise { activity, error_code } => {
                let origin = self.find(activity)?.node.clone();
                self.catch_error(activity, &error_code, &origin)?;
            }
            Input::Cancel => return self.cancel(),
        }
        self.settle()
    }

    fn start(&mut self) -> Result<(), FlowError> {
        let definition = self.definition;
        let process = definition.main_process().ok_or_else(|| FlowError::Foreign(String::new()))?;
        self.flow.process = Some(process.id.clone());
        self.enter_body(ActivityId::ROOT, process.scope)
    }

    fn find(&self, id: ActivityId) -> Result<&OpenActivity, FlowError> {
        self.flow.activities.iter().find(|activity| activity.id == id).ok_or(FlowError::UnknownActivity(id))
    }

    fn complete(&mut self, id: ActivityId, variables: Map<String, Value>) -> Result<(), FlowError> {
        let activity = self.find(id)?;
        if !activity.kind.is_task() {
            return Err(FlowError::NotCompletable { activity: id, node: activity.node.clone() });
        }
        let (node, scope) = (self.node_ix(&activity.node)?, activity.scope);
        self.keep_result(node, variables);
        self.close(id, CloseReason::Completed);
        self.leave(scope, node);
        Ok(())
    }

    fn keep_result(&mut self, node: NodeIx, variables: Map<String, Value>) {
        if !variables.is_empty() {
            let definition = self.definition;
            self.set_variable(&definition[node].id, Value::Object(variables));
        }
    }

    fn fire_timer(&mut self, id: TimerId) -> Result<(), FlowError> {
        let at = self.flow.timers.iter().position(|timer| timer.id == id).ok_or(FlowError::UnknownTimer(id))?;
        let timer = self.flow.timers.remove(at);
        let node = self.node_ix(&timer.node)?;
        self.set_off(node, timer.host)
    }

    fn deliver(&mut self, message: String, variables: Map<String, Value>) -> Result<(), FlowError> {
        let Some(at) = self.flow.awaited.iter().position(|awaited| awaited.message == message) else {
            return Err(FlowError::NotAwaited(message));
        };
        let Some(awaited) = self.flow.awaited.get(at).cloned() else { return Err(FlowError::NotAwaited(message)) };
        let node = self.node_ix(&awaited.node)?;
        self.keep_result(node, variables);
        let stays = matches!(self.definition[node].kind, NodeKind::Boundary { interrupting: false, .. });
        if !stays && awaited.id != awaited.host {
            self.flow.awaited.remove(at);
            let (activity, node) = (awaited.id, awaited.node);
            self.effects.push(Effect::CloseTask { activity, node, reason: CloseReason::Completed });
        }
        self.set_off(node, awaited.host)
    }

    /// The event of a timer or message happens; `host` is the activity that armed it.
    fn set_off(&mut self, event: NodeIx, host: ActivityId) -> Result<(), FlowError> {
        let definition = self.definition;
        let activity = self.find(host)?;
        let (scope, waiting) = (activity.scope, self.node_ix(&activity.node)?);
        match definition[event].kind {
            NodeKind::Boundary { interrupting, .. } => {
                if interrupting {
                    self.close(host, CloseReason::Interrupted);
                }
                self.moves.push_back(Move { scope, to: event, via: None });
            }
            _ => {
                self.close(host, CloseReason::Completed);
                if waiting != event {
                    self.effects.push(Effect::LeaveNode { node: definition[waiting].id.clone() });
                    self.effects.push(Effect::EnterNode { node: definition[event].id.clone() });
                }
                self.leave(scope, event);
            }
        }
        Ok(())
    }

    /// The innermost enclosing activity with a fitting boundary event catches; the code named exactly goes before "every error".
    pub(super) fn catch_error(&mut self, raised_in: ActivityId, code: &str, origin: &str) -> Result<(), FlowError> {
        let mut at = raised_in;
        loop {
            let activity = self.find(at)?;
            let (scope, node) = (activity.scope, self.node_ix(&activity.node)?);
            if let Some(event) = self.error_event(node, code) {
                self.close(at, CloseReason::Interrupted);
                self.moves.push_back(Move { scope, to: event, via: None });
                return Ok(());
            }
            if scope == ActivityId::ROOT {
                return Err(FlowError::UncaughtError { node: origin.to_owned(), error_code: code.to_owned() });
            }
            at = scope;
        }
    }

    fn error_event(&self, node: NodeIx, code: &str) -> Option<NodeIx> {
        let catches = |wanted: Option<&str>| {
            self.definition[node].boundary.iter().copied().find(|event| match &self.definition[*event].kind {
                NodeKind::Boundary { trigger: Trigger::Error(caught), .. } => caught.as_deref() == wanted,
                _ => false,
            })
        };
        catches(Some(code)).or_else(|| catches(None))
    }

    fn cancel(&mut self) -> Result<(), FlowError> {
        self.empty_scope(ActivityId::ROOT, CloseReason::Withdrawn);
        let node = self.flow.process.clone().unwrap_or_default();
        self.end(Ending { node, outcome: Some("withdrawn".to_owned()), name: String::new() });
        Ok(())
    }
}
