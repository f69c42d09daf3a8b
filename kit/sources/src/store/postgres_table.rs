use postgres::types::ToSql;
use postgres::{Client, NoTls};
use serde_json::{Map, Value};

use super::statement;
use crate::{Mapping, Source, SourceError};

/// How long a question may take on the server.
const LIMIT: &str = "set statement_timeout = '5s'; set default_transaction_read_only = on";

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

    fn rows(&self, text: &str, key: &[(&str, &str)]) -> Result<Vec<Map<String, Value>>, postgres::Error> {
        let mut client = Client::connect(&self.address, NoTls)?;
        client.batch_execute(LIMIT)?;
        let values: Vec<&(dyn ToSql + Sync)> = key.iter().map(|(_, value)| value as &(dyn ToSql + Sync)).collect();
        let mut found = Vec::new();
        for row in client.query(text, &values)? {
            let answer: String = row.try_get(0)?;
            if let Ok(Value::Object(mut values)) = serde_json::from_str(&answer) {
                values.retain(|_, value| !value.is_null());
                found.push(self.named(&values));
            }
        }
        Ok(found)
    }

    /// Values under the names of the asker.
    fn named(&self, values: &Map<String, Value>) -> Map<String, Value> {
        self.mapping.iter().filter_map(|(own, theirs)| Some((own.clone(), values.get(theirs)?.clone()))).collect()
    }
}

impl Source for PostgresTable {
    fn by_key(&self, key: &[(&str, &str)]) -> Result<Vec<Map<String, Value>>, SourceError> {
        // As JSON, so that every type of a column comes as text or number.
        let inner = statement(&self.mapping, &self.table, key, |index| format!("${index}"))?;
        let text = format!("select row_to_json(found)::text from ({inner}) found");
        self.rows(&text, key).map_err(|fault| SourceError::unreachable(&self.place(), fault))
    }
}
