//! Fields, cells, questions and answers.

use std::time::Duration;

use serde::{Deserialize, Serialize};

const FOUND_CHARS_MAX: usize = 40;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Any text.
    Text,
    /// Whole numbers of 64 bits.
    Integer,
    /// Numbers with decimals.
    Numeric,
    /// Days, `2026-03-02`.
    Date,
    /// Moments, `2026-03-02T09:00:00`.
    Timestamp,
    /// Yes or no.
    Boolean,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Text, Self::Integer, Self::Numeric, Self::Date, Self::Timestamp, Self::Boolean];

    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Numeric => "numeric",
            Self::Date => "date",
            Self::Timestamp => "timestamp",
            Self::Boolean => "boolean",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == code)
    }

    /// Whether values are compared as numbers.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Numeric)
    }

    /// The declared type in SQLite; `parse_declared` reads it back.
    pub(crate) const fn declared(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Numeric => "real",
            Self::Date => "text_date",
            Self::Timestamp => "text_timestamp",
            Self::Boolean => "int_boolean",
        }
    }

    pub(crate) fn parse_declared(declared: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.declared().eq_ignore_ascii_case(declared))
    }

    /// The value of a text; `None` when it is not of this kind. Blank text is no value.
    #[must_use]
    pub fn read(self, text: &str) -> Option<Cell> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Cell::Null);
        }
        match self {
            Self::Text => Some(Cell::Text(text.to_owned())),
            Self::Integer => text.parse().ok().map(Cell::Int),
            Self::Numeric => text.parse().ok().filter(|x: &f64| x.is_finite()).map(Cell::Real),
            Self::Date => text.parse::<jiff::civil::Date>().ok().filter(|_| text.len() == 10).map(|day| Cell::Text(day.to_string())),
            Self::Timestamp => text.parse::<jiff::civil::DateTime>().ok().filter(|_| text.len() >= 16).map(|at| Cell::Text(at.to_string())),
            Self::Boolean => match text.to_ascii_lowercase().as_str() {
                "true" | "t" | "1" | "yes" | "是" => Some(Cell::Int(1)),
                "false" | "f" | "0" | "no" | "否" => Some(Cell::Int(0)),
                _ => None,
            },
        }
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Field {
    /// Its name, as in the header.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether rows are often looked for by it.
    #[serde(default)]
    pub indexed: bool,
    /// Whether words in it can be looked for.
    #[serde(default)]
    pub full_text: bool,
}

impl Field {
    /// The value of a text in this column.
    ///
    /// # Errors
    /// A text of another kind, with its line.
    pub(crate) fn cell(&self, line: u64, text: &str) -> Result<Cell, TableError> {
        let wrong = || {
            let found = text.chars().take(FOUND_CHARS_MAX).collect();
            TableError::Value { line, field: self.name.clone(), kind: self.kind, found }
        };
        self.kind.read(text).ok_or_else(wrong)
    }
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number; booleans are 0 and 1.
    Int(i64),
    /// A number with decimals.
    Real(f64),
    /// Text, days and moments.
    Text(String),
}

/// A column of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds, where that is known.
    pub kind: Option<Kind>,
}

/// Rows that answer a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// How many rows there are without limit and offset, where that was asked.
    pub total: Option<u64>,
    /// Whether rows were left out because of a bound.
    pub is_cut: bool,
}

/// Rows whose field has one of some values, or lies between two.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// One of these; [`Cell::Null`] stands for no value.
    AnyOf(Vec<Cell>),
    /// Not below the first, not above the second.
    Between(Option<Cell>, Option<Cell>),
}

/// Words to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// In this field; in all otherwise.
    pub field: Option<String>,
    /// What was typed.
    pub text: String,
}

/// A question put together from parts. Names that the table has not are refused.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// All must hold.
    pub filters: Vec<(String, Filter)>,
    /// All must be found.
    pub words: Vec<Sought>,
    /// Columns wanted, in this order; none: all, with the row number `_id`.
    pub columns: Vec<String>,
    /// Order: field, and whether the largest comes first. Rows otherwise come as they stand in the sheet.
    pub order: Vec<(String, bool)>,
    /// Whether equal rows are shown once.
    pub distinct: bool,
    /// How many rows.
    pub limit: u32,
    /// After so many.
    pub offset: u32,
    /// Whether to count all.
    pub count: bool,
}

/// Where an answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Time until it must be there.
    pub time_max: Duration,
    /// Rows.
    pub rows_max: u32,
    /// Bytes of all values together.
    pub bytes_max: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { time_max: Duration::from_secs(3), rows_max: 32_000, bytes_max: 16 * 1024 * 1024 }
    }
}

/// Why there is no table, or no answer.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The sheet cannot be read.
    #[error("line {line}: {what}")]
    Sheet {
        /// From 1, the header included.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// A value is not of its field's kind.
    #[error("line {line}, field {field}: expected {}, but found {found:?}", .kind.as_str())]
    Value {
        /// From 1, the header included.
        line: u64,
        /// The field.
        field: String,
        /// What it should hold.
        kind: Kind,
        /// What stands there, shortened.
        found: String,
    },
    /// A field that the table has not.
    #[error("there is no field {0:?}")]
    NoField(String),
    /// More than a statement may name.
    #[error("a statement may name at most {0} tables")]
    TooManyTables(usize),
    /// A statement that does what it must not.
    #[error("not permitted: {0}")]
    NotPermitted(String),
    /// A statement that is wrong.
    #[error("{0}")]
    Wrong(String),
    /// It took too long.
    #[error("no answer within the time allowed")]
    TooSlow,
    /// The table is not on the shelf.
    #[error("the table {0} is not on the shelf")]
    Missing(String),
    /// The folder.
    #[error("the shelf")]
    Folder(#[from] std::io::Error),
    /// Writing Parquet.
    #[error("the table as Parquet")]
    Parquet(#[source] parquet::errors::ParquetError),
    /// The engine.
    #[error("the engine of tables")]
    Engine(#[source] rusqlite::Error),
}
