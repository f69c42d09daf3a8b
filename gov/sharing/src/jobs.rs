//! The job that closes grants after their last day.

use std::sync::Arc;

use ::jobs::{Handler, Job, JobFault};
use runner::{Actor, Halt, Request, Runner};
use serde::{Deserialize, Serialize};

use crate::commands::{ExpireGrant, JOB_EXPIRY};

/// Payload of the job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Expiry {
    pub grant: String,
}

/// For `jobs::Worker::with`.
#[must_use]
pub fn handlers(runner: &Arc<Runner>) -> Vec<(&'static str, Handler)> {
    let runner = Arc::clone(runner);
    let expire = move |job: &Job| -> Result<(), JobFault> {
        let expiry: Expiry = serde_json::from_str(&job.payload)?;
        match runner.execute(Request::once(Actor::system(), &job.id), ExpireGrant { grant: expiry.grant }) {
            Ok(_) => Ok(()),
            Err(Halt::Refused(refusal)) => Err(format!("refused: {}", refusal.code).into()),
            Err(Halt::Fault(fault)) => Err(Box::new(fault)),
        }
    };
    vec![(JOB_EXPIRY, Arc::new(expire))]
}
