//! The catalogue's nouns: pure, without time or database.

mod axes;
pub mod checks;
mod classification;
mod diff;
mod domain;
mod duplicates;
mod format;
mod grade;
mod indicator;
mod item;
mod negative;
mod period;
mod resource;
#[cfg(test)]
pub(crate) mod samples;
mod sharing;
mod status;

pub use axes::{Level, Secrecy, ShareType, Tier};
pub use classification::{BRANCHES, Branch, CLASS_CODE_CHARS_MAX, ClassCode, ResourceCode};
pub use diff::{Change, changes, facts};
pub use duplicates::{Compared, LIKENESS_PERCENT_MIN, Pair, SHARED_ITEMS_MIN, pairs};
pub use format::FormatKind;
pub use grade::{Affected, Grade, Harm, Personal, grade_of, highest};
pub use indicator::{Figure, Formula, MEASURES, Measure, MeasureSource, default_formulas, evaluate, score};
pub use item::{DataType, InformationItem};
pub use negative::{NegativeEntry, NegativeId, NegativeKind, NegativeState};
pub use period::{DUE_SOON_WORKDAYS, Freshness, UpdatePeriod};
pub use resource::{Content, LegalBasis, Relations, Resource, ResourceId, Storage};
pub use sharing::{OpenType, Opening, ShareMethod, Sharing};
pub use status::{Status, Step};

/// Full-width letters, digits and signs to ASCII, capital to small.
#[must_use]
pub fn fold(c: char) -> char {
    narrow(c).to_lowercase().next().unwrap_or(c)
}

/// Full-width letters, digits and signs to ASCII.
#[must_use]
pub fn narrow(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        '\u{3000}' | '\u{A0}' => ' ',
        _ => c,
    }
}
