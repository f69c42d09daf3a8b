//! Parallel and inclusive gateways: waiting for tokens and letting them go on.

use super::Run;
use crate::definition::{FlowIx, NodeIx, NodeKind};
use crate::effect::Effect;
use crate::error::FlowError;
use crate::instance::{ActivityId, WaitingToken};
use std::collections::BTreeSet;

impl<'a> Run<'a> {
    pub(super) fn enter_join(&mut self, scope: ActivityId, ix: NodeIx, via: Option<FlowIx>) -> Result<(), FlowError> {
        let definition: &'a _ = self.definition;
        let node = &definition[ix];
        let Some(via) = via.filter(|_| node.incoming.len() > 1) else { return self.activate(scope, ix) };
        self.flow.tokens.push(WaitingToken { node: node.id.clone(), flow: definition[via].id.clone(), scope });
        let complete = node.incoming.iter().all(|flow| self.waits_on(scope, *flow));
        // An inclusive gateway that is not complete may still go on once nothing else can come: see `next_inclusive_join`.
        if complete { self.join(scope, ix) } else { Ok(()) }
    }

    /// One token of every arrow that has one goes into the gateway.
    fn join(&mut self, scope: ActivityId, ix: NodeIx) -> Result<(), FlowError> {
        let definition: &'a _ = self.definition;
        for flow in &definition[ix].incoming {
            let id = &definition[*flow].id;
            if let Some(at) = self.flow.tokens.iter().position(|token| token.scope == scope && token.flow == *id) {
                self.flow.tokens.remove(at);
            }
        }
        self.activate(scope, ix)
    }

    fn activate(&mut self, scope: ActivityId, ix: NodeIx) -> Result<(), FlowError> {
        let definition: &'a _ = self.definition;
        let node = &definition[ix];
        self.effects.push(Effect::EnterNode { node: node.id.clone() });
        if node.kind == NodeKind::Inclusive && node.outgoing.len() > 1 {
            let flows = self.choose_some(node)?;
            self.leave_by(scope, ix, &flows);
        } else {
            self.leave(scope, ix);
        }
        Ok(())
    }

    fn waits_on(&self, scope: ActivityId, flow: FlowIx) -> bool {
        let id = &self.definition[flow].id;
        self.flow.tokens.iter().any(|token| token.scope == scope && token.flow == *id)
    }

    /// Lets one inclusive gateway go on to which no further token can come; says whether there was one.
    pub(super) fn next_inclusive_join(&mut self) -> Result<bool, FlowError> {
        let mut waiting: Vec<(ActivityId, NodeIx)> = Vec::new();
        for token in &self.flow.tokens {
            let ix = self.node_ix(&token.node)?;
            if self.definition[ix].kind == NodeKind::Inclusive && !waiting.contains(&(token.scope, ix)) {
                waiting.push((token.scope, ix));
            }
        }
        for (scope, ix) in waiting {
            if !self.more_can_come(scope, ix)? {
                self.join(scope, ix)?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// BPMN 2.0 §13.4.3: a token elsewhere keeps the gateway waiting when it can reach an empty arrow of the gateway without passing
    /// the gateway, unless it can likewise reach an arrow on which a token waits already.
    fn more_can_come(&self, scope: ActivityId, gateway: NodeIx) -> Result<bool, FlowError> {
        let (filled, empty): (Vec<_>, Vec<_>) = self.definition[gateway].incoming.iter().copied().partition(|flow| self.waits_on(scope, *flow));
        let to_empty = self.upstream(gateway, &empty);
        let to_filled = self.upstream(gateway, &filled);
        let activities = self.flow.activities.iter().filter(|activity| activity.scope == scope).map(|activity| &activity.node);
        let tokens = self.flow.tokens.iter().filter(|token| token.scope == scope).map(|token| &token.node);
        for id in activities.chain(tokens) {
            let ix = self.node_ix(id)?;
            if ix != gateway && to_empty.contains(&ix) && !to_filled.contains(&ix) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The nodes from which a token can come to one of the arrows without passing the gateway.
    fn upstream(&self, gateway: NodeIx, flows: &[FlowIx]) -> BTreeSet<NodeIx> {
        let definition = self.definition;
        let mut work: Vec<NodeIx> = flows.iter().map(|flow| definition[*flow].source).collect();
        let mut found = BTreeSet::new();
        while let Some(ix) = work.pop() {
            if ix == gateway || !found.insert(ix) {
                continue;
            }
            work.extend(definition[ix].incoming.iter().map(|flow| definition[*flow].source));
            if let NodeKind::Boundary { host, .. } = definition[ix].kind {
                work.push(host);
            }
        }
        found
    }
}
