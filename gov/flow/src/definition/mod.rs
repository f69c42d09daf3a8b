//! A flow as the parser understood it: processes, scopes, nodes, sequence flows and lanes, linked by index.

mod index;
mod node;

pub use index::{FlowIx, LaneIx, NodeIx, ProcessIx, ScopeIx};
pub use node::{Assignment, Calendar, EndKind, Node, NodeKind, Timer, Trigger};

use crate::problem::Position;
use std::collections::{BTreeMap, HashMap};

/// One BPMN file, ready to be run. It is immutable and can be shared between any number of instances and threads.
#[derive(Clone, Debug, Default)]
pub struct Definition {
    /// The processes of the file in file order.
    pub processes: Vec<Process>,
    /// The process that [`crate::Input::Start`] starts: the first that no call activity calls.
    pub main: ProcessIx,
    /// The bodies of processes and embedded sub-processes.
    pub scopes: Vec<Scope>,
    /// All nodes in file order.
    pub nodes: Vec<Node>,
    /// All sequence flows in file order.
    pub flows: Vec<SequenceFlow>,
    /// All lanes in file order.
    pub lanes: Vec<Lane>,
    /// The messages declared in the file.
    pub messages: Vec<Message>,
    /// The errors declared in the file.
    pub errors: Vec<ErrorDeclaration>,
    /// The drawing, when the file has one.
    pub drawing: Drawing,
    pub(crate) node_by_id: HashMap<String, NodeIx>,
    pub(crate) flow_by_id: HashMap<String, FlowIx>,
}

/// A process of the file.
#[derive(Clone, Debug)]
pub struct Process {
    /// XML id.
    pub id: String,
    /// Name in Chinese; may be empty.
    pub name: String,
    /// Name in English (`zs:name-en`); may be empty.
    pub name_en: String,
    /// Its body.
    pub scope: ScopeIx,
    /// Place in the file.
    pub position: Position,
}

/// The body of a process or of an embedded sub-process.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The process it belongs to.
    pub process: ProcessIx,
    /// The sub-process node whose body it is; `None` for the body of a process.
    pub owner: Option<NodeIx>,
    /// Its only start event.
    pub start: Option<NodeIx>,
    /// Its nodes in file order.
    pub nodes: Vec<NodeIx>,
}

/// A sequence flow: an arrow from node to node.
#[derive(Clone, Debug)]
pub struct SequenceFlow {
    /// XML id.
    pub id: String,
    /// Name in Chinese, shown at the arrow; may be empty.
    pub name: String,
    /// Name in English (`zs:name-en`); may be empty.
    pub name_en: String,
    /// Where the arrow starts.
    pub source: NodeIx,
    /// Where it points to.
    pub target: NodeIx,
    /// FEEL condition; only on flows that leave an exclusive or inclusive gateway.
    pub condition: Option<String>,
    /// Place in the file.
    pub position: Position,
}

/// A lane: the post that does the tasks in it.
#[derive(Clone, Debug)]
pub struct Lane {
    /// The post code.
    pub id: String,
    /// Name in Chinese; may be empty.
    pub name: String,
    /// Name in English (`zs:name-en`); may be empty.
    pub name_en: String,
    /// The duty whose organ the post belongs to, when it is another organ than the one in charge of the case.
    pub duty: Option<String>,
    /// FEEL expression that gives the organ, when the case decides it.
    pub organ_expr: Option<String>,
    /// The process it belongs to.
    pub process: ProcessIx,
    /// Place in the file.
    pub position: Position,
}

/// A declared message.
#[derive(Clone, Debug)]
pub struct Message {
    /// XML id.
    pub id: String,
    /// The name under which it is delivered.
    pub name: String,
    /// Place in the file.
    pub position: Position,
}

/// A declared error.
#[derive(Clone, Debug)]
pub struct ErrorDeclaration {
    /// XML id.
    pub id: String,
    /// The code that is raised and caught.
    pub code: String,
    /// Place in the file.
    pub position: Position,
}

/// The drawing of the file (BPMN diagram interchange), by id of the drawn element.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// Boxes.
    pub shapes: BTreeMap<String, Bounds>,
    /// Way points of the arrows.
    pub edges: BTreeMap<String, Vec<(f64, f64)>>,
}

/// A box in the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Definition {
    /// The node with this id.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.node_by_id.get(id).map(|ix| &self[*ix])
    }

    /// The lane in which a node is: its own, or that of the sub-process around it.
    pub fn lane_of(&self, node: &Node) -> Option<&Lane> {
        match (node.lane, self[node.scope].owner) {
            (Some(lane), _) => Some(&self[lane]),
            (None, Some(owner)) => self.lane_of(&self[owner]),
            (None, None) => None,
        }
    }

    /// The process that is started.
    pub fn main_process(&self) -> Option<&Process> {
        self.processes.get(self.main.0)
    }

    /// The nodes that a token can reach from a node in one step: along its arrows and out of its boundary events.
    pub(crate) fn successors<'a>(&'a self, node: &'a Node) -> impl Iterator<Item = NodeIx> + 'a {
        let along = node.outgoing.iter().map(|flow| self[*flow].target);
        along.chain(node.boundary.iter().copied())
    }

    /// The body that a sub-process or call activity runs.
    pub(crate) fn body(&self, kind: &NodeKind) -> Option<ScopeIx> {
        match kind {
            NodeKind::SubProcess { scope } => Some(*scope),
            NodeKind::CallActivity { process } => Some(self[*process].scope),
            _ => None,
        }
    }

    /// All nodes with their index.
    pub(crate) fn indexed(&self) -> impl Iterator<Item = (NodeIx, &Node)> {
        self.nodes.iter().enumerate().map(|(index, node)| (NodeIx(index), node))
    }
}
