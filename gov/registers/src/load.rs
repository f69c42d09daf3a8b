//! Files that are loaded: CSV, Excel, JSON and Parquet become the command [`LoadRecords`].

use std::sync::Arc;

use clock::Date;
use runner::Refusal;

use crate::commands::LoadRecords;
use crate::model::loading::{LoadProblem, LoadRow};

/// The command that loads a file. Reads the whole file: not for the thread of a writer.
///
/// # Errors
/// The refusal that says why the file is no table.
pub fn load_command(register: &str, bytes: &[u8], valid_from: Date) -> Result<LoadRecords, Refusal> {
    let file = sources::read_file(bytes).map_err(|problem| {
        Refusal::new(problem.code, problem.sentence.zh, problem.sentence.en, "请核对文件后重新选择。", "Check the file and choose it again.")
    })?;
    let rows = file.rows.into_iter().map(|row| LoadRow { row: row.row, cells: row.cells }).collect();
    let unread = file.unread.into_iter().map(|unread| LoadProblem { row: unread.row, column: unread.column, sentence: unread.sentence }).collect();
    Ok(LoadRecords { register: register.to_owned(), file_sm3: seal::hash::sm3_hex(bytes), valid_from, rows: Arc::new(rows), unread })
}
