//! What a call asks of a service that stands on a register: four endpoints, and the shapes of their bodies.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tracker::Manner;

use super::code::Code;

/// Most fields in one question.
pub const FIELDS_COUNT_MAX: usize = 100;
/// Most rows in one answer; more go as a batch.
pub const ROWS_COUNT_MAX: u32 = 100;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Question {
    /// `POST …/read`: the fields of one record.
    Read {
        /// The record's key, such as an identity number.
        key: String,
        /// Fields wanted, no more.
        fields: Vec<String>,
    },
    /// `POST …/search`: records that match.
    Search {
        /// Fields with the values they must have.
        filter: BTreeMap<String, Value>,
        /// Fields wanted.
        fields: Vec<String>,
        /// Key of the last record seen.
        #[serde(default)]
        after: Option<String>,
        /// How many at most.
        #[serde(default = "rows_count_max")]
        count: u32,
    },
    /// `POST …/verify`: yes or no (核验).
    Verify {
        /// The record's key.
        key: String,
        /// What the client holds to be true.
        claims: BTreeMap<String, Value>,
    },
    /// `POST …/aggregate`: figures.
    Aggregate {
        /// Fields to group by.
        by: Vec<String>,
        /// Fields with the values they must have.
        #[serde(default)]
        filter: BTreeMap<String, Value>,
    },
}

const fn rows_count_max() -> u32 {
    ROWS_COUNT_MAX
}

impl Question {
    /// The endpoints.
    pub const ENDPOINTS: [&str; 4] = ["read", "search", "verify", "aggregate"];

    /// Reads the body of a call to an endpoint.
    ///
    /// # Errors
    /// [`Code::ServiceUnknown`] for another method or endpoint, [`Code::BodyMalformed`] for another body.
    pub fn parse(method: &str, endpoint: &str, body: &[u8]) -> Result<Self, Code> {
        let variant = match (method, endpoint) {
            ("POST", "read") => "Read",
            ("POST", "search") => "Search",
            ("POST", "verify") => "Verify",
            ("POST", "aggregate") => "Aggregate",
            _ => return Err(Code::ServiceUnknown),
        };
        let body: Value = serde_json::from_slice(body).map_err(|_| Code::BodyMalformed)?;
        let question: Self = serde_json::from_value(serde_json::json!({ variant: body })).map_err(|_| Code::BodyMalformed)?;
        let fields = question.fields();
        if fields.is_empty() || fields.len() > FIELDS_COUNT_MAX || fields.iter().any(String::is_empty) {
            return Err(Code::BodyMalformed);
        }
        Ok(question)
    }

    /// Every field whose value the answer shows or lets be guessed.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<String> {
        match self {
            Self::Read { fields, .. } => fields.iter().cloned().collect(),
            Self::Search { fields, filter, .. } => fields.iter().chain(filter.keys()).cloned().collect(),
            Self::Verify { claims, .. } => claims.keys().cloned().collect(),
            Self::Aggregate { by, filter } => by.iter().chain(filter.keys()).cloned().collect(),
        }
    }

    /// How the data are used; masks may still turn full values into masked ones.
    #[must_use]
    pub const fn manner(&self) -> Manner {
        match self {
            Self::Read { .. } | Self::Search { .. } => Manner::Full,
            Self::Verify { .. } => Manner::YesNo,
            Self::Aggregate { .. } => Manner::Aggregate,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn four_endpoints_and_their_bodies() {
        let read = Question::parse("POST", "read", br#"{"key":"339921195203070016","fields":["name"]}"#).unwrap();
        assert_eq!((read.manner(), read.fields().len()), (Manner::Full, 1));
        let verify = Question::parse("POST", "verify", br#"{"key":"1","claims":{"name":"x","address":"y"}}"#).unwrap();
        assert_eq!((verify.manner(), verify.fields().len()), (Manner::YesNo, 2));
        let search = Question::parse("POST", "search", br#"{"filter":{"division":"339921100"},"fields":["name"]}"#).unwrap();
        assert_eq!(search.fields().into_iter().collect::<Vec<_>>(), ["division", "name"]);
        assert_eq!(Question::parse("POST", "aggregate", br#"{"by":["division"]}"#).unwrap().manner(), Manner::Aggregate);
        let misspelt = Question::parse("POST", "aggregate", br#"{"by":["division"],"fliter":{"division":"339921100"}}"#);
        assert_eq!(misspelt, Err(Code::BodyMalformed), "else it would be answered for all rows");
        assert_eq!(Question::parse("GET", "read", b"{}"), Err(Code::ServiceUnknown));
        assert_eq!(Question::parse("POST", "delete", b"{}"), Err(Code::ServiceUnknown));
        for wrong in
            [&b""[..], b"[]", b"{}", br#"{"key":"1","fields":[]}"#, br#"{"key":1,"fields":["a"]}"#, br#"{"key":"1","fields":["a"],"filter":{}}"#]
        {
            assert_eq!(Question::parse("POST", "read", wrong), Err(Code::BodyMalformed));
        }
    }
}
