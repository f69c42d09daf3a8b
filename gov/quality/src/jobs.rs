//! The job that examines a register.

use std::sync::Arc;

use ::jobs::{Handler, Job, JobFault};
use registers::SOURCE_UNREACHABLE;
use runner::{Actor, Fault, Halt, Request, Runner};
use seal::FieldKeys;

use crate::commands::{Due, EXAMINE, RecordRun};
use crate::work::examine::{examine, unanswered};

/// Tries after which a source that does not answer is recorded as that.
const TRIES_MAX: i64 = 3;

/// For `jobs::Worker::with`.
#[must_use]
pub fn handlers(runner: &Arc<Runner>) -> Vec<(&'static str, Handler)> {
    let runner = Arc::clone(runner);
    let handler = move |job: &Job| -> Result<(), JobFault> {
        let due: Due = serde_json::from_str(&job.payload)?;
        match run(&runner, &due, job) {
            Ok(()) => Ok(()),
            Err(Halt::Refused(refusal)) => Err(format!("refused: {}", refusal.code).into()),
            Err(Halt::Fault(fault)) => Err(Box::new(fault)),
        }
    };
    vec![(EXAMINE, Arc::new(handler))]
}

fn run(runner: &Runner, due: &Due, job: &Job) -> Result<(), Halt> {
    let keys = runner.service::<FieldKeys>().ok_or_else(|| Fault::because("the runner was built without keys of fields"))?;
    let examined = match examine(runner, &keys, &due.register) {
        // Asked again after pauses first; then the silence is what was found, and the next night is promised all the same.
        Err(Halt::Refused(refusal)) if refusal.code == SOURCE_UNREACHABLE && job.attempts >= TRIES_MAX => unanswered(runner, &due.register)?,
        examined => examined?,
    };
    runner.execute(Request::once(Actor::system(), &job.id), RecordRun { examined, nightly: due.nightly })?;
    Ok(())
}
