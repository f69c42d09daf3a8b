//! The engine: one input, one step, its effects.

mod close;
mod enter;
mod gateway;
mod inputs;
mod join;
mod settle;
mod wait;

use crate::definition::{Definition, FlowIx, NodeIx};
use crate::effect::{Effect, Expressions, Input};
use crate::error::FlowError;
use crate::instance::{ActivityId, Flow, Instance};
use serde_json::{Map, Value};
use std::collections::VecDeque;

/// Nodes that one step may enter before the flow counts as turning in a circle.
pub const STEPS_MAX: u32 = 10_000;

/// Makes one step: the instance takes the input, moves until it waits or ends, and says what the caller has to do.
/// On error the instance is unchanged.
pub fn advance(definition: &Definition, instance: &mut Instance, input: Input, expressions: &dyn Expressions) -> Result<Vec<Effect>, FlowError> {
    let mut run = Run {
        definition,
        expressions,
        flow: instance.flow.clone(),
        variables: &mut instance.variables,
        replaced: Vec::new(),
        effects: Vec::with_capacity(8),
        moves: VecDeque::new(),
        steps: 0,
    };
    match run.take(input) {
        Ok(()) => {
            let Run { flow, effects, .. } = run;
            instance.flow = flow;
            Ok(effects)
        }
        Err(error) => {
            run.restore_variables();
            Err(error)
        }
    }
}

/// One step under way: a copy of the small flow state, and the variables themselves with what they replaced.
struct Run<'a> {
    definition: &'a Definition,
    expressions: &'a dyn Expressions,
    flow: Flow,
    variables: &'a mut Map<String, Value>,
    replaced: Vec<(String, Option<Value>)>,
    effects: Vec<Effect>,
    moves: VecDeque<Move>,
    steps: u32,
}

/// A token on its way to a node.
struct Move {
    scope: ActivityId,
    to: NodeIx,
    via: Option<FlowIx>,
}

impl<'a> Run<'a> {
    fn set_variable(&mut self, name: &str, value: Value) {
        let before = self.variables.insert(name.to_owned(), value);
        self.replaced.push((name.to_owned(), before));
    }

    /// Backwards, so that a new variable is the last one when it is removed and the order of the others stays.
    fn restore_variables(&mut self) {
        while let Some((name, before)) = self.replaced.pop() {
            match before {
                Some(value) => self.variables.insert(name, value),
                None => self.variables.remove(&name),
            };
        }
    }

    fn node_ix(&self, id: &str) -> Result<NodeIx, FlowError> {
        self.definition.node_by_id.get(id).copied().ok_or_else(|| FlowError::Foreign(id.to_owned()))
    }

    fn next_number(&mut self) -> Result<u32, FlowError> {
        let overrun = FlowError::StepsExceeded { steps_max: u32::MAX, node: String::new() };
        self.flow.last = self.flow.last.checked_add(1).ok_or(overrun)?;
        Ok(self.flow.last)
    }

    fn evaluate(&self, node: &str, feel: &str) -> Result<Value, FlowError> {
        let failed = |reason| FlowError::Expression { node: node.to_owned(), feel: feel.to_owned(), reason };
        self.expressions.evaluate(feel, self.variables).map_err(failed)
    }
}
