//! The job that examines a register.

use std::sync::Arc;

use ::jobs::{Handler, Job, JobFault};
use runner::{Actor, Fault, Halt, Request, Runner};
use seal::FieldKeys;

use crate::commands::{Due, EXAMINE, RecordRun};
use crate::work::examine::examine;

/// For `jobs::Worker::with`.
#[must_use]
pub fn handlers(runner: &Arc<Runner>) -> Vec<(&'static str, Handler)> {
    let runner = Arc::clone(runner);
    let handler = move |job: &Job| -> Result<(), JobFault> {
        let due: Due = serde_json::from_str(&job.payload)?;
        match run(&runner, &due, &job.id) {
            Ok(()) => Ok(()),
            Err(Halt::Refused(refusal)) => Err(format!("refused: {}", refusal.code).into()),
            Err(Halt::Fault(fault)) => Err(Box::new(fault)),
        }
    };
    vec![(EXAMINE, Arc::new(handler))]
}

fn run(runner: &Runner, due: &Due, job: &str) -> Result<(), Halt> {
    let keys = runner.service::<FieldKeys>().ok_or_else(|| Fault::because("the runner was built without keys of fields"))?;
    let examined = examine(runner, &keys, &due.register)?;
    runner.execute(Request::once(Actor::system(), job), RecordRun { examined, nightly: due.nightly })?;
    Ok(())
}
