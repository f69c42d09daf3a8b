//! The rows of a file, one after the other, whatever its format.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::Path;

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};
use sources::{FileProblem, FileRows, TextRows, read_file};

use crate::node::StartError;

/// So much of a file says what it is.
const LOOK_BYTES: u64 = 64 << 10;

/// Bytes of a piece of a file that is no table.
const PIECE_BYTES: u64 = 512 << 10;

/// The rows of a file. Text with separators and lines of JSON are read as they come, other formats as a whole.
pub enum Rows {
    Text(TextRows<'static>, Vec<String>),
    Lines(BufReader<File>, String, usize),
    Whole(std::vec::IntoIter<sources::Row>),
    /// A file that is no table, with its name and how far it is read: pieces in base64, and at the end an empty one.
    Pieces(File, String, Option<u64>),
}

impl Rows {
    /// # Errors
    /// The file cannot be read.
    pub fn open(path: &Path) -> Result<Self, StartError> {
        let named = |e: &dyn std::fmt::Display| -> StartError { format!("cannot read {}: {e}", path.display()).into() };
        let mut file = File::open(path).map_err(|e| named(&e))?;
        let mut start = Vec::new();
        file.by_ref().take(LOOK_BYTES).read_to_end(&mut start).map_err(|e| named(&e))?;
        file.rewind().map_err(|e| named(&e))?;
        match start.trim_ascii_start().first() {
            Some(b'{') => Ok(Self::Lines(BufReader::new(file), String::new(), 0)),
            // Spreadsheets, Parquet, and one large list of JSON.
            Some(b'[' | b'P' | 0xd0) if !is_text(&start) => {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).map_err(|e| named(&e))?;
                let FileRows { rows, unread } = read_file(&bytes).map_err(|problem| said(&problem))?;
                match unread.first() {
                    Some(one) => Err(format!("{} {} {}: {} {}", path.display(), one.row, one.column, one.sentence.zh, one.sentence.en).into()),
                    None => Ok(Self::Whole(rows.into_iter())),
                }
            }
            _ => Ok(Self::Text(TextRows::open(Box::new(file)).map_err(|problem| said(&problem))?, Vec::new())),
        }
    }

    /// A file of whatever kind, piece by piece: `file` (its name), `offset`, `bytes` (base64; empty where the file ends).
    ///
    /// # Errors
    /// The file cannot be read, or its name is no text.
    pub fn pieces(path: &Path) -> Result<Self, StartError> {
        let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(|| format!("{} has no name that can be sent", path.display()))?;
        let file = File::open(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
        Ok(Self::Pieces(file, name.to_owned(), Some(0)))
    }

    /// The next row by the names of its columns, with its number as a spreadsheet counts; empty cells are absent.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn next_row(&mut self) -> Result<Option<(usize, Map<String, Value>)>, StartError> {
        match self {
            Self::Text(rows, cells) => {
                let Some(number) = rows.next_row(cells).map_err(|problem| said(&problem))? else { return Ok(None) };
                if cells.len() > rows.heads().len() {
                    return Err(format!("第{number}行的列数多于表头。 Row {number} has more cells than the head.").into());
                }
                let named = rows.heads().iter().zip(cells.iter()).filter(|(head, cell)| !head.is_empty() && !cell.is_empty());
                Ok(Some((number, named.map(|(head, cell)| (head.clone(), Value::from(cell.as_str()))).collect())))
            }
            Self::Lines(file, line, number) => loop {
                line.clear();
                *number = number.saturating_add(1);
                if file.read_line(line)? == 0 {
                    return Ok(None);
                }
                if line.trim().is_empty() {
                    continue;
                }
                let row: Map<String, Value> =
                    serde_json::from_str(line).map_err(|e| format!("第{number}行不是JSON对象。 Line {number} is no JSON object. ({e})"))?;
                return Ok(Some((*number, row.into_iter().filter(|(_, value)| !value.is_null()).collect())));
            },
            Self::Pieces(file, name, at) => {
                let Some(offset) = *at else { return Ok(None) };
                let mut bytes = Vec::new();
                Read::by_ref(file).take(PIECE_BYTES).read_to_end(&mut bytes)?;
                *at = if bytes.is_empty() { None } else { Some(offset.saturating_add(u64::try_from(bytes.len())?)) };
                let number = usize::try_from(offset / PIECE_BYTES)?.saturating_add(1);
                let cells = [("file", json!(name)), ("offset", json!(offset)), ("bytes", json!(STANDARD.encode(&bytes)))];
                Ok(Some((number, cells.map(|(name, value)| (name.to_owned(), value)).into_iter().collect())))
            }
            Self::Whole(rows) => Ok(rows.next().map(|row| (row.row, row.cells))),
        }
    }
}

/// Text with separators may begin with any letter, so a mark of one letter says little.
fn is_text(start: &[u8]) -> bool {
    !start.starts_with(b"[") && !start.starts_with(b"PK\x03\x04") && !start.starts_with(b"PAR1") && !start.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

fn said(problem: &FileProblem) -> StartError {
    format!("{} {}", problem.sentence.zh, problem.sentence.en).into()
}
