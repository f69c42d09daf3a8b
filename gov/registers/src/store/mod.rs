//! The tables of this crate: the only place with SQL.

pub mod answers;
pub mod declarations;
pub mod loads;
pub mod records;
mod schema;

pub use schema::MIGRATIONS;

use clock::Date;
use store::{Row, StoreError};

/// Reads a text column through a parser of its own.
fn parsed<T>(row: &Row, column: usize, wanted: &'static str, parse: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
    let text: String = row.get(column)?;
    parse(&text).ok_or(StoreError::Type { column, found: "another text", wanted })
}

fn parsed_opt<T>(row: &Row, column: usize, wanted: &'static str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
    match row.get::<Option<String>>(column)? {
        Some(_) => parsed(row, column, wanted, parse).map(Some),
        None => Ok(None),
    }
}

fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}

/// Our own plain records always have a JSON form; an unwritable one would be found by the reader.
fn json_text<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
