//! Small things that many answers are made of.

use i18n::Text;
use jiff::tz::Offset;
use procedure::codes::Code;
use runner::{Executed, Recorded};
use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

/// One text in Chinese and English. Names of things stand in both languages, so that a client can switch without asking again.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Text)]
pub(crate) struct Words {
    /// Chinese.
    pub(crate) zh: String,
    /// English.
    pub(crate) en: String,
}

/// A moment: ISO 8601 with the offset of China.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct At(pub(crate) i64);

const CHINA: Offset = Offset::constant(8);

impl Serialize for At {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match clock::from_millis(self.0) {
            Ok(at) => serializer.collect_str(&at.display_with_offset(CHINA)),
            Err(_) => serializer.serialize_none(),
        }
    }
}

/// A value of a national code list, with its name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Coded {
    /// The code.
    pub(crate) code: String,
    /// Its name.
    #[schema(value_type = Words)]
    pub(crate) label: Text,
}

impl Coded {
    pub(crate) fn of<C: Code>(code: C) -> Self {
        Self { code: code.code().to_owned(), label: code.label() }
    }

    pub(crate) fn list<C: Code>(codes: &[C]) -> Vec<Self> {
        codes.iter().copied().map(Self::of).collect()
    }

    pub(crate) fn word(code: &str, label: Text) -> Self {
        Self { code: code.to_owned(), label }
    }
}

/// No keys: a body that need not be sent.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Empty {}

/// An entry that the act wrote into the journal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordedEntry {
    /// Position in the journal; ask for its proof with it.
    index: i64,
    /// The thing it happened to.
    stream: String,
    /// Version of that thing after it.
    version: i64,
    /// What happened.
    kind: String,
}

/// An act that was done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Act {
    /// Version of the thing after the act, for `If-Match`.
    pub(crate) version: i64,
    /// What it wrote into the journal.
    pub(crate) recorded: Vec<RecordedEntry>,
}

/// An act on which a day depends.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DatedAct {
    /// The day: the new promised day of an extension, the last day for answering a correction.
    #[schema(value_type = String, format = Date)]
    pub(crate) day: clock::Date,
    #[serde(flatten)]
    pub(crate) act: Act,
}

impl From<Recorded> for RecordedEntry {
    fn from(recorded: Recorded) -> Self {
        Self { index: recorded.index, stream: recorded.stream, version: recorded.version, kind: recorded.kind }
    }
}

impl Act {
    /// The act on a thing; without an entry about it, its version is 0.
    pub(crate) fn on(stream: &str, recorded: Vec<Recorded>) -> Self {
        let version = recorded.iter().filter(|entry| entry.stream == stream).map(|entry| entry.version).max().unwrap_or(0);
        Self { version, recorded: recorded.into_iter().map(RecordedEntry::from).collect() }
    }

    /// The act on whatever thing it wrote of last.
    pub(crate) fn of<T>(done: Executed<T>) -> (T, Self) {
        let version = done.recorded.last().map_or(0, |entry| entry.version);
        (done.outcome, Self { version, recorded: done.recorded.into_iter().map(RecordedEntry::from).collect() })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn moments_are_told_in_the_time_of_china() {
        assert_eq!(serde_json::to_string(&At(1_772_413_200_000)).unwrap(), "\"2026-03-02T09:00:00+08:00\"");
        assert_eq!(serde_json::to_string(&At(i64::MAX)).unwrap(), "null");
    }

    #[test]
    fn the_version_of_an_act_is_that_of_its_thing() {
        let entry = |stream: &str, version| Recorded { index: 0, stream: stream.into(), version, kind: "k".into() };
        assert_eq!(Act::on("a", vec![entry("a", 2), entry("a", 3), entry("b", 9)]).version, 3);
        assert_eq!(Act::on("c", vec![entry("a", 2)]).version, 0);
    }
}
