//! The departments' tables: read as they are, written as the guide wants them.

mod block;
mod columns;
mod grid;
mod header;
mod read;
mod report;
mod words;
mod write;

pub use grid::{COLUMNS_MAX, FILE_BYTES_MAX, FileProblem, Grid, ROWS_MAX, grids};
pub use read::{Provider, Table, read, read_grids};
pub use report::{CellProblem, PROBLEMS_MAX, Report, Severity, address};
pub use write::{to_csv, to_xlsx};
