//! Which arrows leave a gateway.

use super::Run;
use crate::definition::{FlowIx, Node};
use crate::error::FlowError;
use serde_json::Value;

impl Run<'_> {
    /// The first arrow whose condition holds; an arrow without condition always holds; else the default.
    pub(super) fn choose_one(&mut self, node: &Node) -> Result<FlowIx, FlowError> {
        for flow in node.outgoing.iter().copied().filter(|flow| node.default != Some(*flow)) {
            if self.holds(node, flow)? {
                return Ok(flow);
            }
        }
        node.default.ok_or_else(|| FlowError::NoFlow { node: node.id.clone() })
    }

    /// Every arrow whose condition holds; else the default.
    pub(super) fn choose_some(&mut self, node: &Node) -> Result<Vec<FlowIx>, FlowError> {
        let mut chosen = Vec::new();
        for flow in node.outgoing.iter().copied().filter(|flow| node.default != Some(*flow)) {
            if self.holds(node, flow)? {
                chosen.push(flow);
            }
        }
        match (chosen.is_empty(), node.default) {
            (false, _) => Ok(chosen),
            (true, Some(default)) => Ok(vec![default]),
            (true, None) => Err(FlowError::NoFlow { node: node.id.clone() }),
        }
    }

    fn holds(&self, node: &Node, flow: FlowIx) -> Result<bool, FlowError> {
        let Some(feel) = &self.definition[flow].condition else { return Ok(true) };
        match self.evaluate(&node.id, feel)? {
            Value::Bool(value) => Ok(value),
            other => Err(FlowError::NotBoolean { node: node.id.clone(), feel: feel.clone(), value: other.to_string() }),
        }
    }
}
