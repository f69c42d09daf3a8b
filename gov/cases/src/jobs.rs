//! Handlers of the jobs this crate promises: timers, acceptance by default, lapsed corrections.

use std::sync::Arc;

use ::jobs::{Handler, Job, JobFault};
use runner::{Actor, Command, Halt, Request, Runner};

use crate::commands::{AcceptByDefault, FireTimer, LapseCorrection};
use crate::engine::clocks::{JOB_ACCEPTANCE, JOB_LAPSE, JOB_TIMER, Wake};

/// For `jobs::Worker::with`.
#[must_use]
pub fn handlers(runner: &Arc<Runner>) -> Vec<(&'static str, Handler)> {
    vec![
        (JOB_TIMER, handler(runner, |wake| FireTimer { case: wake.case, timer: wake.timer })),
        (JOB_ACCEPTANCE, handler(runner, |wake| AcceptByDefault { case: wake.case })),
        (JOB_LAPSE, handler(runner, |wake| LapseCorrection { case: wake.case })),
    ]
}

fn handler<C: Command>(runner: &Arc<Runner>, command: impl Fn(Wake) -> C + Send + Sync + 'static) -> Handler {
    let runner = Arc::clone(runner);
    Arc::new(move |job: &Job| -> Result<(), JobFault> {
        let wake: Wake = serde_json::from_str(&job.payload)?;
        match runner.execute(Request::once(Actor::system(), &job.id), command(wake)) {
            Ok(_) => Ok(()),
            Err(Halt::Refused(refusal)) => Err(format!("refused: {}", refusal.code).into()),
            Err(Halt::Fault(fault)) => Err(Box::new(fault)),
        }
    })
}
