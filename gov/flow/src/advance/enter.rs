//! A token comes to a node.

use super::{Move, Run, STEPS_MAX};
use crate::definition::{EndKind, FlowIx, Node, NodeIx, NodeKind, ScopeIx};
use crate::effect::{CloseReason, Effect};
use crate::error::FlowError;
use crate::instance::{ActivityId, ActivityKind, Ending};

impl<'a> Run<'a> {
    pub(super) fn enter(&mut self, token: Move) -> Result<(), FlowError> {
        let definition: &'a _ = self.definition;
        let Move { scope, to, via } = token;
        let node = &definition[to];
        self.steps = self.steps.saturating_add(1);
        if self.steps > STEPS_MAX {
            return Err(FlowError::StepsExceeded { steps_max: STEPS_MAX, node: node.id.clone() });
        }
        if node.kind == NodeKind::Parallel || node.kind == NodeKind::Inclusive {
            return self.enter_join(scope, to, via);
        }
        self.effects.push(Effect::EnterNode { node: node.id.clone() });
        match &node.kind {
            NodeKind::Start | NodeKind::Milestone | NodeKind::Boundary { .. } => self.leave(scope, to),
            NodeKind::End(kind) => self.enter_end(scope, node, kind)?,
            NodeKind::UserTask { .. } => self.open(scope, to, ActivityKind::User)?,
            NodeKind::ServiceTask { .. } => self.open(scope, to, ActivityKind::Service)?,
            NodeKind::BusinessRuleTask { .. } => self.open(scope, to, ActivityKind::Rule)?,
            NodeKind::ReceiveTask { .. } => self.open(scope, to, ActivityKind::Receive)?,
            NodeKind::Catch(_) | NodeKind::EventBased => self.open(scope, to, ActivityKind::Event)?,
            NodeKind::SubProcess { .. } => self.open(scope, to, ActivityKind::SubProcess)?,
            NodeKind::CallActivity { .. } => self.open(scope, to, ActivityKind::Call)?,
            NodeKind::ScriptTask { sets } => {
                for set in sets {
                    let value = self.evaluate(&node.id, &set.feel)?;
                    self.set_variable(&set.name, value);
                }
                self.leave(scope, to);
            }
            NodeKind::Exclusive => {
                let flow = self.choose_one(node)?;
                self.leave_by(scope, to, &[flow]);
            }
            // Handled above: they may have to wait before they are entered.
            NodeKind::Parallel | NodeKind::Inclusive => {}
        }
        Ok(())
    }

    /// Starts the body of a process, sub-process or call.
    pub(super) fn enter_body(&mut self, scope: ActivityId, body: ScopeIx) -> Result<(), FlowError> {
        let owner = || FlowError::Foreign(format!("start {}", body.0));
        let to = self.definition[body].start.ok_or_else(owner)?;
        self.moves.push_back(Move { scope, to, via: None });
        Ok(())
    }

    /// The token goes on along every arrow.
    pub(super) fn leave(&mut self, scope: ActivityId, node: NodeIx) {
        let definition: &'a _ = self.definition;
        self.leave_by(scope, node, &definition[node].outgoing);
    }

    pub(super) fn leave_by(&mut self, scope: ActivityId, node: NodeIx, flows: &[FlowIx]) {
        self.effects.push(Effect::LeaveNode { node: self.definition[node].id.clone() });
        for flow in flows {
            self.moves.push_back(Move { scope, to: self.definition[*flow].target, via: Some(*flow) });
        }
    }

    fn enter_end(&mut self, scope: ActivityId, node: &Node, kind: &EndKind) -> Result<(), FlowError> {
        self.effects.push(Effect::LeaveNode { node: node.id.clone() });
        match kind {
            EndKind::Plain => self.reach(scope, node, false),
            EndKind::Terminate => {
                self.reach(scope, node, true);
                self.empty_scope(scope, CloseReason::Interrupted);
            }
            EndKind::Error(code) if scope == ActivityId::ROOT => {
                return Err(FlowError::UncaughtError { node: node.id.clone(), error_code: code.clone() });
            }
            EndKind::Error(code) => self.catch_error(scope, code, &node.id)?,
        }
        Ok(())
    }

    /// The first end event with an outcome gives the outcome of its scope; a terminating one overrules it.
    fn reach(&mut self, scope: ActivityId, node: &Node, overrule: bool) {
        let outcome = node.attributes.get("outcome").cloned();
        if scope == ActivityId::ROOT {
            let free = self.flow.reached.as_ref().is_none_or(|reached| reached.outcome.is_none());
            if free || overrule {
                self.flow.reached = Some(Ending { node: node.id.clone(), outcome, name: node.name.clone() });
            }
        } else if let Some(activity) = self.flow.activities.iter_mut().find(|activity| activity.id == scope)
            && (activity.outcome.is_none() || overrule)
        {
            activity.outcome = outcome;
        }
    }
}
