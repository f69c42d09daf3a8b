//! A whole form, as a package has it.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod journey;
mod parse;
mod post;
mod round_trip;
mod validate;

use forms::{Conditions, Facts, Form};
use serde_json::{Map, Value, json};

const SHOP: &str = include_str!("shop.json");

fn shop() -> Form {
    Form::parse(SHOP).unwrap()
}

/// Understands `path = literal` and fails on a missing path inside `>`; enough to stand for FEEL here.
struct Equalities;

impl Conditions for Equalities {
    fn holds(&self, feel: &str, variables: &Map<String, Value>) -> Result<bool, String> {
        let (path, literal) = feel.split_once(" = ").ok_or("not an equality")?;
        let mut value = &Value::Object(variables.clone());
        for name in path.split('.') {
            value = value.get(name).unwrap_or(&Value::Null);
        }
        Ok(*value == serde_json::from_str::<Value>(literal).map_err(|e| e.to_string())?)
    }
}

fn facts() -> Facts<'static> {
    Facts::new(&Equalities, map(json!({ "situation": { "place": "county" } })))
}

fn map(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn complete() -> Map<String, Value> {
    map(json!({
        "operator_name": "示例", "id_number": "33992119900101001X", "trade_name": "云溪小馆", "business": ["food"], "food": true,
        "premises": "rented", "rent_until": "2027-12-31", "rent": 120050, "area": 45.5,
    }))
}

fn posted(boxes: &[(&str, &str)]) -> Vec<(String, String)> {
    boxes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
