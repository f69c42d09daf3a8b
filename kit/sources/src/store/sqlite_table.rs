use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row, params_from_iter};
use serde_json::{Map, Value};

use super::{selection, statement};
use crate::{Mapping, Source, SourceError};

const BUSY_WAIT: Duration = Duration::from_secs(5);

/// A table or view of an SQLite file, opened read-only for each question.
#[derive(Clone, Debug)]
pub struct SqliteTable {
    path: PathBuf,
    table: String,
    mapping: Mapping,
}

impl SqliteTable {
    /// The table of a file, with the columns that are read.
    #[must_use]
    pub fn new(path: &Path, table: &str, mapping: Mapping) -> Self {
        Self { path: path.to_owned(), table: table.to_owned(), mapping }
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let raw = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        raw.busy_timeout(BUSY_WAIT)?;
        Ok(raw)
    }

    fn named(&self, row: &Row<'_>) -> rusqlite::Result<Map<String, Value>> {
        let mut values = Map::new();
        for (index, (name, _)) in self.mapping.iter().enumerate() {
            values.insert(name.clone(), value(row.get_ref(index)?));
        }
        values.retain(|_, value| !value.is_null());
        Ok(values)
    }

    fn all(&self, visit: &mut dyn FnMut(i64, &Map<String, Value>)) -> rusqlite::Result<()> {
        let raw = self.open()?;
        let mut prepared = raw.prepare(&selection(&self.mapping, &self.table))?;
        let (mut rows, mut number) = (prepared.query([])?, 0_i64);
        while let Some(row) = rows.next()? {
            number = number.saturating_add(1);
            visit(number, &self.named(row)?);
        }
        Ok(())
    }

    fn rows(&self, key: &[(&str, &str)]) -> rusqlite::Result<Vec<Map<String, Value>>> {
        let raw = self.open()?;
        let text = statement(&self.mapping, &self.table, key, |index| format!("?{index}")).map_err(|_| rusqlite::Error::InvalidQuery)?;
        let mut prepared = raw.prepare(&text)?;
        let mut rows = prepared.query(params_from_iter(key.iter().map(|(_, value)| *value)))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(self.named(row)?);
        }
        Ok(found)
    }
}

impl Source for SqliteTable {
    fn by_key(&self, key: &[(&str, &str)]) -> Result<Vec<Map<String, Value>>, SourceError> {
        for (name, _) in key {
            crate::outer(&self.mapping, name)?;
        }
        self.rows(key).map_err(|fault| SourceError::unreachable(&self.path.display().to_string(), fault))
    }

    fn gives_rows(&self) -> bool {
        true
    }

    fn each(&self, visit: &mut dyn FnMut(i64, &Map<String, Value>)) -> Result<(), SourceError> {
        self.all(visit).map_err(|fault| SourceError::unreachable(&self.path.display().to_string(), fault))
    }
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.to_string().into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
    }
}
