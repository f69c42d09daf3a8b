#![doc = include_str!("../README.md")]

mod actor;
mod answers;
mod context;
mod events;
mod halt;
mod runner;
mod schema;

pub use actor::{Actor, ActorKind, ActorPost, Authority, Resource, Ruling};
pub use context::{Cx, Event, Moment, RecordableEvent};
pub use halt::{Fault, FieldRefusal, Halt, Refusal};
pub use runner::{Command, Executed, Recorded, Request, Runner, RunnerBuilder};
pub use schema::MIGRATIONS;
