//! The departments' tables: read as they are, written as the guide wants them.

mod report;

pub use report::{CellProblem, PROBLEMS_MAX, Report, Severity, address};
