use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::{Due, EXAMINE, check_whole, register};
use crate::events::{RunRequested, stream};
use crate::model::refusals;
use crate::store as tables;

/// Has a register examined now instead of at night: the work is done afterwards, by a job.
#[derive(Clone, Debug, Serialize)]
pub struct RequestRun {
    /// The register.
    pub register: String,
}

impl Command for RequestRun {
    type Outcome = ();
    const ACTION: &'static str = "quality.run";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let of = register(cx, &self.register)?;
        cx.authorise(&of.resource())?;
        check_whole(cx, &of.declaration)?;
        tables::rules::present(cx.tx(), &self.register)?.ok_or_else(refusals::no_rules)?;
        cx.record(&stream(&self.register), &RunRequested { register: self.register.clone() })?;
        let key = format!("quality/{}/now", self.register);
        cx.cancel_jobs(&key)?;
        cx.enqueue(EXAMINE, &Due { register: self.register.clone(), nightly: false }, Some(key), None)
    }
}
