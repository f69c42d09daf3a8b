//! Typed indexes into a definition.
//!
//! Indexing is used here, and only here, where it could panic: an index is made by the parser alone, for the definition it
//! belongs to, and never leaves memory (an instance names nodes by id). Checked access would add an unreachable branch to every line
//! of the engine.

use super::{Definition, Lane, Node, Process, Scope, SequenceFlow};
use std::ops::{Index, IndexMut};

/// Index of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIx(pub(crate) usize);

/// Index of a sequence flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlowIx(pub(crate) usize);

/// Index of a scope.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeIx(pub(crate) usize);

/// Index of a process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcessIx(pub(crate) usize);

/// Index of a lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaneIx(pub(crate) usize);

impl Index<NodeIx> for Definition {
    type Output = Node;
    fn index(&self, ix: NodeIx) -> &Node {
        &self.nodes[ix.0]
    }
}

impl IndexMut<NodeIx> for Definition {
    fn index_mut(&mut self, ix: NodeIx) -> &mut Node {
        &mut self.nodes[ix.0]
    }
}

impl Index<FlowIx> for Definition {
    type Output = SequenceFlow;
    fn index(&self, ix: FlowIx) -> &SequenceFlow {
        &self.flows[ix.0]
    }
}

impl Index<ScopeIx> for Definition {
    type Output = Scope;
    fn index(&self, ix: ScopeIx) -> &Scope {
        &self.scopes[ix.0]
    }
}

impl IndexMut<ScopeIx> for Definition {
    fn index_mut(&mut self, ix: ScopeIx) -> &mut Scope {
        &mut self.scopes[ix.0]
    }
}

impl Index<ProcessIx> for Definition {
    type Output = Process;
    fn index(&self, ix: ProcessIx) -> &Process {
        &self.processes[ix.0]
    }
}

impl Index<LaneIx> for Definition {
    type Output = Lane;
    fn index(&self, ix: LaneIx) -> &Lane {
        &self.lanes[ix.0]
    }
}
