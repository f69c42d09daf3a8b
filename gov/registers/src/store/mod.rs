//! The tables of this crate: the only place with SQL.

pub mod declarations;
pub mod loads;
pub mod records;
mod schema;

pub use schema::MIGRATIONS;

use clock::Date;
use store::{Bind, Row, StoreError, Tx};

/// Rows that one statement inserts.
const ROWS_AT_ONCE: usize = 50;

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

/// Inserts rows, many with one statement; all rows have as many columns as `head` names.
fn insert_rows(tx: &mut Tx<'_>, head: &str, columns: usize, rows: &[Vec<Box<dyn Bind + '_>>]) -> Result<(), StoreError> {
    for chunk in rows.chunks(ROWS_AT_ONCE) {
        // Two lengths of statement, so that both stay prepared.
        let at_once = if chunk.len() == ROWS_AT_ONCE { ROWS_AT_ONCE } else { 1 };
        let sql = format!("{head} values {}", placeholders(columns, at_once));
        for part in chunk.chunks(at_once) {
            let parameters: Vec<&dyn Bind> = part.iter().flatten().map(|value| &**value).collect();
            tx.execute(&sql, &parameters)?;
        }
    }
    Ok(())
}

fn placeholders(columns: usize, rows: usize) -> String {
    let row = |index: usize| {
        let marks: Vec<String> = (1..=columns).map(|column| format!("${}", index * columns + column)).collect();
        format!("({})", marks.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}
