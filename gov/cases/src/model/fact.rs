//! Where a fact of a case comes from: the record of a register, and how much a person had to write herself.

use clock::Date;
use serde::{Deserialize, Serialize};

/// How a value of a register came into a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactUse {
    /// The applicant was given it and left it.
    Prefilled,
    /// The applicant states something else.
    Changed,
    /// The installation compared it with what was stated.
    Verified,
    /// A material was not asked for because of it (免交).
    Waived,
}

impl FactUse {
    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prefilled => "prefilled",
            Self::Changed => "changed",
            Self::Verified => "verified",
            Self::Waived => "waived",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Prefilled, Self::Changed, Self::Verified, Self::Waived].into_iter().find(|used| used.as_str() == text)
    }
}

/// A value that was taken from a register, without the value: which version of which record, when, and for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it serves in the case: a field of the form, a node of the flow, or a material.
    pub place: String,
    /// How.
    pub used: FactUse,
    /// The register.
    pub register: String,
    /// The field of the register; empty for the record as a whole.
    pub field: String,
    /// Place of the version in the change feed of the register: its name for good.
    pub position: i64,
    /// Version under the key.
    pub version: i64,
    /// Salted hash of the record.
    pub sm3: String,
    /// When the version was written, in milliseconds since 1970.
    pub recorded_ms: i64,
    /// When it was taken, in milliseconds since 1970.
    pub taken_ms: i64,
    /// The day as of which it was asked.
    pub day: Date,
    /// Whether it agrees with what was stated.
    pub agrees: bool,
}

impl Fact {
    /// Whether the register is kept here. What others answered has no place in a change feed; its time is that of the answer.
    #[must_use]
    pub const fn is_of_this_node(&self) -> bool {
        self.position > 0
    }
}

/// What an application asked of whoever made it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Burden {
    /// Answers that were typed or chosen.
    pub typed: i64,
    /// Answers that were given by government and left.
    pub given: i64,
    /// Answers that were given and changed.
    pub changed: i64,
    /// Materials that were handed in.
    pub attached: i64,
    /// Materials that were not asked because government has them.
    pub waived: i64,
}
