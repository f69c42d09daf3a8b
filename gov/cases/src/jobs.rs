//! Handlers of the jobs this crate promises: timers, acceptance by default, lapsed corrections, reviews after corrected records.

use std::sync::Arc;

use ::jobs::{Handler, Job, JobFault};
use runner::{Actor, Command, Halt, Request, Runner};
use serde::de::DeserializeOwned;

use crate::commands::{AcceptByDefault, FireTimer, LapseCorrection, ReviewCorrection};
use crate::consequences::JOB_REVIEW;
use crate::engine::clocks::{JOB_ACCEPTANCE, JOB_LAPSE, JOB_TIMER, Wake};

/// For `jobs::Worker::with`.
#[must_use]
pub fn handlers(runner: &Arc<Runner>) -> Vec<(&'static str, Handler)> {
    vec![
        (JOB_TIMER, handler(runner, |wake: Wake| FireTimer { case: wake.case, timer: wake.timer })),
        (JOB_ACCEPTANCE, handler(runner, |wake: Wake| AcceptByDefault { case: wake.case })),
        (JOB_LAPSE, handler(runner, |wake: Wake| LapseCorrection { case: wake.case })),
        (JOB_REVIEW, handler(runner, |correction| ReviewCorrection { correction })),
    ]
}

fn handler<P: DeserializeOwned, C: Command>(runner: &Arc<Runner>, command: impl Fn(P) -> C + Send + Sync + 'static) -> Handler {
    let runner = Arc::clone(runner);
    Arc::new(move |job: &Job| -> Result<(), JobFault> {
        match runner.execute(Request::once(Actor::system(), &job.id), command(serde_json::from_str(&job.payload)?)) {
            Ok(_) => Ok(()),
            Err(Halt::Refused(refusal)) => Err(format!("refused: {}", refusal.code).into()),
            Err(Halt::Fault(fault)) => Err(Box::new(fault)),
        }
    })
}
