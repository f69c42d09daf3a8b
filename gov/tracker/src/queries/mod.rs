//! What the tracker answers. Whoever shows an answer has asked the authority.

use i18n::Text;
use seal::FieldKeys;
use store::{StoreError, Tx};

use crate::model::Seen;
use crate::recording::SUBJECT_PLACE;
use crate::store as tables;

/// Longest page of readings.
const PAGE_COUNT_MAX: u32 = 200;
/// Sorts after every identifier.
const LAST: &str = "~";

/// Readings about a subject, given by identity number or unified code, newest first; `before` is the identifier of the last one seen.
/// What lawful secrecy still hides is left out until its day.
///
/// # Errors
/// The database's.
pub fn readings_of(
    tx: &mut Tx<'_>,
    keys: &FieldKeys,
    subject: &str,
    now_ms: i64,
    before: Option<&str>,
    count_max: u32,
) -> Result<Vec<Seen>, StoreError> {
    let count_max = count_max.min(PAGE_COUNT_MAX);
    let mut found = Vec::new();
    for index in keys.blind_indexes(SUBJECT_PLACE, subject) {
        found.extend(tables::of_subject(tx, &index, now_ms, before.unwrap_or(LAST), count_max)?);
    }
    found.sort_by(|a: &Seen, b: &Seen| b.id.cmp(&a.id));
    found.truncate(usize::try_from(count_max).unwrap_or(usize::MAX));
    Ok(found)
}

/// Readings made under a case, newest first, at most 200.
///
/// # Errors
/// The database's.
pub fn readings_of_case(tx: &mut Tx<'_>, case: &str) -> Result<Vec<Seen>, StoreError> {
    tables::of_case(tx, case, PAGE_COUNT_MAX)
}

/// How many readings of a kind and manner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingCount {
    /// Code of the source kind.
    pub source: String,
    /// Code of the manner.
    pub manner: String,
    /// How many.
    pub count: i64,
}

/// Public figures: readings between two moments, in milliseconds since 1970.
///
/// # Errors
/// The database's.
pub fn reading_counts(tx: &mut Tx<'_>, from_ms: i64, until_ms: i64) -> Result<Vec<ReadingCount>, StoreError> {
    let counts = tables::counts(tx, from_ms, until_ms)?;
    Ok(counts.into_iter().map(|(source, manner, count)| ReadingCount { source, manner, count }).collect())
}

/// How many readings an organ made on one ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingFigure {
    /// The organ; empty for the installation itself.
    pub organ: String,
    /// What the case was about, where there was one.
    pub case_title: Option<Text>,
    /// `case`, `consent`, `grant`, or `duty` where it was none of them.
    pub ground: String,
    /// How many.
    pub count: i64,
}

/// Public figures: readings between two moments by organ, ground and title of the case, not yet protected. Purposes that people typed are not
/// among them, for they may name somebody.
///
/// # Errors
/// The database's.
pub fn reading_figures(tx: &mut Tx<'_>, from_ms: i64, until_ms: i64) -> Result<Vec<ReadingFigure>, StoreError> {
    tables::digests::figures(tx, from_ms, until_ms)
}
