//! The tables of this crate: the only place with SQL.

pub mod comparisons;
pub mod corrections;
pub mod rules;
pub mod runs;
mod schema;

pub use schema::MIGRATIONS;

use store::{Row, StoreError};

/// Reads a text column that holds JSON of ours.
fn from_json<T: serde::de::DeserializeOwned>(row: &Row, column: usize, wanted: &'static str) -> Result<T, StoreError> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|_| StoreError::Type { column, found: "another text", wanted })
}

/// Our own plain records always have a JSON form; an unwritable one would be found by the reader.
fn to_json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
