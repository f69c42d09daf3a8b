//! Decision files as packages have them.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod conformance;
mod evaluate;
mod parse;

use serde_json::{Map, Value, json};

const ALLOWANCE: &str = include_str!("allowance.dmn");

fn applicant(age: i64, division: &str) -> Map<String, Value> {
    json!({ "applicant": { "age": age, "division": division } }).as_object().unwrap().clone()
}
