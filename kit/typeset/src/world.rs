use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use crate::error::TypesetError;
use crate::fonts::FontSet;

/// All that a template can reach: its own files, the data, the fonts and the date. Every other path is denied.
pub(crate) struct DocumentWorld<'a> {
    pub library: &'a LazyHash<Library>,
    pub fonts: &'a FontSet,
    pub main: FileId,
    pub sources: HashMap<FileId, Source>,
    pub files: HashMap<FileId, Bytes>,
    pub today: Datetime,
}

/// The id of a file inside the template.
pub(crate) fn file_id(path: &str) -> Result<FileId, TypesetError> {
    let malformed = || TypesetError::Path(path.to_owned());
    let simple = path.starts_with('/') && path.len() <= 128 && !path.split('/').any(|part| part == "..");
    let virtual_path = VirtualPath::new(path).map_err(|_| malformed())?;
    if !simple || virtual_path.is_root() {
        return Err(malformed());
    }
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, virtual_path)))
}

impl World for DocumentWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if let Some(bytes) = self.files.get(&id) {
            return Ok(bytes.clone());
        }
        let source = self.sources.get(&id).ok_or(FileError::AccessDenied)?;
        Ok(Bytes::from_string(source.clone()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        Some(self.today)
    }
}
