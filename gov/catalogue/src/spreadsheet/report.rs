use i18n::Text;
use serde::{Deserialize, Serialize};

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Something was put right or left out, and the resource is taken.
    Warning,
    /// The resource is not taken.
    Error,
}

/// One problem, with its cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellProblem {
    /// Name of the sheet.
    pub sheet: String,
    /// Address of the cell: `C12`.
    pub cell: String,
    /// How bad it is.
    pub severity: Severity,
    /// What is the matter, and what was done.
    pub sentence: Text,
}

/// What was read from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Names of the sheets that were read.
    pub sheets: Vec<String>,
    /// Rows below the headers that were not empty.
    pub rows: u32,
    /// Resources found.
    pub found: u32,
    /// Of those, the ones without an error.
    pub good: u32,
    /// Every problem, in the order of the file.
    pub problems: Vec<CellProblem>,
    /// Problems that are not listed, because there are more than [`PROBLEMS_MAX`].
    pub unlisted: u32,
}

/// Problems that a report lists, at most; the rest is counted.
pub const PROBLEMS_MAX: usize = 5_000;

impl Report {
    /// Adds a problem.
    pub fn add(&mut self, problem: CellProblem) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(problem);
        } else {
            self.unlisted += 1;
        }
    }

    /// How many problems of a severity are listed.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.problems.iter().filter(|problem| problem.severity == severity).count()
    }
}

/// The address of a cell from its place, both from 0: (11, 2) is `C12`.
#[must_use]
pub fn address(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.reverse();
    format!("{}{}", letters.into_iter().collect::<String>(), row + 1)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn addresses_are_those_of_a_spreadsheet() {
        for ((row, column), expected) in [((0, 0), "A1"), ((11, 2), "C12"), ((0, 25), "Z1"), ((0, 26), "AA1"), ((9, 701), "ZZ10"), ((0, 702), "AAA1")]
        {
            assert_eq!(address(row, column), expected);
        }
    }
}
