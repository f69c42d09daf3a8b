//! 重放后台作业: a job that was set aside is done again, or given up.

use runner::{Command, Cx, Event, Halt, Moment, Refusal, Resource};
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx};

/// Has a dead job done again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReplayJob {
    /// The job.
    pub job: String,
}

/// Gives a dead job up.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DropJob {
    /// The job.
    pub job: String,
    /// Why, for the record.
    pub reason: String,
}

/// A dead job was put back into the queue.
#[derive(Clone, Debug, Serialize)]
struct JobReplayed {
    job: String,
    what: String,
}

/// A dead job was given up.
#[derive(Clone, Debug, Serialize)]
struct JobDropped {
    job: String,
    what: String,
    reason: String,
}

impl Event for JobReplayed {
    fn kind(&self) -> &'static str {
        "job-replayed"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        jobs::replay(tx, &self.job, moment.at_ms).map(drop)
    }
}

impl Event for JobDropped {
    fn kind(&self) -> &'static str {
        "job-dropped"
    }

    fn apply(&self, tx: &mut Tx<'_>, _moment: &Moment) -> Result<(), StoreError> {
        jobs::drop_dead(tx, &self.job).map(drop)
    }
}

/// So many dead jobs are looked through.
const DEAD_JOBS_MAX: u32 = 1_000;

impl Command for ReplayJob {
    type Outcome = ();
    const ACTION: &'static str = "job.replay";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&Resource { id: self.job.clone(), ..Resource::of("job") })?;
        let what = dead_job(cx, &self.job)?;
        cx.record(&self.job, &JobReplayed { job: self.job.clone(), what }).map(drop)
    }
}

impl Command for DropJob {
    type Outcome = ();
    const ACTION: &'static str = "job.replay";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&Resource { id: self.job.clone(), ..Resource::of("job") })?;
        if self.reason.trim().is_empty() {
            return Err(reason_missing().into());
        }
        let what = dead_job(cx, &self.job)?;
        cx.record(&self.job, &JobDropped { job: self.job.clone(), what, reason: self.reason.trim().to_owned() }).map(drop)
    }
}

/// The kind of a dead job.
fn dead_job(cx: &mut Cx<'_>, id: &str) -> Result<String, Halt> {
    let dead = jobs::dead_jobs(cx.tx(), DEAD_JOBS_MAX)?;
    let found = dead.into_iter().find(|job| job.id == id).ok_or_else(not_dead)?;
    Ok(found.kind)
}

fn not_dead() -> Refusal {
    Refusal::new(
        "job-not-set-aside",
        "这个作业不在搁置清单中，可能已经重放或者办完。",
        "This job is not set aside; it may have been replayed or done.",
        "请刷新清单。",
        "Reload the list.",
    )
}

fn reason_missing() -> Refusal {
    Refusal::new("job-drop-reason-missing", "放弃作业必须写明原因。", "Giving a job up needs a reason.", "请填写原因。", "Write the reason.")
}
