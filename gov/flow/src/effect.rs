//! What goes into a step and what comes out.

use crate::definition::Calendar;
use crate::instance::{ActivityId, TimerId};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// FEEL, as the caller evaluates it.
pub trait Expressions {
    /// The value of an expression over the variables; the error is a sentence for the operator.
    fn evaluate(&self, feel: &str, variables: &Map<String, Value>) -> Result<Value, String>;
}

/// Something that happens to an instance.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The main process starts.
    Start,
    /// The caller has done a task. The variables become the variable named like the node, unless they are empty.
    Complete {
        /// The task.
        activity: ActivityId,
        /// Its result.
        variables: Map<String, Value>,
    },
    /// The time of a timer has come.
    FireTimer {
        /// The timer.
        timer: TimerId,
    },
    /// A message has come; the oldest subscription of that name takes it. The variables are kept like a task's.
    Deliver {
        /// Its name.
        message: String,
        /// Its content.
        variables: Map<String, Value>,
    },
    /// A task has failed with an error that a boundary event catches.
    Raise {
        /// The task.
        activity: ActivityId,
        /// The code.
        error_code: String,
    },
    /// The case is withdrawn: everything is closed.
    Cancel,
}

/// What the caller has to do, in order.
///
/// Every activity announced by `OpenTask`, `CallService`, `EvaluateTable` or `Await` is later closed by exactly one `CloseTask`;
/// every `ArmTimer` is answered by one [`Input::FireTimer`] or one `DisarmTimer`. One `Ended` comes last of all.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect {
    /// A person has something to do.
    OpenTask {
        /// The task.
        activity: ActivityId,
        /// Its node.
        node: String,
        /// `zs:kind`.
        kind: String,
        /// Whose task it is.
        lane: Option<LaneRef>,
        /// The attributes in the product's namespace, without prefix.
        attributes: BTreeMap<String, String>,
    },
    /// An activity is over.
    CloseTask {
        /// The activity.
        activity: ActivityId,
        /// Its node.
        node: String,
        /// Why.
        reason: CloseReason,
    },
    /// A built-in action is to be run and completed.
    CallService {
        /// The task.
        activity: ActivityId,
        /// Its node.
        node: String,
        /// `zs:action`.
        action: String,
        /// The attributes in the product's namespace, without prefix.
        attributes: BTreeMap<String, String>,
    },
    /// A decision is to be evaluated and completed with its result.
    EvaluateTable {
        /// The task.
        activity: ActivityId,
        /// Its node.
        node: String,
        /// File in the package.
        table: String,
        /// Decision in the file.
        decision: String,
    },
    /// A timer starts.
    ArmTimer {
        /// The timer.
        timer: TimerId,
        /// The event that it sets off.
        node: String,
        /// ISO 8601.
        duration: String,
        /// Which days count.
        calendar: Calendar,
    },
    /// A timer is no longer wanted.
    DisarmTimer {
        /// The timer.
        timer: TimerId,
        /// Its event.
        node: String,
    },
    /// A message is waited for.
    Await {
        /// The subscription.
        activity: ActivityId,
        /// The event or receive task.
        node: String,
        /// Name of the message.
        message: String,
    },
    /// A token came to a node (for the history).
    EnterNode {
        /// The node.
        node: String,
    },
    /// A token went on from a node (for the history).
    LeaveNode {
        /// The node.
        node: String,
    },
    /// The instance is over.
    Ended {
        /// The end event; the process when cancelled.
        node: String,
        /// `zs:outcome`; `withdrawn` when cancelled.
        outcome: Option<String>,
        /// Name of the end event.
        name: String,
    },
}

/// Why an activity is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CloseReason {
    /// It was done, or its message came.
    Completed,
    /// A boundary event, an error, a terminating end, or another event of the same gateway ended it.
    Interrupted,
    /// The case was withdrawn.
    Withdrawn,
}

/// Whose task it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LaneRef {
    /// The post code.
    pub id: String,
    /// The duty whose organ the post belongs to; `None`: the organ in charge of the case.
    pub duty: Option<String>,
    /// FEEL expression that gives the organ.
    pub organ_expr: Option<String>,
}
