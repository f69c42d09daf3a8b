//! Files that somebody hands in.

mod json;
mod parquet;
mod sheet;
mod stream;
mod text;

use i18n::Text;
use serde_json::{Map, Value};

pub use stream::TextRows;

/// Longest file.
pub const FILE_BYTES_MAX: usize = 64 << 20;
/// Columns that a file may have.
const COLUMNS_COUNT_MAX: usize = 400;

/// A row by the heads of its columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// As a spreadsheet counts: the head is row 1.
    pub row: usize,
    /// Values; empty cells are absent.
    pub cells: Map<String, Value>,
}

/// What could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// As a spreadsheet counts.
    pub row: usize,
    /// The column; empty for the row as a whole.
    pub column: String,
    /// Why; it never repeats the value.
    pub sentence: Text,
}

/// A file as rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileRows {
    /// The rows that were read.
    pub rows: Vec<Row>,
    /// What could not be read.
    pub unread: Vec<Unread>,
}

/// Why a file cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    /// Stable word: `file-too-large`.
    pub code: &'static str,
    /// The sentence.
    pub sentence: Text,
}

impl FileProblem {
    fn new(code: &'static str, zh: &str, en: &str) -> Self {
        Self { code, sentence: Text::new(zh, en) }
    }
}

/// Reads a file by what it holds, whatever its name is.
///
/// # Errors
/// Where it is no table.
pub fn read_file(bytes: &[u8]) -> Result<FileRows, FileProblem> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(FileProblem::new("file-too-large", "文件超过64MB，请拆分后分次导入。", "The file is over 64 MB; split it."));
    }
    if bytes.starts_with(parquet::MARK) {
        return parquet::read(bytes);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return sheet::read(bytes);
    }
    let text = text::decode(bytes).ok_or_else(|| {
        FileProblem::new("file-not-text", "文件不是可识别的文本或表格。", "The file is neither a text nor a spreadsheet that is known.")
    })?;
    if text.trim_start().starts_with(['{', '[']) { json::read(&text) } else { text::read(&text) }
}

/// The heads of the columns, checked.
fn heads(heads: &[String]) -> Result<(), FileProblem> {
    let mut seen = std::collections::HashSet::new();
    if heads.iter().all(|head| head.is_empty()) {
        return Err(FileProblem::new("file-empty", "文件没有表头。", "The file has no heads of columns."));
    }
    if heads.len() > COLUMNS_COUNT_MAX {
        return Err(FileProblem::new("file-too-wide", "文件超过400列。", "The file has more than 400 columns."));
    }
    if heads.iter().filter(|head| !head.is_empty()).any(|head| !seen.insert(head)) {
        return Err(FileProblem::new("file-column-twice", "文件中有重名的列。", "Two columns of the file have the same head."));
    }
    Ok(())
}

fn extra_cell(row: usize) -> Unread {
    Unread {
        row,
        column: String::new(),
        sentence: Text::new("这一行的列数多于表头，多出的内容没有读取。", "The row has more cells than the head; the row was not read."),
    }
}

#[cfg(test)]
mod tests;
