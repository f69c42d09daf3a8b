//! Data of any size: a batch of rows, cut into parts that travel as single signed calls, checked one by one and as a whole.
//!
//! The names are those of the national interface: `cd_batch` (day and five digits), `cd_time`, `cd_operation` (I, U, D), `cd_source`.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use seal::hash::sm3_hex;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::code::Code;

/// Largest part, in bytes of its text.
pub const PART_BYTES_MAX: usize = 1024 * 1024;
/// Most parts of a batch; together ten gigabytes.
pub const PARTS_COUNT_MAX: u32 = 10_000;
/// Longest key of a row.
const KEY_CHARS_MAX: usize = 200;

/// The number of a batch: `2026030200001`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BatchNumber(String);

/// What happened to a row at its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Operation {
    /// Inserted.
    I,
    /// Updated.
    U,
    /// Deleted.
    D,
}

/// A row of a batch: one line of JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchRow {
    /// What happened.
    pub cd_operation: Operation,
    /// When, in milliseconds since 1970.
    pub cd_time: i64,
    /// Key of the row at its source.
    pub key: String,
    /// Its fields; left out when it was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Value>,
}

/// A part of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The batch.
    pub cd_batch: BatchNumber,
    /// Number of the part, from 1.
    pub number: u32,
    /// SM3 of the text.
    pub sm3: String,
    /// Lines of JSON, each a [`BatchRow`].
    pub text: String,
}

/// What a batch is, announced before its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Its number.
    pub cd_batch: BatchNumber,
    /// How many parts.
    pub parts: u32,
    /// How many rows.
    pub rows: u64,
    /// SM3 over the lines `<number> <sm3 of the part>`.
    pub sm3: String,
}

impl BatchNumber {
    /// The number of a day and a serial number.
    ///
    /// # Errors
    /// [`Code::BodyMalformed`] when the serial number has more than five digits.
    pub fn new(day: clock::Date, serial: u32) -> Result<Self, Code> {
        if serial > 99_999 {
            return Err(Code::BodyMalformed);
        }
        format!("{:04}{:02}{:02}{serial:05}", day.year(), day.month(), day.day()).parse()
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for BatchNumber {
    type Err = Code;

    fn from_str(text: &str) -> Result<Self, Code> {
        let digits = text.len() == 13 && text.bytes().all(|byte| byte.is_ascii_digit());
        let day = text.get(..8).and_then(|day| Some(format!("{}-{}-{}", day.get(..4)?, day.get(4..6)?, day.get(6..)?)));
        if digits && day.is_some_and(|day| day.parse::<clock::Date>().is_ok()) { Ok(Self(text.to_owned())) } else { Err(Code::BodyMalformed) }
    }
}

impl fmt::Display for BatchNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for BatchNumber {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for BatchNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <String as Deserialize>::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom("no batch number"))
    }
}

impl Manifest {
    /// What a batch of so many rows is, by the digests of its parts in order.
    ///
    /// # Errors
    /// [`Code::TooLarge`] when a batch does not take so many parts.
    pub fn of<'p>(cd_batch: &BatchNumber, rows: u64, parts: impl Iterator<Item = &'p str> + Clone) -> Result<Self, Code> {
        let count = u32::try_from(parts.clone().count()).ok().filter(|count| *count <= PARTS_COUNT_MAX).ok_or(Code::TooLarge)?;
        Ok(Self { cd_batch: cd_batch.clone(), parts: count, rows, sm3: digest((1..).zip(parts)) })
    }
}

impl Part {
    /// Whether the text is the announced one.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.text.len() <= PART_BYTES_MAX.saturating_add(KEY_CHARS_MAX) && sm3_hex(self.text.as_bytes()) == self.sm3
    }

    /// The rows; one that cannot be read is an error with its line.
    pub fn rows(text: &str) -> impl Iterator<Item = Result<BatchRow, String>> {
        text.lines().map(|line| match serde_json::from_str::<BatchRow>(line) {
            Ok(row)
                if !row.key.is_empty() && row.key.chars().count() <= KEY_CHARS_MAX && row.record.is_some() != (row.cd_operation == Operation::D) =>
            {
                Ok(row)
            }
            Ok(_) | Err(_) => Err(line.to_owned()),
        })
    }
}

/// Cuts rows into the texts of parts, row by row, so that a batch of any size can be cut without being held.
#[derive(Debug)]
pub struct Cutter {
    bytes_max: usize,
    text: String,
}

impl Cutter {
    /// Parts of at most `bytes_max` bytes, at least one row each.
    #[must_use]
    pub fn new(bytes_max: usize) -> Self {
        Self { bytes_max: bytes_max.clamp(1, PART_BYTES_MAX), text: String::new() }
    }

    /// Takes the next row; gives the text of a part that is complete with the rows before.
    ///
    /// # Errors
    /// [`Code::TooLarge`] when the row is larger than a part.
    pub fn push(&mut self, row: &BatchRow) -> Result<Option<String>, Code> {
        let line = serde_json::to_string(row).map_err(|_| Code::BodyMalformed)?;
        if line.len() >= PART_BYTES_MAX {
            return Err(Code::TooLarge);
        }
        let is_full = !self.text.is_empty() && self.text.len().saturating_add(line.len()) >= self.bytes_max;
        let complete = is_full.then(|| std::mem::take(&mut self.text));
        self.text.push_str(&line);
        self.text.push('\n');
        Ok(complete)
    }

