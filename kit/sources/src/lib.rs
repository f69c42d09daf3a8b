#![doc = include_str!("../README.md")]

mod error;
mod file_drop;
mod files;
mod http;
mod store;

use serde_json::{Map, Value};

pub use error::SourceError;
pub use file_drop::FileDrop;
pub use files::{FILE_BYTES_MAX, FileProblem, FileRows, Row, TextRows, Unread, read_file};
pub use http::HttpJson;
pub use store::{MySqlTable, PostgresTable, SqliteTable};

/// Rows that one answer may have.
pub const ANSWER_ROWS_MAX: usize = 100;

/// Under which name the asker knows a column: `(name of the asker, name of the source)`.
pub type Mapping = Vec<(String, String)>;

/// A system that is asked live; what it answers is not kept.
pub trait Source: Send + Sync {
    /// The rows under a key, whose parts are named as the asker names them; values are named so too.
    ///
    /// # Errors
    /// The source cannot be reached, or answers what was not expected.
    fn by_key(&self, key: &[(&str, &str)]) -> Result<Vec<Map<String, Value>>, SourceError>;

    /// Every row, one after another, counted from 1; named as the asker names the columns.
    ///
    /// # Errors
    /// As [`Source::by_key`]; the source answers keys alone.
    fn each(&self, _visit: &mut dyn FnMut(i64, &Map<String, Value>)) -> Result<(), SourceError> {
        Err(SourceError::ByKeyAlone)
    }

    /// Whether [`Source::each`] gives its rows.
    fn gives_rows(&self) -> bool {
        false
    }
}

/// The name of the source for a name of the asker.
fn outer<'m>(mapping: &'m Mapping, name: &str) -> Result<&'m str, SourceError> {
    let found = mapping.iter().find(|(own, _)| own == name);
    found.map(|(_, theirs)| theirs.as_str()).ok_or_else(|| SourceError::Unmapped { name: name.to_owned() })
}
