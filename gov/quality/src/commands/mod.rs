//! One file a verb.

mod compare;
mod correction;
mod declare;
mod record;
mod request;

pub(crate) use compare::resource as comparison_resource;
pub use compare::{CompareSources, OpenCorrection};
pub use correction::CORRECTION_ITEM;
pub use declare::{DeclareRules, RulesTaken};
pub use record::{RecordRun, Recorded};
pub use request::RequestRun;

use registers::{Connections, Declaration, Origin, Overview};
use runner::{Cx, Halt};
use serde::{Deserialize, Serialize};

use crate::model::refusals;

/// The kind of job that examines a register.
pub(crate) const EXAMINE: &str = "examine-register";

/// Payload of the job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Due {
    pub register: String,
    /// Whether the next night is promised afterwards.
    pub nightly: bool,
}

/// The half hour after two at night, when few work.
const NIGHT_MS: i64 = 150 * 60 * 1_000;

/// The register whose quality is meant.
fn register(cx: &mut Cx<'_>, slug: &str) -> Result<Overview, Halt> {
    let found = registers::overview(cx.tx(), slug)?;
    found.ok_or_else(|| refusals::register_unknown(slug).into())
}

/// Whether all records of a register can be looked at: those kept here, and rows about nobody that another system gives as a whole.
fn check_whole(cx: &mut Cx<'_>, declaration: &Declaration) -> Result<(), Halt> {
    match (&declaration.origin, &declaration.subject) {
        (Origin::Own, _) => Ok(()),
        (Origin::Asked { connection }, None) => match cx.service::<Connections>()?.gives_rows(connection) {
            Some(false) => Err(registers::source_by_key().into()),
            Some(true) | None => Ok(()),
        },
        (Origin::Asked { .. }, Some(_)) | (Origin::Exchange { .. }, _) => Err(refusals::kept_elsewhere().into()),
    }
}

/// Promises the run of a coming night, in place of the one that was promised before.
fn promise_night(cx: &mut Cx<'_>, register: &str, days: i64) -> Result<(), Halt> {
    let key = format!("quality/{register}");
    cx.cancel_jobs(&key)?;
    let mut day = cx.today();
    for _ in 0..days {
        day = day.tomorrow().map_err(Halt::fault)?;
    }
    let due_ms = clock::midnight(day).as_millisecond().saturating_add(NIGHT_MS);
    cx.enqueue(EXAMINE, &Due { register: register.to_owned(), nightly: true }, Some(key), Some(due_ms))
}
