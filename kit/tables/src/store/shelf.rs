//! The folder of all tables, and the connections to those in use.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags};

use super::guard::{self, Named};
use super::{build, search};
use crate::model::{Answer, Bounds, Field, Search, TableError};
use crate::parquet;

/// Connections that wait to be used again, over all tables.
const IDLE_MAX: usize = 64;
const STATEMENTS_CACHED_MAX: usize = 32;
const PARQUET: &str = "parquet";

/// The folder of all tables.
pub struct Shelf {
    folder: PathBuf,
    idle: Mutex<HashMap<String, Vec<Connection>>>,
    building: Mutex<()>,
}

impl std::fmt::Debug for Shelf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shelf").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Shelf {
    /// Opens the folder, and makes it when it is missing.
    ///
    /// # Errors
    /// The folder's.
    pub fn open(folder: &Path) -> Result<Self, TableError> {
        std::fs::create_dir_all(folder)?;
        let folder = folder.canonicalize()?;
        Ok(Self { folder, idle: Mutex::default(), building: Mutex::new(()) })
    }

    /// Whether a table is there.
    #[must_use]
    pub fn holds(&self, key: &str) -> bool {
        self.path(key).is_some_and(|path| path.exists())
    }

    /// Makes a table from a sheet. A table that is there already stays as it is. Answers how many rows were read, where it was made.
    ///
    /// # Errors
    /// What is wrong with the sheet; the folder's; the engine's.
    pub fn build(&self, key: &str, fields: &[Field], bytes: &[u8]) -> Result<Option<u64>, TableError> {
        let path = self.path(key).ok_or_else(|| TableError::Missing(key.to_owned()))?;
        let _one_at_a_time = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        if path.exists() {
            return Ok(None);
        }
        finished(&path, |unfinished| build::build(unfinished, fields, bytes)).map(Some)
    }

    /// The table as Parquet, where it was made.
    ///
    /// # Errors
    /// The folder's.
    pub fn parquet(&self, key: &str) -> Result<Option<Vec<u8>>, TableError> {
        let path = self.path(key).ok_or_else(|| TableError::Missing(key.to_owned()))?.with_extension(PARQUET);
        match std::fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Makes the table as Parquet from a sheet, to lie beside the table, and answers it.
    ///
    /// # Errors
    /// What is wrong with the sheet; the folder's; the writer's.
    pub fn make_parquet(&self, key: &str, fields: &[Field], bytes: &[u8]) -> Result<Vec<u8>, TableError> {
        let path = self.path(key).ok_or_else(|| TableError::Missing(key.to_owned()))?.with_extension(PARQUET);
        let _one_at_a_time = self.building.lock().unwrap_or_else(PoisonError::into_inner);
        if !path.exists() {
            finished(&path, |unfinished| parquet::write(fields, bytes, BufWriter::new(File::create(unfinished)?)))?;
        }
        Ok(std::fs::read(path)?)
    }

    /// Answers a question put together from parts.
    ///
    /// # Errors
    /// A field that is not there, too slow, the engine's.
    pub fn search(&self, key: &str, fields: &[Field], asked: &Search, bounds: &Bounds) -> Result<Answer, TableError> {
        let connection = self.take(key)?;
        guard::with_deadline(&connection, bounds)?;
        let answer = search::search(&connection, fields, asked, bounds);
        self.give_back(key, connection);
        answer
    }

    /// Answers a statement that anybody may have written.
    ///
    /// # Errors
    /// Not permitted, wrong, too slow, a table that is not there.
    pub fn query(&self, sql: &str, tables: &[Named<'_>], bounds: &Bounds) -> Result<Answer, TableError> {
        let mut found = Vec::with_capacity(tables.len());
        for table in tables {
            let path = self.path(table.key).filter(|path| path.exists()).ok_or_else(|| TableError::Missing(table.key.to_owned()))?;
            found.push((table.clone(), guard::address(&path)));
        }
        guard::query(sql, &found, bounds)
    }

    /// Only plain keys name a file.
    fn path(&self, key: &str) -> Option<PathBuf> {
        let plain = (1..=100).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        plain.then(|| self.folder.join(format!("{key}.table")))
    }

    fn take(&self, key: &str) -> Result<Connection, TableError> {
        let waiting = self.idle.lock().unwrap_or_else(PoisonError::into_inner).get_mut(key).and_then(Vec::pop);
        if let Some(connection) = waiting {
            return Ok(connection);
        }
        let path = self.path(key).filter(|path| path.exists()).ok_or_else(|| TableError::Missing(key.to_owned()))?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(guard::address(&path), flags).map_err(TableError::Engine)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_CACHED_MAX);
        connection.execute_batch("pragma query_only = on; pragma mmap_size = 268435456").map_err(TableError::Engine)?;
        Ok(connection)
    }

    fn give_back(&self, key: &str, connection: Connection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.values().map(Vec::len).sum::<usize>() >= IDLE_MAX {
            idle.clear();
        }
        idle.entry(key.to_owned()).or_default().push(connection);
    }
}

/// Makes a file that is there whole or not at all.
fn finished<T>(path: &Path, make: impl FnOnce(&Path) -> Result<T, TableError>) -> Result<T, TableError> {
    let unfinished = path.with_extension(format!("{}.part", std::process::id()));
    let _ = std::fs::remove_file(&unfinished);
    let made = make(&unfinished);
    if made.is_err() {
        // Half a table is none; the next attempt would remove it too.
        let _ = std::fs::remove_file(&unfinished);
    }
    let made = made?;
    std::fs::rename(&unfinished, path)?;
    Ok(made)
}
