//! The files of a package, as they are read and as they are hashed.

use std::collections::BTreeMap;

use seal::hash::sm3_hex;
use serde::{Serialize, Serializer};

use crate::finding::Finding;
use crate::hash::PackageHash;

/// The largest single file of a package, in bytes.
pub const FILE_SIZE_MAX_BYTES: usize = 2 * 1024 * 1024;
/// The largest number of files of a package.
pub const FILE_COUNT_MAX: usize = 500;

/// Path within the package (with `/`) → content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, Vec<u8>>);

impl Files {
    /// No files yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a file, replacing one of the same path.
    pub fn put(&mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) {
        self.0.insert(path.into(), content.into());
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) -> Option<Vec<u8>> {
        self.0.remove(path)
    }

    /// The content of one file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(Vec::as_slice)
    }

    /// The content of one file as text; `None` when it is missing or is not UTF-8.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.get(path).and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// Whether the file is there.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// All files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The package hash: SM3 over the lines `<sm3-hex>  <path>\n`, sorted by path.
    #[must_use]
    pub fn hash(&self) -> PackageHash {
        PackageHash::of(self)
    }

    /// Problems of the files as such: names, sizes, encoding, strangers.
    pub(crate) fn problems(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for required in ["item.toml", "form.json", "flow.bpmn"] {
            if !self.contains(required) {
                let (zh, en) = (format!("规程包缺少文件 {required}。"), format!("The package has no file {required}."));
                findings.push(Finding::error(required, 0, "file-missing", zh, en));
            }
        }
        if self.len() > FILE_COUNT_MAX {
            let (zh, en) = (format!("文件超过 {FILE_COUNT_MAX} 个。"), format!("There are more than {FILE_COUNT_MAX} files."));
            findings.push(Finding::error("", 0, "file-count", zh, en));
        }
        for (path, bytes) in self.iter() {
            findings.extend(file_problem(path, bytes));
        }
        findings
    }
}

/// Written as path → SM3, which is all a request needs to be recognised by.
impl Serialize for Files {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(path, content)| (path, sm3_hex(content))))
    }
}

fn file_problem(path: &str, bytes: &[u8]) -> Option<Finding> {
    if FileKind::of(path).is_none() {
        let zh = format!("规程包中不应有文件“{path}”；只允许 item.toml、form.json、flow.bpmn、rules/*.dmn、documents/*.typ、tests/*.toml。");
        let en = format!(
            "The file \"{path}\" does not belong here; allowed are item.toml, form.json, flow.bpmn, rules/*.dmn, documents/*.typ, tests/*.toml."
        );
        return Some(Finding::error(path, 0, "file-unexpected", zh, en));
    }
    if bytes.len() > FILE_SIZE_MAX_BYTES {
        let zh = format!("文件有 {} 字节，超过上限 {FILE_SIZE_MAX_BYTES} 字节。", bytes.len());
        let en = format!("The file has {} bytes, more than {FILE_SIZE_MAX_BYTES}.", bytes.len());
        return Some(Finding::error(path, 0, "file-too-large", zh, en));
    }
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        return Some(Finding::error(
            path,
            1,
            "file-bom",
            "文件以 BOM 开头；请存为不带 BOM 的 UTF-8。",
            "The file starts with a BOM; save it as UTF-8 without BOM.",
        ));
    }
    let Err(problem) = std::str::from_utf8(bytes) else { return None };
    let before = bytes.get(..problem.valid_up_to()).unwrap_or_default();
    let line = u32::try_from(before.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(0).saturating_add(1);
    Some(Finding::error(path, line, "file-not-utf8", "文件不是 UTF-8 编码。", "The file is not UTF-8."))
}

/// What a file of a package is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FileKind {
    Item,
    Form,
    Flow,
    Table,
    Template,
    Scenario,
}

impl FileKind {
    pub(crate) fn of(path: &str) -> Option<Self> {
        match path {
            "item.toml" => return Some(Self::Item),
            "form.json" => return Some(Self::Form),
            "flow.bpmn" => return Some(Self::Flow),
            _ => {}
        }
        let (folder, name) = path.split_once('/')?;
        let (stem, extension) = name.rsplit_once('.')?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if stem.is_empty() || !stem.chars().all(plain) {
            return None;
        }
        match (folder, extension) {
            ("rules", "dmn") => Some(Self::Table),
            ("documents", "typ") => Some(Self::Template),
            ("tests", "toml") => Some(Self::Scenario),
            _ => None,
        }
    }
}
