//! The job that writes the daily digests of readings.

use std::sync::Arc;

use ::jobs::{Handler, Job, JobFault};
use runner::{Actor, Halt, Request, Runner};

use crate::commands::{About, DIGEST, WriteDigests};

/// For `jobs::Worker::with`.
#[must_use]
pub fn handlers(runner: &Arc<Runner>) -> Vec<(&'static str, Handler)> {
    let runner = Arc::clone(runner);
    let write = move |job: &Job| -> Result<(), JobFault> {
        let about: About = serde_json::from_str(&job.payload)?;
        match runner.execute(Request::once(Actor::system(), &job.id), WriteDigests { day: about.day }) {
            Ok(_) => Ok(()),
            Err(Halt::Refused(refusal)) => Err(format!("refused: {}", refusal.code).into()),
            Err(Halt::Fault(fault)) => Err(Box::new(fault)),
        }
    };
    vec![(DIGEST, Arc::new(write))]
}
