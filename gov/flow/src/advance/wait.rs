//! Activities that stay open until the caller answers.

use super::Run;
use crate::definition::{Definition, Node, NodeIx, NodeKind, Timer, Trigger};
use crate::effect::{Effect, LaneRef};
use crate::error::FlowError;
use crate::instance::{ActivityId, ActivityKind, ArmedTimer, AwaitedMessage, OpenActivity, TimerId};
use crate::parse::duration_problem;
use serde_json::Value;

impl<'a> Run<'a> {
    pub(super) fn open(&mut self, scope: ActivityId, ix: NodeIx, kind: ActivityKind) -> Result<(), FlowError> {
        let definition: &'a _ = self.definition;
        let node = &definition[ix];
        let id = ActivityId(self.next_number()?);
        self.flow.activities.push(OpenActivity { id, node: node.id.clone(), kind, scope, outcome: None });
        self.announce(id, node)?;
        for event in &node.boundary {
            if let NodeKind::Boundary { trigger, .. } = &definition[*event].kind {
                self.subscribe(id, &definition[*event], trigger)?;
            }
        }
        match definition.body(&node.kind) {
            Some(body) => self.enter_body(id, body),
            None => Ok(()),
        }
    }

    /// Says to the caller what is to be done.
    fn announce(&mut self, activity: ActivityId, node: &'a Node) -> Result<(), FlowError> {
        let (id, attributes) = (node.id.clone(), || node.attributes.clone());
        match &node.kind {
            NodeKind::UserTask { kind } => {
                let lane = lane_ref(self.definition, node);
                self.effects.push(Effect::OpenTask { activity, node: id, kind: kind.clone(), lane, attributes: attributes() });
            }
            NodeKind::ServiceTask { action } => {
                self.effects.push(Effect::CallService { activity, node: id, action: action.clone(), attributes: attributes() });
            }
            NodeKind::BusinessRuleTask { table, decision } => {
                self.effects.push(Effect::EvaluateTable { activity, node: id, table: table.clone(), decision: decision.clone() });
            }
            NodeKind::ReceiveTask { message } => self.await_message(activity, activity, node, message),
            NodeKind::Catch(Trigger::Message(message)) => self.await_message(activity, activity, node, message),
            NodeKind::Catch(Trigger::Timer(timer)) => self.arm(activity, node, timer)?,
            NodeKind::EventBased => self.subscribe_to_all(activity, node)?,
            _ => {}
        }
        Ok(())
    }

    /// An event-based gateway waits for all events behind it.
    fn subscribe_to_all(&mut self, gateway: ActivityId, node: &'a Node) -> Result<(), FlowError> {
        let definition: &'a _ = self.definition;
        for flow in &node.outgoing {
            let event = &definition[definition[*flow].target];
            match &event.kind {
                NodeKind::Catch(trigger) => self.subscribe(gateway, event, trigger)?,
                NodeKind::ReceiveTask { message } => {
                    let id = ActivityId(self.next_number()?);
                    self.await_message(id, gateway, event, message);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn subscribe(&mut self, host: ActivityId, event: &Node, trigger: &Trigger) -> Result<(), FlowError> {
        match trigger {
            Trigger::Timer(timer) => self.arm(host, event, timer),
            Trigger::Message(message) => {
                let id = ActivityId(self.next_number()?);
                self.await_message(id, host, event, message);
                Ok(())
            }
            // Errors are found when they are raised.
            Trigger::Error(_) => Ok(()),
        }
    }

    fn await_message(&mut self, id: ActivityId, host: ActivityId, event: &Node, message: &str) {
        let (node, message) = (event.id.clone(), message.to_owned());
        self.effects.push(Effect::Await { activity: id, node: node.clone(), message: message.clone() });
        self.flow.awaited.push(AwaitedMessage { id, node, message, host });
    }

    fn arm(&mut self, host: ActivityId, event: &Node, timer: &Timer) -> Result<(), FlowError> {
        let duration = self.duration(event, timer)?;
        let id = TimerId(self.next_number()?);
        self.flow.timers.push(ArmedTimer { id, node: event.id.clone(), host });
        self.effects.push(Effect::ArmTimer { timer: id, node: event.id.clone(), duration, calendar: timer.calendar });
        Ok(())
    }

    fn duration(&self, event: &Node, timer: &Timer) -> Result<String, FlowError> {
        let Some(feel) = timer.duration.strip_prefix('=') else { return Ok(timer.duration.clone()) };
        match self.evaluate(&event.id, feel.trim())? {
            Value::String(duration) if duration_problem(&duration, timer.calendar).is_ok() => Ok(duration),
            other => Err(FlowError::BadDuration { node: event.id.clone(), duration: other.to_string() }),
        }
    }
}

fn lane_ref(definition: &Definition, node: &Node) -> Option<LaneRef> {
    let lane = definition.lane_of(node)?;
    Some(LaneRef { id: lane.id.clone(), duty: lane.duty.clone(), organ_expr: lane.organ_expr.clone() })
}
