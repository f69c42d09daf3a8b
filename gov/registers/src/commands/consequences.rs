//! What follows from a correction for those who made something from the record.

use clock::Date;
use runner::{Cx, Halt};
use serde::{Deserialize, Serialize};

/// A correction without a value: enough to find what was made from the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordCorrection {
    /// The register.
    pub register: String,
    /// Place of the new version in the change feed.
    pub position: i64,
    /// Places of all versions under the key before it.
    pub earlier: Vec<i64>,
    /// Fields that are different now.
    pub fields: Vec<String>,
    /// First day for which it was corrected.
    pub valid_from: Date,
    /// Last day for which it was corrected; `None` while nobody knows one.
    pub valid_until: Option<Date>,
    /// On what the new values rest.
    pub basis: String,
}

type Follow = dyn Fn(&mut Cx<'_>, &RecordCorrection) -> Result<(), Halt> + Send + Sync;

/// How those who stand on registers learn of a correction, in its transaction: given to the runner by whoever knows cases.
pub struct Consequences(Box<Follow>);

impl Consequences {
    /// What is done then.
    pub fn new(follow: impl Fn(&mut Cx<'_>, &RecordCorrection) -> Result<(), Halt> + Send + Sync + 'static) -> Self {
        Self(Box::new(follow))
    }

    pub(super) fn follow(&self, cx: &mut Cx<'_>, correction: &RecordCorrection) -> Result<(), Halt> {
        self.0(cx, correction)
    }
}
