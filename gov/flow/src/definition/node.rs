//! Nodes: events, tasks, gateways, sub-processes.

use super::{FlowIx, LaneIx, NodeIx, ProcessIx, ScopeIx};
use crate::problem::Position;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A node of a flow.
#[derive(Clone, Debug)]
pub struct Node {
    /// XML id; also the name of the variable that holds its result.
    pub id: String,
    /// Name in Chinese; may be empty.
    pub name: String,
    /// Name in English (`zs:name-en`); may be empty.
    pub name_en: String,
    /// What it is.
    pub kind: NodeKind,
    /// The body it is in.
    pub scope: ScopeIx,
    /// The lane that names it.
    pub lane: Option<LaneIx>,
    /// Arrows that arrive.
    pub incoming: Vec<FlowIx>,
    /// Arrows that leave, in file order.
    pub outgoing: Vec<FlowIx>,
    /// The arrow taken when no condition holds.
    pub default: Option<FlowIx>,
    /// Boundary events attached to it.
    pub boundary: Vec<NodeIx>,
    /// Its attributes in the product's namespace, without prefix.
    pub attributes: BTreeMap<String, String>,
    /// Place in the file.
    pub position: Position,
}

/// What a node is and does.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// Start event.
    Start,
    /// End event.
    End(EndKind),
    /// A person does it; `kind` is `zs:kind` (empty when missing).
    UserTask {
        /// accept, review, decide …
        kind: String,
    },
    /// The caller runs a built-in action; `action` is `zs:action` (empty when missing).
    ServiceTask {
        /// verify, issue, notify …
        action: String,
    },
    /// The caller evaluates a decision table.
    BusinessRuleTask {
        /// Path in the package.
        table: String,
        /// Decision in that file.
        decision: String,
    },
    /// Waits for a message.
    ReceiveTask {
        /// Name of the message.
        message: String,
    },
    /// Sets variables at once.
    ScriptTask {
        /// In order.
        sets: Vec<Assignment>,
    },
    /// Exactly one arrow is taken.
    Exclusive,
    /// All arrows are taken; joins all.
    Parallel,
    /// Every arrow whose condition holds is taken; joins what can still come.
    Inclusive,
    /// The first event decides the arrow.
    EventBased,
    /// Intermediate catching event.
    Catch(Trigger),
    /// Intermediate event without trigger: a mark in the history.
    Milestone,
    /// Event at the edge of an activity.
    Boundary {
        /// The activity.
        host: NodeIx,
        /// Whether it ends the activity.
        interrupting: bool,
        /// What sets it off.
        trigger: Trigger,
    },
    /// Embedded sub-process.
    SubProcess {
        /// Its body.
        scope: ScopeIx,
    },
    /// Another process of the same file.
    CallActivity {
        /// The process.
        process: ProcessIx,
    },
}

/// How an end event ends its scope.
#[derive(Clone, Debug, PartialEq)]
pub enum EndKind {
    /// This token ends; the scope ends with its last token.
    Plain,
    /// The scope ends at once.
    Terminate,
    /// The scope ends with an error, which a boundary event of an enclosing activity catches.
    Error(String),
}

/// What a catching event waits for.
#[derive(Clone, Debug, PartialEq)]
pub enum Trigger {
    /// Time.
    Timer(Timer),
    /// A message of this name.
    Message(String),
    /// An error of this code; `None` catches every error.
    Error(Option<String>),
}

/// A timer.
#[derive(Clone, Debug, PartialEq)]
pub struct Timer {
    /// ISO 8601 duration, or `=` and a FEEL expression that gives one.
    pub duration: String,
    /// Which days count.
    pub calendar: Calendar,
}

/// Which days a timer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Calendar {
    /// Working days.
    Workday,
    /// All days.
    Calendar,
}

/// `name = FEEL` of a script task.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The variable.
    pub name: String,
    /// The FEEL expression.
    pub feel: String,
}

impl NodeKind {
    /// Whether boundary events may be attached.
    pub fn is_activity(&self) -> bool {
        match self {
            Self::UserTask { .. } | Self::ServiceTask { .. } | Self::BusinessRuleTask { .. } | Self::ReceiveTask { .. } => true,
            Self::ScriptTask { .. } | Self::SubProcess { .. } | Self::CallActivity { .. } => true,
            Self::Start | Self::End(_) | Self::Exclusive | Self::Parallel | Self::Inclusive | Self::EventBased => false,
            Self::Catch(_) | Self::Milestone | Self::Boundary { .. } => false,
        }
    }

    /// Whether conditions may stand on the arrows that leave.
    pub fn is_choice(&self) -> bool {
        matches!(self, Self::Exclusive | Self::Inclusive)
    }
}
