//! The files, and all SQL of this crate.

mod build;
mod guard;
mod search;
mod shelf;

pub use guard::{Named, TABLES_PER_STATEMENT_MAX};
pub use shelf::Shelf;

use rusqlite::types::ValueRef;
use rusqlite::{ErrorCode, Rows};

use crate::model::{Answer, Bounds, Cell, Column, TableError};

/// A name as SQL writes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// All rows, until a bound.
fn gather(mut rows: Rows<'_>, columns: Vec<Column>, bounds: &Bounds) -> Result<Answer, TableError> {
    let mut answer = Answer { columns, rows: Vec::new(), total: None, is_cut: false };
    let rows_max = usize::try_from(bounds.rows_max).unwrap_or(usize::MAX);
    let mut bytes = 0_usize;
    while let Some(row) = rows.next().map_err(fault)? {
        if answer.rows.len() >= rows_max || bytes > bounds.bytes_max {
            answer.is_cut = true;
            break;
        }
        let mut cells = Vec::with_capacity(answer.columns.len());
        for position in 0..answer.columns.len() {
            let cell = match row.get_ref(position).map_err(fault)? {
                ValueRef::Null => Cell::Null,
                ValueRef::Integer(n) => Cell::Int(n),
                ValueRef::Real(x) => Cell::Real(x),
                ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
                ValueRef::Blob(_) => return Err(TableError::NotPermitted("bytes that are no text".to_owned())),
            };
            bytes += match &cell {
                Cell::Text(text) => text.len() + 16,
                Cell::Null | Cell::Int(_) | Cell::Real(_) => 16,
            };
            cells.push(cell);
        }
        answer.rows.push(cells);
    }
    Ok(answer)
}

/// What the engine says, sorted by whose fault it is.
fn fault(error: rusqlite::Error) -> TableError {
    match &error {
        rusqlite::Error::SqliteFailure(failure, said) => match failure.code {
            ErrorCode::OperationInterrupted => TableError::TooSlow,
            ErrorCode::AuthorizationForStatementDenied => TableError::NotPermitted(said.clone().unwrap_or_default()),
            ErrorCode::TooBig => TableError::NotPermitted("a value, or the statement, is too long".to_owned()),
            ErrorCode::ReadOnly => TableError::NotPermitted("writing".to_owned()),
            ErrorCode::Unknown => TableError::Wrong(said.clone().unwrap_or_default()),
            _ => TableError::Engine(error),
        },
        rusqlite::Error::SqlInputError { msg, error: code, .. } => match code.code {
            ErrorCode::AuthorizationForStatementDenied => TableError::NotPermitted(msg.clone()),
            ErrorCode::TooBig => TableError::NotPermitted("the statement is too long".to_owned()),
            _ => TableError::Wrong(msg.clone()),
        },
        rusqlite::Error::MultipleStatement => TableError::NotPermitted("more than one statement".to_owned()),
        _ => TableError::Engine(error),
    }
}
