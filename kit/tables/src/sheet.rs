//! CSV files as read.

use crate::model::{Cell, Field, Kind, TableError};

/// Columns a sheet may have.
pub const COLUMNS_MAX: usize = 200;
/// Characters of a field's name.
pub const NAME_CHARS_MAX: usize = 63;
const ROWS_MAX: u64 = 20_000_000;
/// Rows looked at to guess kinds; all rows must fit in the end.
const GUESS_ROWS_MAX: usize = 20_000;
/// Fields with longer texts are not indexed by value.
const INDEXED_CHARS_MAX: usize = 60;
/// Fields with longer texts on average get an index of their words.
const FULL_TEXT_CHARS_MIN: usize = 6;
const INDEXES_MAX: usize = 8;

/// A CSV file: UTF-8 with or without mark, a header, commas.
pub struct Sheet<'b> {
    /// Names of the columns.
    pub header: Vec<String>,
    reader: csv::Reader<&'b [u8]>,
    record: csv::StringRecord,
    line: u64,
}

impl<'b> Sheet<'b> {
    /// Reads the header.
    ///
    /// # Errors
    /// A header without names, with doubled, hidden or overlong ones; text that is not UTF-8.
    pub fn read(bytes: &'b [u8]) -> Result<Self, TableError> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(bytes);
        let header: Vec<String> = reader.headers().map_err(|error| unreadable(1, &error))?.iter().map(|name| name.trim().to_owned()).collect();
        check(&header)?;
        Ok(Self { header, reader, record: csv::StringRecord::new(), line: 1 })
    }

    /// Reads the header, which must name these fields.
    ///
    /// # Errors
    /// As [`Sheet::read`]; other columns.
    pub fn of(fields: &[Field], bytes: &'b [u8]) -> Result<Self, TableError> {
        let sheet = Self::read(bytes)?;
        if sheet.header.len() != fields.len() || sheet.header.iter().zip(fields).any(|(name, field)| *name != field.name) {
            return Err(TableError::Sheet { line: 1, what: "the columns are not the fields declared".to_owned() });
        }
        Ok(sheet)
    }

    /// The next row with its line, if there is one.
    ///
    /// # Errors
    /// A row of another length than the header's, text that is not UTF-8, too many rows.
    pub fn next_row(&mut self) -> Result<Option<(u64, &csv::StringRecord)>, TableError> {
        self.line += 1;
        if !self.reader.read_record(&mut self.record).map_err(|error| unreadable(self.line, &error))? {
            return Ok(None);
        }
        if self.line > ROWS_MAX {
            return Err(TableError::Sheet { line: self.line, what: format!("more than {ROWS_MAX} rows") });
        }
        Ok(Some((self.line, &self.record)))
    }
}

fn unreadable(line: u64, error: &csv::Error) -> TableError {
    let what = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "the text is not UTF-8".to_owned(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => format!("expected {expected_len} values, but there are {len}"),
        _ => "not readable as CSV".to_owned(),
    };
    TableError::Sheet { line, what }
}

fn check(header: &[String]) -> Result<(), TableError> {
    let wrong = |what: String| Err(TableError::Sheet { line: 1, what });
    if header.is_empty() || header.len() > COLUMNS_MAX {
        return wrong(format!("expected 1 to {COLUMNS_MAX} columns, but there are {}", header.len()));
    }
    for (position, name) in header.iter().enumerate() {
        let bad =
            name.is_empty() || name.chars().count() > NAME_CHARS_MAX || name.starts_with('_') || name.chars().any(|c| c.is_control() || c == '"');
        if bad {
            return wrong(format!("the name of column {} is not usable", position + 1));
        }
        let folded = name.to_lowercase();
        if header.iter().skip(position + 1).any(|other| other.to_lowercase() == folded) {
            return wrong(format!("two columns have the name {name:?}"));
        }
    }
    Ok(())
}

/// Kinds and indexes as the rows suggest.
///
/// # Errors
/// As reading the sheet.
pub fn guess(bytes: &[u8]) -> Result<Vec<Field>, TableError> {
    const TRIED: [Kind; 4] = [Kind::Integer, Kind::Numeric, Kind::Date, Kind::Timestamp];
    let mut sheet = Sheet::read(bytes)?;
    let header = sheet.header.clone();
    let mut facts: Vec<Facts> = header.iter().map(|_| Facts { possible: TRIED.to_vec(), ..Facts::default() }).collect();
    let mut rows = 0;
    while let Some((_, record)) = sheet.next_row()? {
        rows += 1;
        if rows > GUESS_ROWS_MAX {
            break;
        }
        for (value, facts) in record.iter().zip(&mut facts) {
            facts.see(value.trim());
        }
    }
    let mut indexes = 0;
    let field = |(name, facts): (&String, Facts)| {
        let kind = if facts.values == 0 { Kind::Text } else { facts.possible.first().copied().unwrap_or(Kind::Text) };
        let indexed = facts.longest <= INDEXED_CHARS_MAX && indexes < INDEXES_MAX;
        indexes += usize::from(indexed);
        let full_text = kind == Kind::Text && facts.values > 0 && facts.chars / facts.values.max(1) >= FULL_TEXT_CHARS_MIN;
        Field { name: name.clone(), kind, indexed, full_text }
    };
    Ok(header.iter().zip(facts).map(field).collect())
}

#[derive(Default)]
struct Facts {
    possible: Vec<Kind>,
    values: usize,
    chars: usize,
    longest: usize,
}

impl Facts {
    fn see(&mut self, value: &str) {
        if value.is_empty() {
            return;
        }
        let chars = value.chars().count();
        self.values += 1;
        self.chars += chars;
        self.longest = self.longest.max(chars);
        // A leading zero, or a number too long to count with, is a code and no number.
        let is_code = (value.len() > 1 && value.starts_with('0') && !value.starts_with("0.")) || value.len() > 15;
        self.possible.retain(|kind| !(kind.is_number() && is_code) && kind.read(value).is_some_and(|cell| cell != Cell::Null));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn kinds_are_guessed_and_codes_stay_text() {
        let csv = "\u{feff}code,名称,n,x,day,at,none\n012,云溪县人民路站,1,1.5,2026-03-02,2026-03-02T09:00,\n013,城关镇中山路口站,,2,2026-03-03,2026-03-02T09:00:05,\n";
        let fields = guess(csv.as_bytes()).unwrap();
        let kinds: Vec<Kind> = fields.iter().map(|field| field.kind).collect();
        assert_eq!(kinds, [Kind::Text, Kind::Text, Kind::Integer, Kind::Numeric, Kind::Date, Kind::Timestamp, Kind::Text]);
        assert!(fields[1].full_text && !fields[0].full_text);
        assert_eq!(fields[0].name, "code");
    }

    #[test]
    fn a_header_must_name_every_column_once() {
        for header in ["", "a,,b", "a,A", "_id,b", "a\"b,c", &"长".repeat(64), &vec!["c"; 300].join(",")] {
            assert!(Sheet::read(header.as_bytes()).is_err(), "{header}");
        }
        assert!(matches!(guess(b"a,b\n1,2\n3\n").unwrap_err(), TableError::Sheet { line: 3, .. }));
        assert!(matches!(guess(b"a\n\xff\n").unwrap_err(), TableError::Sheet { line: 2, .. }));
    }
}
