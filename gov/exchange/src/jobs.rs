//! The job this crate promises: applying the parts of batches.

use std::sync::Arc;

use ::jobs::{Handler, Job, JobFault};
use runner::{Actor, Halt, Request, Runner};

use crate::commands::{APPLY_PART, ApplyPart, Place};

/// For `jobs::Worker::with`.
#[must_use]
pub fn handlers(runner: &Arc<Runner>) -> Vec<(&'static str, Handler)> {
    let runner = Arc::clone(runner);
    let apply: Handler = Arc::new(move |job: &Job| -> Result<(), JobFault> {
        let place: Place = serde_json::from_str(&job.payload)?;
        match runner.execute(Request::once(Actor::system(), &job.id), ApplyPart { place }) {
            Ok(_) => Ok(()),
            Err(Halt::Refused(refusal)) => Err(format!("refused: {}", refusal.code).into()),
            Err(Halt::Fault(fault)) => Err(Box::new(fault)),
        }
    });
    vec![(APPLY_PART, apply)]
}
