//! Records: as they are shown, and as they are stored.

use clock::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A record as it is disclosed: the fields that were asked for, in the manner that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its key; parts are joined by `/`. Hidden like the field itself when masked.
    pub key: String,
    /// Identity number or unified code of whom it is about, as hidden as the key.
    pub subject: Option<String>,
    /// Values by field; what is empty is absent.
    pub values: Map<String, Value>,
    /// Counts what was written under the key, from 1.
    pub version: i64,
    /// First day on which it holds.
    pub valid_from: Date,
    /// Last day on which it holds; `None` while nobody knows one.
    pub valid_until: Option<Date>,
    /// When it was written, in milliseconds since 1970.
    pub recorded_at_ms: i64,
    /// When something else took its place, in milliseconds since 1970; `None` for what is held to be true.
    pub superseded_at_ms: Option<i64>,
    /// Place in the change feed of its register; names this version of the record for good.
    pub position: i64,
    /// SM3 of the whole record with a salt, as canonical text; what is computed from the record names it.
    pub sm3: String,
    /// Why it took the place of a wrong version; told with full values of a history, and to the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<CorrectionNote>,
}

/// Why a record was corrected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionNote {
    /// Why the values before were wrong.
    pub reason: String,
    /// On what the new ones rest.
    pub basis: String,
}

/// How a version of a record came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// The first one under its key.
    Added,
    /// The owner brought something new.
    Changed,
    /// An error was corrected (校核纠错).
    Corrected,
    /// The rest of an older version, before or after the days for which a new one was written.
    Kept,
}

impl Cause {
    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Corrected => "corrected",
            Self::Kept => "kept",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Added, Self::Changed, Self::Corrected, Self::Kept].into_iter().find(|cause| cause.as_str() == text)
    }
}

/// One version of a record as it is stored: personal values sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub position: i64,
    pub key_index: String,
    pub subject_index: Option<String>,
    pub version: i64,
    pub valid_from: Date,
    pub valid_until: Option<Date>,
    pub recorded_at_ms: i64,
    pub superseded_at_ms: Option<i64>,
    pub cause: Cause,
    /// Fields that differ from the version before.
    pub changed: Vec<String>,
    /// JSON of the values that are not personal.
    pub plain: String,
    /// The personal values and the salt, sealed.
    pub sealed: String,
    pub sm3: String,
}

impl Stored {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|until| day <= until)
    }

    /// Whether it was held to be true at a moment.
    pub fn known_at(&self, at_ms: i64) -> bool {
        self.recorded_at_ms <= at_ms && self.superseded_at_ms.is_none_or(|until| at_ms < until)
    }
}

/// A change of a register, without a personal value: what subscribers are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Place in the feed, from 1 without a gap.
    pub position: i64,
    /// The key where it is not personal.
    pub key: Option<String>,
    /// Version under the key.
    pub version: i64,
    /// How it came about.
    pub cause: Cause,
    /// Fields that differ from the version before.
    pub fields: Vec<String>,
    /// First day on which it holds.
    pub valid_from: Date,
    /// Last day on which it holds.
    pub valid_until: Option<Date>,
    /// When it was written, in milliseconds since 1970.
    pub recorded_at_ms: i64,
    /// Hash of the record.
    pub sm3: String,
}
