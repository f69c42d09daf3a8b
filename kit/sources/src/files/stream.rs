//! Text with separators, row by row: files that are too long to be held.

use std::io::{BufRead, BufReader, Read};

use csv::ByteRecord;

use super::{FileProblem, heads};

/// So much of a file says how it is written.
const LOOK_BYTES: usize = 64 << 10;

/// Rows of a text with separators, in UTF-8 or GB 18030; of the latter no byte of a character is a separator.
pub struct TextRows<'r> {
    reader: csv::Reader<Box<dyn BufRead + 'r>>,
    record: ByteRecord,
    heads: Vec<String>,
    row: usize,
    is_utf8: bool,
}

impl<'r> TextRows<'r> {
    /// Reads the first row.
    ///
    /// # Errors
    /// The file has no row, or its heads are no heads.
    pub fn open(file: Box<dyn Read + 'r>) -> Result<Self, FileProblem> {
        let mut file: Box<dyn BufRead + 'r> = Box::new(BufReader::with_capacity(LOOK_BYTES, file));
        let start = file.fill_buf().map_err(|_| unreadable())?;
        let mark = if start.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
        let is_utf8 = std::str::from_utf8(start).err().is_none_or(|fault| fault.error_len().is_none());
        let first: &[u8] = start.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let count = |mark: u8| first.iter().filter(|byte| **byte == mark).count();
        let delimiter = [b',', b'\t', b';'].into_iter().max_by_key(|mark| count(*mark)).filter(|mark| count(*mark) > 0).unwrap_or(b',');
        file.consume(mark);
        let reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(file);
        let mut rows = Self { reader, record: ByteRecord::new(), heads: Vec::new(), row: 0, is_utf8 };
        let mut found = Vec::new();
        if rows.next_row(&mut found)?.is_none() {
            return Err(FileProblem::new("file-empty", "文件没有内容。", "The file is empty."));
        }
        heads(&found)?;
        rows.heads = found;
        Ok(rows)
    }

    /// The heads of the columns.
    #[must_use]
    pub fn heads(&self) -> &[String] {
        &self.heads
    }

    /// The next row, into `cells`; gives its number as a spreadsheet counts, and `None` at the end.
    ///
    /// # Errors
    /// The file cannot be read on, or is no text.
    pub fn next_row(&mut self, cells: &mut Vec<String>) -> Result<Option<usize>, FileProblem> {
        if !self.reader.read_byte_record(&mut self.record).map_err(|_| unreadable())? {
            return Ok(None);
        }
        self.row = self.row.saturating_add(1);
        cells.resize_with(self.record.len(), String::new);
        for (cell, bytes) in cells.iter_mut().zip(&self.record) {
            cell.clear();
            match std::str::from_utf8(bytes) {
                Ok(text) if self.is_utf8 || text.is_ascii() => cell.push_str(text.trim()),
                Ok(_) | Err(_) => {
                    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(unreadable)?;
                    cell.push_str(text.trim());
                }
            }
        }
        Ok(Some(self.row))
    }
}

fn unreadable() -> FileProblem {
    FileProblem::new("file-not-text", "文件不是可识别的文本或表格。", "The file is neither a text nor a spreadsheet that is known.")
}
