//! A folder into which somebody else puts files.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::{FileRows, Mapping, Source, SourceError, outer, read_file};

/// The newest file of a folder, by name: `2026-03-02.csv` after `2026-03-01.csv`.
#[derive(Clone, Debug)]
pub struct FileDrop {
    folder: PathBuf,
    mapping: Mapping,
}

impl FileDrop {
    /// A folder, with the columns that are read.
    #[must_use]
    pub fn new(folder: &Path, mapping: Mapping) -> Self {
        Self { folder: folder.to_owned(), mapping }
    }

    /// The newest file; `None` while there is none.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn newest(&self) -> Result<Option<PathBuf>, SourceError> {
        let unreadable = |fault| SourceError::unreachable(&self.folder.display().to_string(), fault);
        let mut newest: Option<PathBuf> = None;
        for entry in std::fs::read_dir(&self.folder).map_err(|fault| unreadable(Box::new(fault)))? {
            let path = entry.map_err(|fault| unreadable(Box::new(fault)))?.path();
            let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
            if path.is_file() && !hidden && newest.as_ref().is_none_or(|known| *known < path) {
                newest = Some(path);
            }
        }
        Ok(newest)
    }
}

impl FileDrop {
    /// The newest file; no rows while there is none.
    fn read(&self) -> Result<FileRows, SourceError> {
        let place = self.folder.display().to_string();
        let Some(path) = self.newest()? else { return Ok(FileRows::default()) };
        let bytes = std::fs::read(&path).map_err(|fault| SourceError::unreachable(&place, fault))?;
        read_file(&bytes).map_err(|_| SourceError::unexpected(&place, "a file that is no table"))
    }

    fn named(&self, cells: &Map<String, Value>) -> Map<String, Value> {
        self.mapping.iter().filter_map(|(own, theirs)| Some((own.clone(), cells.get(theirs)?.clone()))).collect()
    }
}

impl Source for FileDrop {
    fn by_key(&self, key: &[(&str, &str)]) -> Result<Vec<Map<String, Value>>, SourceError> {
        let file = self.read()?;
        let mut wanted = Vec::with_capacity(key.len());
        for (name, value) in key {
            wanted.push((outer(&self.mapping, name)?, *value));
        }
        let is = |cells: &Map<String, Value>| wanted.iter().all(|(column, value)| cells.get(*column).and_then(Value::as_str) == Some(*value));
        Ok(file.rows.iter().filter(|row| is(&row.cells)).map(|row| self.named(&row.cells)).collect())
    }

    fn gives_rows(&self) -> bool {
        true
    }

    fn each(&self, visit: &mut dyn FnMut(i64, &Map<String, Value>)) -> Result<(), SourceError> {
        for row in &self.read()?.rows {
            visit(i64::try_from(row.row).unwrap_or(i64::MAX), &self.named(&row.cells));
        }
        Ok(())
    }
}
