//! Tables of others: the SQL of this crate.

mod mysql_table;
mod postgres_table;
mod sqlite_table;

pub use mysql_table::MySqlTable;
pub use postgres_table::PostgresTable;
pub use sqlite_table::SqliteTable;

use crate::{ANSWER_ROWS_MAX, Mapping, SourceError, outer};

/// The selection under a key; `mark` gives the sign of a parameter.
fn statement(mapping: &Mapping, table: &str, key: &[(&str, &str)], mark: impl Fn(usize) -> String) -> Result<String, SourceError> {
    let mut conditions = Vec::with_capacity(key.len());
    for (index, (name, _)) in key.iter().enumerate() {
        conditions.push(format!("cast({} as text) = {}", quoted(outer(mapping, name)?), mark(index.saturating_add(1))));
    }
    Ok(format!("{} where {} limit {}", selection(mapping, table), conditions.join(" and "), ANSWER_ROWS_MAX.saturating_add(1)))
}

/// `select … from …` with quoted names.
fn selection(mapping: &Mapping, table: &str) -> String {
    let columns: Vec<String> = mapping.iter().map(|(_, column)| quoted(column)).collect();
    let table: Vec<String> = table.split('.').map(quoted).collect();
    format!("select {} from {}", columns.join(", "), table.join("."))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
