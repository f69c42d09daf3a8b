//! The only SQL of this crate.

pub(crate) mod certificates;
pub(crate) mod documents;
mod schema;
pub(crate) mod sequences;

use jiff::civil::Date;
use store::{Row, StoreError};

pub use schema::MIGRATIONS;

/// A column that holds a date.
fn date(row: &Row, column: usize) -> Result<Date, StoreError> {
    parsed(row, column, "a date", |text| text.parse().ok())
}

fn date_opt(row: &Row, column: usize) -> Result<Option<Date>, StoreError> {
    match row.get::<Option<String>>(column)? {
        Some(_) => date(row, column).map(Some),
        None => Ok(None),
    }
}

/// A text column that holds one of our own words; another word means that somebody changed the table by hand.
fn parsed<T>(row: &Row, column: usize, wanted: &'static str, read: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
    let text = row.get::<String>(column)?;
    read(&text).ok_or(StoreError::Type { column, found: "another text", wanted })
}
