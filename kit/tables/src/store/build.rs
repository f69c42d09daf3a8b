//! Making a file from a sheet.

use std::path::Path;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql};

use super::quoted;
use crate::model::{Cell, Field, TableError};
use crate::sheet::Sheet;
use crate::words::indexed;

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            Self::Int(n) => ToSqlOutput::Owned(Value::Integer(*n)),
            Self::Real(x) => ToSqlOutput::Owned(Value::Real(*x)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
        })
    }
}

/// Writes the file; answers how many rows it has. The file may lie half done when this fails.
pub(super) fn build(path: &Path, fields: &[Field], bytes: &[u8]) -> Result<u64, TableError> {
    let mut sheet = Sheet::of(fields, bytes)?;
    let mut connection = Connection::open(path).map_err(TableError::Engine)?;
    let rows = fill(&mut connection, fields, &mut sheet)?;
    connection.execute_batch("pragma optimize").map_err(TableError::Engine)?;
    connection.close().map_err(|(_, error)| TableError::Engine(error))?;
    Ok(rows)
}

fn fill(connection: &mut Connection, fields: &[Field], sheet: &mut Sheet<'_>) -> Result<u64, TableError> {
    connection.execute_batch("pragma journal_mode = off; pragma synchronous = off; pragma page_size = 4096").map_err(TableError::Engine)?;
    let work = connection.transaction().map_err(TableError::Engine)?;
    let columns: Vec<String> = fields.iter().map(|field| format!("{} {}", quoted(&field.name), field.kind.declared())).collect();
    work.execute_batch(&format!("create table rows (_id integer primary key, {})", columns.join(", "))).map_err(TableError::Engine)?;
    let words: Vec<usize> = (0..fields.len()).filter(|at| fields.get(*at).is_some_and(|field| field.full_text)).collect();
    if !words.is_empty() {
        let named: Vec<String> = words.iter().map(|at| format!("c{at}")).collect();
        let sql = format!("create virtual table words using fts5({}, content = '', tokenize = 'unicode61 remove_diacritics 0')", named.join(", "));
        work.execute_batch(&sql).map_err(TableError::Engine)?;
    }
    let count = insert(&work, fields, &words, sheet)?;
    for (at, field) in fields.iter().enumerate().filter(|(_, field)| field.indexed) {
        work.execute_batch(&format!("create index ix_{at} on rows ({})", quoted(&field.name))).map_err(TableError::Engine)?;
    }
    work.commit().map_err(TableError::Engine)?;
    Ok(count)
}

fn insert(work: &Connection, fields: &[Field], words: &[usize], sheet: &mut Sheet<'_>) -> Result<u64, TableError> {
    let marks = |count: usize| vec!["?"; count].join(", ");
    let sql = format!("insert into rows values (?, {})", marks(fields.len()));
    let mut into_rows = work.prepare(&sql).map_err(TableError::Engine)?;
    let mut into_words = None;
    if !words.is_empty() {
        let named: Vec<String> = words.iter().map(|at| format!("c{at}")).collect();
        let sql = format!("insert into words (rowid, {}) values (?, {})", named.join(", "), marks(words.len()));
        into_words = Some(work.prepare(&sql).map_err(TableError::Engine)?);
    }
    let mut id = 0_i64;
    while let Some((line, record)) = sheet.next_row()? {
        id += 1;
        into_rows.raw_bind_parameter(1, id).map_err(TableError::Engine)?;
        for (at, (field, text)) in fields.iter().zip(record).enumerate() {
            into_rows.raw_bind_parameter(at + 2, field.cell(line, text)?).map_err(TableError::Engine)?;
        }
        into_rows.raw_execute().map_err(TableError::Engine)?;
        if let Some(statement) = &mut into_words {
            statement.raw_bind_parameter(1, id).map_err(TableError::Engine)?;
            for (place, at) in words.iter().enumerate() {
                statement.raw_bind_parameter(place + 2, indexed(record.get(*at).unwrap_or_default())).map_err(TableError::Engine)?;
            }
            statement.raw_execute().map_err(TableError::Engine)?;
        }
    }
    Ok(u64::try_from(id).unwrap_or(0))
}
