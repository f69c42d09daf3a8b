//! A crumb of FEEL, enough for the tests: literals, paths, `+`, `= != < >`, `and or`, `not(…)`.

use flow::Expressions;
use serde_json::{Map, Value};

pub struct Feel;

impl Expressions for Feel {
    fn evaluate(&self, feel: &str, variables: &Map<String, Value>) -> Result<Value, String> {
        let mut reader = Reader { rest: feel.trim(), variables };
        let value = reader.disjunction()?;
        if reader.rest.is_empty() { Ok(value) } else { Err(format!("unread: {}", reader.rest)) }
    }
}

struct Reader<'a> {
    rest: &'a str,
    variables: &'a Map<String, Value>,
}

impl Reader<'_> {
    fn take(&mut self, word: &str) -> bool {
        let taken = self.rest.strip_prefix(word).map(str::trim_start);
        self.rest = taken.unwrap_or(self.rest);
        taken.is_some()
    }

    fn disjunction(&mut self) -> Result<Value, String> {
        let mut value = self.conjunction()?;
        while self.take("or ") {
            let other = self.conjunction()?;
            value = Value::Bool(truth(&value)? | truth(&other)?);
        }
        Ok(value)
    }

    fn conjunction(&mut self) -> Result<Value, String> {
        let mut value = self.comparison()?;
        while self.take("and ") {
            let other = self.comparison()?;
            value = Value::Bool(truth(&value)? & truth(&other)?);
        }
        Ok(value)
    }

    fn comparison(&mut self) -> Result<Value, String> {
        let left = self.sum()?;
        if self.take("!=") {
            return Ok(Value::Bool(left != self.sum()?));
        }
        if self.take("=") {
            return Ok(Value::Bool(left == self.sum()?));
        }
        if self.take("<") {
            return Ok(Value::Bool(left.as_i64().ok_or("no number")? < self.sum()?.as_i64().ok_or("no number")?));
        }
        if self.take(">") {
            return Ok(Value::Bool(left.as_i64().ok_or("no number")? > self.sum()?.as_i64().ok_or("no number")?));
        }
        Ok(left)
    }

    fn sum(&mut self) -> Result<Value, String> {
        let mut value = self.atom()?;
        while self.take("+") {
            value = Value::from(value.as_i64().unwrap_or(0) + self.atom()?.as_i64().unwrap_or(0));
        }
        Ok(value)
    }

    fn atom(&mut self) -> Result<Value, String> {
        if self.take("not(") {
            let value = self.disjunction()?;
            return if self.take(")") { Ok(Value::Bool(!truth(&value)?)) } else { Err("unclosed".to_owned()) };
        }
        if let Some(text) = self.rest.strip_prefix('"') {
            let (text, rest) = text.split_once('"').ok_or("unclosed text")?;
            self.rest = rest.trim_start();
            return Ok(Value::from(text));
        }
        let end = self.rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start();
        match word {
            "" => Err(format!("nothing to read at: {rest}")),
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            "null" => Ok(Value::Null),
            number if number.starts_with(|c: char| c.is_ascii_digit()) => number.parse::<i64>().map(Value::from).map_err(|error| error.to_string()),
            path => Ok(self.path(path)),
        }
    }

    fn path(&self, path: &str) -> Value {
        let mut parts = path.split('.');
        let first = parts.next().and_then(|name| self.variables.get(name));
        parts.fold(first, |value, part| value.and_then(|value| value.get(part))).cloned().unwrap_or(Value::Null)
    }
}

fn truth(value: &Value) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| format!("no boolean: {value}"))
}
