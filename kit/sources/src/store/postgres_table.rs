use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql;
use postgres::{Client, NoTls};
use serde_json::{Map, Value};

use super::{selection, statement};
use crate::{Mapping, Source, SourceError};

/// How long a question may take on the server.
const LIMIT: &str = "set statement_timeout = '5s'; set default_transaction_read_only = on";
/// The same for all rows, which are fetched while they are looked at.
const LIMIT_OF_ALL: &str = "set statement_timeout = '10min'; set default_transaction_read_only = on";

/// A table or view of a PostgreSQL server, asked over a connection of its own.
#[derive(Clone)]
pub struct PostgresTable {
    address: String,
    table: String,
    mapping: Mapping,
}

impl PostgresTable {
    /// The table at an address (`host=… user=… dbname=…`), with the columns that are read.
    #[must_use]
    pub fn new(address: &str, table: &str, mapping: Mapping) -> Self {
        Self { address: address.to_owned(), table: table.to_owned(), mapping }
    }

    fn place(&self) -> String {
        self.address.split_whitespace().filter(|part| !part.starts_with("password=")).collect::<Vec<_>>().join(" ")
    }

    fn all(&self, visit: &mut dyn FnMut(i64, &Map<String, Value>)) -> Result<(), postgres::Error> {
        let mut client = Client::connect(&self.address, NoTls)?;
        client.batch_execute(LIMIT_OF_ALL)?;
        let text = as_json(&selection(&self.mapping, &self.table));
        let mut rows = client.query_raw(text.as_str(), std::iter::empty::<&str>())?;
        let mut number = 0_i64;
        while let Some(row) = rows.next()? {
            number = number.saturating_add(1);
            let answer: String = row.try_get(0)?;
            visit(number, &self.named(&answer));
        }
        Ok(())
    }

    fn rows(&self, text: &str, key: &[(&str, &str)]) -> Result<Vec<Map<String, Value>>, postgres::Error> {
        let mut client = Client::connect(&self.address, NoTls)?;
        client.batch_execute(LIMIT)?;
        let values: Vec<&(dyn ToSql + Sync)> = key.iter().map(|(_, value)| value as &(dyn ToSql + Sync)).collect();
        let mut found = Vec::new();
        for row in client.query(text, &values)? {
            let answer: String = row.try_get(0)?;
            found.push(self.named(&answer));
        }
        Ok(found)
    }

    /// Values of a row, which is a JSON object, under the names of the asker.
    fn named(&self, row: &str) -> Map<String, Value> {
        let values: Map<String, Value> = serde_json::from_str(row).unwrap_or_default();
        let value = |theirs: &String| values.get(theirs).filter(|value| !value.is_null()).cloned();
        self.mapping.iter().filter_map(|(own, theirs)| Some((own.clone(), value(theirs)?))).collect()
    }
}

/// As JSON, so that every type of a column comes as text or number.
fn as_json(selection: &str) -> String {
    format!("select row_to_json(found)::text from ({selection}) found")
}

impl Source for PostgresTable {
    fn by_key(&self, key: &[(&str, &str)]) -> Result<Vec<Map<String, Value>>, SourceError> {
        let inner = statement(&self.mapping, &self.table, key, |index| format!("${index}"))?;
        self.rows(&as_json(&inner), key).map_err(|fault| SourceError::unreachable(&self.place(), fault))
    }

    fn gives_rows(&self) -> bool {
        true
    }

    fn each(&self, visit: &mut dyn FnMut(i64, &Map<String, Value>)) -> Result<(), SourceError> {
        self.all(visit).map_err(|fault| SourceError::unreachable(&self.place(), fault))
    }
}
