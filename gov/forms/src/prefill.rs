use serde::Serialize;
use serde_json::{Map, Value};

use crate::form::{Field, Form, Kind};
use crate::{convert, validate};

/// A value that government holds already, and where.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prefilled {
    /// Name of the field.
    pub field: String,
    /// The value, of the type of the field.
    pub value: Value,
    /// The path in the sources: `population.name`.
    pub source: String,
}

impl Form {
    /// The values that need not be typed. `sources` holds one object per source: `applicant`, `population`, `legal-persons`.
    /// A value that the field would refuse is left out: the person is asked instead.
    pub fn prefill(&self, sources: &Map<String, Value>) -> Vec<Prefilled> {
        let mut found = Vec::new();
        for field in &self.fields {
            let Some(source) = &field.prefill else { continue };
            if let Some(value) = self.held(field, source, sources) {
                found.push(Prefilled { field: field.name.clone(), value, source: source.clone() });
            }
        }
        found
    }

    /// What the sources hold under a path (`population.name`) as an answer to a field; `None` where there is nothing that the field takes.
    pub fn held(&self, field: &Field, path: &str, sources: &Map<String, Value>) -> Option<Value> {
        let value = lookup(sources, path).and_then(|value| fitting(field, value))?;
        validate::field(field, Some(&value), &self.formats).is_none().then_some(value)
    }
}

fn lookup<'a>(sources: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let mut names = path.split('.');
    let mut value = sources.get(names.next()?)?;
    for name in names {
        value = value.as_object()?.get(name)?;
    }
    Some(value).filter(|value| !validate::is_empty(value))
}

/// A number asked as text is written out; a text is read as if it were typed.
fn fitting(field: &Field, value: &Value) -> Option<Value> {
    match (field.kind, value) {
        (Kind::Text, Value::Number(n)) => Some(Value::String(n.to_string())),
        (Kind::Text | Kind::Whole | Kind::Decimal | Kind::YesNo, Value::String(text)) => convert::typed(field, text).ok().flatten(),
        _ => Some(value.clone()),
    }
}
