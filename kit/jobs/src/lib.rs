#![doc = include_str!("../README.md")]

mod queue;
mod schema;
mod worker;

pub use queue::{Job, NewJob, Overview, cancel, complete, dead_jobs, drop_dead, enqueue, fail, is_due, lease, next_due, overview, replay};
pub use schema::MIGRATIONS;
pub use worker::{Handler, JobFault, Worker};
