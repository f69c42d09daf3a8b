//! What follows from the correction of a record: the cases made from it are found and reviewed.

use registers::{Consequences, RecordCorrection};
use runner::{Cx, Halt};

use crate::store::facts;

/// Job that opens the reviews of a correction.
pub(crate) const JOB_REVIEW: &str = "case-review-correction";

/// For the runner of a node: a correction promises the reviews of what was made from the record, in its own transaction.
#[must_use]
pub fn consequences() -> Consequences {
    Consequences::new(|cx, correction| match facts::touched(cx.tx(), correction, 1)?.is_empty() {
        true => Ok(()),
        false => promise(cx, correction),
    })
}

/// Promises to open reviews, or the next of them.
pub(crate) fn promise(cx: &mut Cx<'_>, correction: &RecordCorrection) -> Result<(), Halt> {
    cx.enqueue(JOB_REVIEW, correction, None, None)
}
