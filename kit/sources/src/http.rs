//! A JSON service, asked by `GET`.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::{ANSWER_ROWS_MAX, Mapping, Source, SourceError, outer};

const LIMIT: Duration = Duration::from_secs(10);
const ANSWER_BYTES_MAX: u64 = 4 << 20;

/// A service that answers a key with JSON.
#[derive(Clone)]
pub struct HttpJson {
    address: String,
    token: Option<String>,
    rows_at: String,
    mapping: Mapping,
    agent: ureq::Agent,
}

impl HttpJson {
    /// A service at an address; the parts of the key become its query. `rows_at` is the JSON pointer to the row or array of rows (empty for
    /// the whole answer); the mapping names JSON pointers within a row, or names of its members. `token` is sent as a bearer token.
    #[must_use]
    pub fn new(address: &str, token: Option<String>, rows_at: &str, mapping: Mapping) -> Self {
        let config = ureq::Agent::config_builder().timeout_global(Some(LIMIT)).max_redirects(0).build();
        Self { address: address.to_owned(), token, rows_at: rows_at.to_owned(), mapping, agent: config.into() }
    }

    fn ask(&self, key: &[(&str, &str)]) -> Result<Option<Value>, SourceError> {
        let mut request = self.agent.get(&self.address);
        for (name, value) in key {
            request = request.query(query_name(outer(&self.mapping, name)?), *value);
        }
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        match request.call() {
            Ok(mut answer) => {
                let body = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_string();
                let text = body.map_err(|fault| SourceError::unreachable(&self.address, fault))?;
                serde_json::from_str(&text).map(Some).map_err(|_| SourceError::unexpected(&self.address, "what is not JSON"))
            }
            Err(ureq::Error::StatusCode(404)) => Ok(None),
            Err(fault) => Err(SourceError::unreachable(&self.address, fault)),
        }
    }

    fn row(&self, answer: &Value) -> Result<Map<String, Value>, SourceError> {
        let mut values = Map::new();
        for (own, theirs) in &self.mapping {
            let found = if theirs.starts_with('/') { answer.pointer(theirs) } else { answer.get(theirs) };
            match found {
                None | Some(Value::Null) => {}
                Some(Value::Array(_) | Value::Object(_)) => return Err(SourceError::unexpected(&self.address, "a group where a value was mapped")),
                Some(value) => drop(values.insert(own.clone(), value.clone())),
            }
        }
        Ok(values)
    }
}

/// The last part of a pointer names the parameter.
fn query_name(pointer: &str) -> &str {
    pointer.rsplit('/').next().unwrap_or(pointer)
}

impl Source for HttpJson {
    fn by_key(&self, key: &[(&str, &str)]) -> Result<Vec<Map<String, Value>>, SourceError> {
        let Some(answer) = self.ask(key)? else { return Ok(Vec::new()) };
        match answer.pointer(&self.rows_at) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::Array(rows)) => rows.iter().take(ANSWER_ROWS_MAX.saturating_add(1)).map(|row| self.row(row)).collect(),
            Some(row @ Value::Object(_)) => Ok(vec![self.row(row)?]),
            Some(_) => Err(SourceError::unexpected(&self.address, "neither a row nor rows")),
        }
    }
}