    /// The text of the last part, if there was a row.
    #[must_use]
    pub fn end(self) -> Option<String> {
        Some(self.text).filter(|text| !text.is_empty())
    }
}

/// Cuts rows into parts of at most `bytes_max` bytes, at least one row each, and says what they are together.
///
/// # Errors
/// [`Code::TooLarge`] when one row, or their number, is larger than a batch takes.
pub fn cut(cd_batch: &BatchNumber, rows: &[BatchRow], bytes_max: usize) -> Result<(Manifest, Vec<Part>), Code> {
    let (mut cutter, mut texts) = (Cutter::new(bytes_max), Vec::new());
    for row in rows {
        texts.extend(cutter.push(row)?);
    }
    texts.extend(cutter.end());
    let numbered = texts.into_iter().zip(1_u32..);
    let parts: Vec<Part> = numbered.map(|(text, number)| Part { cd_batch: cd_batch.clone(), number, sm3: sm3_hex(text.as_bytes()), text }).collect();
    let manifest = Manifest::of(cd_batch, u64::try_from(rows.len()).unwrap_or(u64::MAX), parts.iter().map(|part| part.sm3.as_str()))?;
    Ok((manifest, parts))
}

/// The digest of a whole batch, from its parts in order.
#[must_use]
pub fn digest<'p>(parts: impl Iterator<Item = (u32, &'p str)>) -> String {
    let text: String = parts.map(|(number, sm3)| format!("{number} {sm3}\n")).collect();
    sm3_hex(text.as_bytes())
}

/// The parts that are still wanted.
#[must_use]
pub fn missing(parts: u32, there: &BTreeSet<u32>) -> Vec<u32> {
    (1..=parts).filter(|number| !there.contains(number)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn number() -> BatchNumber {
        "2026030200001".parse().unwrap()
    }

    fn row(key: u32, size: usize) -> BatchRow {
        BatchRow { cd_operation: Operation::I, cd_time: 1, key: key.to_string(), record: Some(json!({ "text": "x".repeat(size) })) }
    }

    #[test]
    fn a_batch_number_is_a_day_and_five_digits() {
        assert_eq!(BatchNumber::new("2026-03-02".parse().unwrap(), 1).unwrap(), number());
        for wrong in ["", "202603020001", "2026023000001", "20260302000001", "2026030200a01"] {
            assert!(wrong.parse::<BatchNumber>().is_err(), "{wrong}");
        }
        assert!(BatchNumber::new("2026-03-02".parse().unwrap(), 100_000).is_err());
    }

    #[test]
    fn a_row_has_a_record_unless_it_was_deleted() {
        let lines = [
            r#"{"cd_operation":"I","cd_time":1,"key":"a","record":{}}"#,
            r#"{"cd_operation":"D","cd_time":1,"key":"a"}"#,
            r#"{"cd_operation":"D","cd_time":1,"key":"a","record":{}}"#,
            r#"{"cd_operation":"U","cd_time":1,"key":"a"}"#,
            r#"{"cd_operation":"X","cd_time":1,"key":"a","record":{}}"#,
            r#"{"cd_operation":"I","cd_time":1,"key":"","record":{}}"#,
        ];
        let read: Vec<bool> = Part::rows(&lines.join("\n")).map(|row| row.is_ok()).collect();
        assert_eq!(read, [true, true, false, false, false, false]);
    }

    proptest! {
        #[test]
        fn cutting_loses_nothing_and_holds_its_bound(sizes in proptest::collection::vec(0_usize..300, 0..60), bytes_max in 1_usize..2_000) {
            let rows: Vec<BatchRow> = sizes.iter().zip(0_u32..).map(|(size, key)| row(key, *size)).collect();
            let (manifest, parts) = cut(&number(), &rows, bytes_max).unwrap();
            let read: Vec<BatchRow> = parts.iter().flat_map(|part| Part::rows(&part.text).map(Result::unwrap).collect::<Vec<_>>()).collect();
            prop_assert_eq!(&read, &rows);
            prop_assert_eq!(manifest.rows, u64::try_from(rows.len()).unwrap());
            prop_assert!(parts.iter().all(|part| part.is_whole() && (part.text.len() <= bytes_max || part.text.lines().count() == 1)));
            prop_assert_eq!(manifest.sm3, digest(parts.iter().map(|part| (part.number, part.sm3.as_str()))));
        }

        #[test]
        fn a_part_that_was_changed_is_not_whole(at in 0_usize..40, byte in "[a-z]") {
            let (_, mut parts) = cut(&number(), &[row(1, 40)], 1_000).unwrap();
            let before = parts[0].text.clone();
            parts[0].text.replace_range(at..=at, &byte);
            prop_assert_eq!(parts[0].is_whole(), parts[0].text == before);
        }
    }
}
