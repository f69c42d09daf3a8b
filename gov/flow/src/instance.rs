//! A running flow: where its tokens are and what it waits for.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt;

/// Number of an activity (or message subscription) within its instance. `0` is the instance itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActivityId(pub u32);

/// Number of a timer within its instance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TimerId(pub u32);

impl fmt::Display for ActivityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for TimerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ActivityId {
    /// The scope of the main process.
    pub const ROOT: Self = Self(0);
}

/// One run of a flow. It names nodes by id, so that it can be stored and read again with the same definition.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Instance {
    #[serde(default)]
    pub(crate) flow: Flow,
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) variables: Map<String, Value>,
}

/// Everything of an instance but its variables: small, so that a step can work on a copy.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub(crate) struct Flow {
    /// Id of the process that was started; absent before the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process: Option<String>,
    /// The last number given out.
    #[serde(default)]
    pub last: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<OpenActivity>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tokens: Vec<WaitingToken>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timers: Vec<ArmedTimer>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awaited: Vec<AwaitedMessage>,
    /// The end event of the main process that was reached while other tokens are still under way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<Ending>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ending>,
}

/// An activity that is under way. Sub-processes and call activities are the scopes of the activities inside them.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct OpenActivity {
    /// Its number.
    pub id: ActivityId,
    /// Its node.
    pub node: String,
    /// What it is.
    pub kind: ActivityKind,
    /// The scope it is in.
    #[serde(rename = "in", default, skip_serializing_if = "is_root")]
    pub scope: ActivityId,
    /// Scopes only: the outcome of the end event reached inside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
}

/// What an open activity is.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// A person's task.
    User,
    /// The caller runs an action.
    Service,
    /// The caller evaluates a table.
    Rule,
    /// Waits for a message.
    Receive,
    /// A catching event, or an event-based gateway.
    Event,
    /// An embedded sub-process.
    SubProcess,
    /// A called process.
    Call,
}

/// A token that waits at a joining gateway for others.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct WaitingToken {
    /// The gateway.
    pub node: String,
    /// The arrow on which it came.
    pub flow: String,
    /// The scope it is in.
    #[serde(rename = "in", default, skip_serializing_if = "is_root")]
    pub scope: ActivityId,
}

/// A timer that has been armed.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct ArmedTimer {
    /// Its number.
    pub id: TimerId,
    /// The event that it sets off.
    pub node: String,
    /// The activity with which it ends.
    #[serde(rename = "of")]
    pub host: ActivityId,
}

/// A message that is waited for.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct AwaitedMessage {
    /// Number of the subscription; that of the activity itself for receive tasks and intermediate events.
    pub id: ActivityId,
    /// The event or receive task that catches it.
    pub node: String,
    /// Name of the message.
    pub message: String,
    /// The activity with which the subscription ends.
    #[serde(rename = "of")]
    pub host: ActivityId,
}

/// How an instance ended.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The end event; the process when the instance was cancelled.
    pub node: String,
    /// `zs:outcome` of the end event; `withdrawn` when cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Name of the end event.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

fn is_root(scope: &ActivityId) -> bool {
    *scope == ActivityId::ROOT
}

impl ActivityKind {
    /// Whether the caller completes it.
    pub fn is_task(self) -> bool {
        matches!(self, Self::User | Self::Service | Self::Rule)
    }

    /// Whether other activities are inside.
    pub fn is_scope(self) -> bool {
        matches!(self, Self::SubProcess | Self::Call)
    }
}

impl Instance {
    /// An instance that has not been started.
    pub fn new(variables: Map<String, Value>) -> Self {
        Self { flow: Flow::default(), variables }
    }

    /// The variables.
    pub fn variables(&self) -> &Map<String, Value> {
        &self.variables
    }

    /// The variables, for what the caller itself owns in them (for example the state of the case).
    pub fn variables_mut(&mut self) -> &mut Map<String, Value> {
        &mut self.variables
    }

    /// User, service and business-rule tasks that wait for [`crate::Input::Complete`], oldest first.
    pub fn open_tasks(&self) -> impl Iterator<Item = &OpenActivity> {
        self.flow.activities.iter().filter(|activity| activity.kind.is_task())
    }

    /// Everything under way, scopes and waiting events included, oldest first.
    pub fn activities(&self) -> impl Iterator<Item = &OpenActivity> {
        self.flow.activities.iter()
    }

    /// The activity with this number.
    pub fn activity(&self, id: ActivityId) -> Option<&OpenActivity> {
        self.flow.activities.iter().find(|activity| activity.id == id)
    }

    /// Timers that wait for [`crate::Input::FireTimer`].
    pub fn timers(&self) -> impl Iterator<Item = &ArmedTimer> {
        self.flow.timers.iter()
    }

    /// Messages that can be delivered.
    pub fn awaited(&self) -> impl Iterator<Item = &AwaitedMessage> {
        self.flow.awaited.iter()
    }

    /// Whether it has been started.
    pub fn started(&self) -> bool {
        self.flow.process.is_some()
    }

    /// How it ended, when it has.
    pub fn ended(&self) -> Option<&Ending> {
        self.flow.ended.as_ref()
    }

    /// The nodes where tokens are, for the diagram.
    pub fn active_nodes(&self) -> Vec<&str> {
        let mut nodes: Vec<&str> = self.flow.activities.iter().map(|activity| activity.node.as_str()).collect();
        nodes.extend(self.flow.tokens.iter().map(|token| token.node.as_str()));
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }
}
