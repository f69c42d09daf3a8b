//! What is wrong with a flow file, and where.

use std::fmt;

/// A place in a flow file; both counts start at 1, columns count characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line in the file.
    pub line: u32,
    /// Character in the line.
    pub column: u32,
}

/// One defect of a flow file. Every defect is reported, never only the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line in the file, from 1.
    pub line: u32,
    /// Character in the line, from 1.
    pub column: u32,
    /// Stable kebab-case name of the defect.
    pub code: &'static str,
    /// The sentence in Chinese.
    pub zh: String,
    /// The sentence in English.
    pub en: String,
}

impl Problem {
    /// A defect at a place, with its sentence in both languages.
    pub fn new(at: Position, code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { line: at.line, column: at.column, code, zh: zh.into(), en: en.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} / {} [{}]", self.line, self.column, self.zh, self.en, self.code)
    }
}

/// Orders by place and drops repetitions.
pub(crate) fn in_file_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by(|a, b| (a.line, a.column, a.code, &a.en).cmp(&(b.line, b.column, b.code, &b.en)));
    problems.dedup();
    problems
}
