//! The only SQL of this crate.

pub mod batches;
pub mod directory;
pub mod duties;
pub mod messages;
pub mod schema;
pub mod traffic;
pub mod usage;

use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Row, StoreError};

/// Our own plain records always have a JSON form; an unwritable one would be found by the reader.
fn json_text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn json<T: DeserializeOwned>(row: &Row, column: usize, wanted: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(&row.get::<String>(column)?).map_err(|_| StoreError::Type { column, found: "another text", wanted })
}

fn parsed<T>(row: &Row, column: usize, wanted: &'static str, parse: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
    parse(&row.get::<String>(column)?).ok_or(StoreError::Type { column, found: "another text", wanted })
}
