#![doc = include_str!("../README.md")]

mod advance;
mod check;
mod definition;
mod diagram;
mod duration;
mod effect;
mod error;
mod instance;
mod limits;
mod parse;
mod problem;

pub use advance::{STEPS_MAX, advance};
pub use check::{Vocabulary, check, model_check};
pub use definition::{
    Assignment, Bounds, Calendar, Definition, Drawing, EndKind, ErrorDeclaration, FlowIx, Lane, LaneIx, Message, Node, NodeIx, NodeKind, Process,
    ProcessIx, Scope, ScopeIx, SequenceFlow, Timer, Trigger,
};
pub use diagram::{Language, diagram_svg, diagram_svg_in};
pub use duration::Duration;
pub use effect::{CloseReason, Effect, Expressions, Input, LaneRef};
pub use error::FlowError;
pub use instance::{ActivityId, ActivityKind, ArmedTimer, AwaitedMessage, Ending, Instance, OpenActivity, TimerId, WaitingToken};
pub use limits::{PathLimit, path_limits};
pub use parse::{BPMN, ZS, parse};
pub use problem::{Position, Problem};
