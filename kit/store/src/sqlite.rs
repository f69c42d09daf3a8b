//! The embedded database.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::tx::Link;
use crate::{Bind, Durability, Row, Slot, StoreError, Tx, Value};

const STATEMENTS_CACHED_MAX: usize = 512;
const BUSY_WAIT_MS: u64 = 10_000;

pub(crate) struct Connection {
    raw: rusqlite::Connection,
    rewritten: RefCell<HashMap<Box<str>, Box<str>>>,
    disk_full: Cell<bool>,
    /// A statement of the present work failed and was not taken back.
    failed: Cell<bool>,
}

impl Connection {
    pub(crate) fn open(path: &Path, durability: Durability, read_only: bool) -> Result<Self, StoreError> {
        let opened = (|| {
            let raw = rusqlite::Connection::open(path)?;
            raw.busy_timeout(std::time::Duration::from_millis(BUSY_WAIT_MS))?;
            raw.set_prepared_statement_cache_capacity(STATEMENTS_CACHED_MAX);
            // Without this, whatever has a parameter as its limit is prepared anew each time, to look at the parameter for a better plan.
            raw.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            raw.pragma_update(None, "journal_mode", "wal")?;
            let level = match durability {
                Durability::Full => "full",
                Durability::None => "off",
            };
            raw.pragma_update(None, "synchronous", level)?;
            raw.pragma_update(None, "foreign_keys", true)?;
            raw.pragma_update(None, "cache_size", -16_384_i64)?;
            raw.pragma_update(None, "temp_store", "memory")?;
            raw.pragma_update(None, "query_only", read_only)?;
            Ok::<_, rusqlite::Error>(raw)
        })();
        let raw = opened.map_err(|source| StoreError::Open { place: path.display().to_string(), source: Box::new(source) })?;
        Ok(Self { raw, rewritten: RefCell::default(), disk_full: Cell::new(false), failed: Cell::new(false) })
    }

    pub(crate) fn tx(&self) -> Tx<'_> {
        Tx { link: Link::Sqlite(self) }
    }

    /// Runs a script. There a whole number as primary key is the row's own number, which SQLite does for its type `integer` alone: such a
    /// row is found in one step instead of two.
    pub(crate) fn batch(&self, script: &str) -> Result<(), StoreError> {
        let own_number = script.replace("bigint not null primary key", "integer not null primary key");
        self.raw.execute_batch(&own_number).map_err(|source| StoreError::from_sqlite(source, script))
    }

    pub(crate) fn execute(&self, statement: &str, parameters: &[&dyn Bind]) -> Result<u64, StoreError> {
        let changed = self.with_prepared(statement, |prepared| {
            bind(prepared, parameters)?;
            prepared.raw_execute().map(|n| u64::try_from(n).unwrap_or(0))
        })?;
        self.failed.set(self.failed.get() && !crate::pg::takes_back(statement));
        Ok(changed)
    }

    pub(crate) fn query(&self, statement: &str, parameters: &[&dyn Bind]) -> Result<Vec<Row>, StoreError> {
        self.with_prepared(statement, |prepared| {
            let columns = prepared.column_count();
            bind(prepared, parameters)?;
            let mut rows = prepared.raw_query();
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let mut values = Vec::with_capacity(columns);
                for column in 0..columns {
                    values.push(read(row.get_ref(column)?));
                }
                found.push(Row { values });
            }
            Ok(found)
        })
    }

    fn with_prepared<T>(
        &self,
        statement: &str,
        run: impl FnOnce(&mut rusqlite::CachedStatement<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let mut rewritten = self.rewritten.borrow_mut();
        if !rewritten.contains_key(statement) {
            if rewritten.len() >= STATEMENTS_CACHED_MAX {
                rewritten.clear();
            }
            rewritten.insert(statement.into(), numbered(statement).into());
        }
        let text = rewritten.get(statement).map_or(statement, |text| text);
        let result = self.raw.prepare_cached(text).and_then(|mut prepared| run(&mut prepared));
        result.map_err(|source| {
            let fault = StoreError::from_sqlite(source, statement);
            self.disk_full.set(self.disk_full.get() || matches!(fault, StoreError::DiskFull));
            self.failed.set(true);
            fault
        })
    }

    /// Whether a statement since the last question found the disk full.
    pub(crate) fn found_disk_full(&self) -> bool {
        self.disk_full.take()
    }

    /// Whether a statement since the last question failed and was not taken back.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed.take()
    }

    /// Whether SQLite has rolled the open transaction back by itself.
    pub(crate) fn has_lost_transaction(&self) -> bool {
        self.raw.is_autocommit()
    }

    /// Copies the whole database into a new file, consistently, while others go on.
    pub(crate) fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let place = path.display().to_string();
        self.execute("vacuum into $1", &[&place]).map(drop)
    }
}

/// `$12` → `?12`, outside of quoted text.
fn numbered(statement: &str) -> String {
    let mut text = String::with_capacity(statement.len());
    let mut quoted = false;
    let mut rest = statement.chars().peekable();
    while let Some(c) = rest.next() {
        if c == '\'' {
            quoted = !quoted;
        }
        let parameter = c == '$' && !quoted && rest.peek().is_some_and(char::is_ascii_digit);
        text.push(if parameter { '?' } else { c });
    }
    text
}

fn bind(prepared: &mut rusqlite::CachedStatement<'_>, parameters: &[&dyn Bind]) -> rusqlite::Result<()> {
    for (position, parameter) in parameters.iter().enumerate() {
        let borrowed = match parameter.slot() {
            Slot::Null => ValueRef::Null,
            Slot::Int(n) => ValueRef::Integer(n),
            Slot::Real(x) => ValueRef::Real(x),
            Slot::Text(text) => ValueRef::Text(text.as_bytes()),
            Slot::Bytes(bytes) => ValueRef::Blob(bytes),
        };
        prepared.raw_bind_parameter(position + 1, ToSqlOutput::Borrowed(borrowed))?;
    }
    Ok(())
}

fn read(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => Value::Int(n),
        ValueRef::Real(x) => Value::Real(x),
        ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn parameters_are_numbered_outside_of_quotes_only() {
        assert_eq!(super::numbered("select $2, '$1', $10 from t"), "select ?2, '$1', ?10 from t");
    }
}
