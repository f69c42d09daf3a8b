#![doc = include_str!("../README.md")]

mod queue;
mod schema;
mod worker;

pub use queue::{
    ATTEMPTS_MAX, Job, NewJob, Overview, cancel, complete, dead_jobs, drop_dead, enqueue, fail, give_back, held, hold, is_due, lease, next_due,
    overview, release, replay,
};
pub use schema::MIGRATIONS;
pub use worker::{Handler, JobFault, Worker};
