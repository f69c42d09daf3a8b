//! What is loaded, and the report about it.

use std::collections::HashMap;

use i18n::Text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::declaration::Declaration;

/// Head of the column with the first day on which a row holds.
pub const VALID_FROM: &str = "valid_from";
/// Head of the column with the last day.
pub const VALID_UNTIL: &str = "valid_until";
/// More problems than so many, and the file is not the right one.
pub const PROBLEMS_COUNT_MAX: usize = 5_000;

/// A row of a file, by the heads of its columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LoadRow {
    /// As a spreadsheet counts: the head is row 1.
    pub row: usize,
    /// Values by head of column.
    pub cells: Map<String, Value>,
}

/// What was wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadProblem {
    /// As a spreadsheet counts; 0 for the file as a whole.
    pub row: usize,
    /// The column, as the register names its field.
    pub column: String,
    /// The sentence; it never repeats the value.
    pub sentence: Text,
}

/// What came of a load.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadReport {
    /// Rows in the file.
    pub rows: usize,
    /// Rows under a key that was not there.
    pub added: usize,
    /// Rows that made a new version.
    pub changed: usize,
    /// Rows that say what is known.
    pub unchanged: usize,
    /// Rows that were not taken; each has at least one problem.
    pub refused: usize,
    /// All problems.
    pub problems: Vec<LoadProblem>,
    /// SM3 over the hashes of all records written, in their order.
    pub records_sm3: String,
    /// First place in the change feed, 0 when nothing was written.
    pub position_from: i64,
    /// Last place in the change feed.
    pub position_to: i64,
}

/// A load that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Identifier.
    pub id: String,
    /// The register.
    pub register: String,
    /// SM3 of the file; the same file is loaded once.
    pub file_sm3: String,
    /// What came of it.
    pub report: LoadReport,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// The account that loaded it.
    pub account: String,
}

/// Which head of a column means which field: by its name, or by its title in either language.
pub struct Columns<'d>(HashMap<&'d str, &'d str>);

impl<'d> Columns<'d> {
    /// The columns of a register.
    #[must_use]
    pub fn of(declaration: &'d Declaration) -> Self {
        let mut known: HashMap<&str, &str> = [
            (VALID_FROM, VALID_FROM),
            ("生效日期", VALID_FROM),
            ("Valid from", VALID_FROM),
            (VALID_UNTIL, VALID_UNTIL),
            ("失效日期", VALID_UNTIL),
            ("Valid until", VALID_UNTIL),
        ]
        .into();
        for field in &declaration.fields {
            for head in [&field.title.en, &field.title.zh, &field.name] {
                known.insert(head, &field.name);
            }
        }
        Self(known)
    }

    /// The field a head means.
    #[must_use]
    pub fn field(&self, head: &str) -> Option<&'d str> {
        self.0.get(head.trim()).copied()
    }
}
