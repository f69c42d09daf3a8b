//! Values between JSON and FEEL. The toolkit's own JSON text does not escape quotation marks, so it is never used.

use dsntk_feel::Name;
use dsntk_feel::context::FeelContext;
use dsntk_feel::values::Value as Feel;
use serde_json::{Map, Value};

use crate::number;

/// JSON into FEEL. A date stays a string; `date(...)` makes a date of it where the expression needs one.
pub(crate) fn from_json(value: &Value) -> Feel {
    match value {
        Value::Null => Feel::Null(None),
        Value::Bool(b) => Feel::Boolean(*b),
        Value::Number(n) => number::from_json(n).map_or(Feel::Null(None), Feel::Number),
        Value::String(s) => Feel::String(s.clone()),
        Value::Array(items) => Feel::List(items.iter().map(from_json).collect()),
        Value::Object(entries) => Feel::Context(context(entries)),
    }
}

pub(crate) fn context(entries: &Map<String, Value>) -> FeelContext {
    let mut context = FeelContext::default();
    for (key, value) in entries {
        // Keys with blanks around them would collide after the toolkit's trimming.
        if key.trim() == key {
            context.set_entry(&Name::from(key.as_str()), from_json(value));
        }
    }
    context
}

/// The entries of some variables only: an expression uses few of them and converting all costs more than evaluating.
pub(crate) fn context_of(variables: &Map<String, Value>, roots: &[String]) -> FeelContext {
    let mut context = FeelContext::default();
    for root in roots {
        if let Some(value) = variables.get(root) {
            context.set_entry(&Name::from(root.as_str()), from_json(value));
        }
    }
    context
}

/// FEEL into JSON. A null with a message is a failure of the toolkit and becomes an error, wherever it stands.
pub(crate) fn to_json(value: &Feel) -> Result<Value, String> {
    match value {
        Feel::Null(None) => Ok(Value::Null),
        Feel::Null(Some(message)) => Err(message.clone()),
        Feel::Boolean(b) => Ok(Value::Bool(*b)),
        Feel::Number(n) => number::to_json(n).map(Value::Number).ok_or_else(|| format!("the number {n} is out of range")),
        Feel::String(s) => Ok(Value::String(s.clone())),
        Feel::List(items) | Feel::ExpressionList(items) => items.iter().map(to_json).collect::<Result<Vec<_>, _>>().map(Value::Array),
        Feel::Context(context) => {
            let mut entries = Map::new();
            for (name, value) in context.iter() {
                entries.insert(name.to_string(), to_json(value)?);
            }
            Ok(Value::Object(entries))
        }
        Feel::Date(date) => Ok(Value::String(date.to_string())),
        Feel::DateTime(moment) => Ok(Value::String(moment.to_string())),
        Feel::Time(time) => Ok(Value::String(time.to_string())),
        Feel::DaysAndTimeDuration(duration) => Ok(Value::String(duration.to_string())),
        Feel::YearsAndMonthsDuration(duration) => Ok(Value::String(duration.to_string())),
        other => Err(format!("expected a value, but the result is a {}", other.type_of())),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    #[test]
    fn quotation_marks_and_nesting_survive() {
        let value = json!({"a": "say \"hi\"\\", "b": [1, true, null, {"c": 2.5}]});
        assert_eq!(to_json(&from_json(&value)).unwrap(), value);
    }

    #[test]
    fn a_null_with_a_message_is_an_error_even_deep_inside() {
        let failed = Feel::List(vec![Feel::Boolean(true), Feel::Null(Some("no such thing".to_owned()))]);
        assert_eq!(to_json(&failed).unwrap_err(), "no such thing");
    }
}
