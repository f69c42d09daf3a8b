use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use serde_json::{Map, Value};

use crate::expression::Expression;

/// How many parsed expressions are kept. Packages have hundreds; the bound protects against expressions made by programs.
const CACHE_MAX: usize = 10_000;

type Parsed = Arc<Result<Expression, String>>;

/// Evaluates FEEL expressions and keeps them parsed. Shared by all threads.
#[derive(Debug, Default)]
pub struct Feel {
    parsed: RwLock<HashMap<String, Parsed>>,
}

impl Feel {
    /// An evaluator with nothing parsed yet.
    pub fn new() -> Feel {
        Feel::default()
    }

    /// Evaluates an expression over the variables. An operation on a missing value is an error that names what is
    /// missing; only `=` and `!=` accept it, as unequal to everything but null.
    pub fn evaluate(&self, feel: &str, variables: &Map<String, Value>) -> Result<Value, String> {
        match &*self.parsed(feel) {
            Ok(expression) => expression.evaluate(variables),
            Err(message) => Err(message.clone()),
        }
    }

    /// Evaluates a condition: true or false, and an error for everything else.
    pub fn holds(&self, feel: &str, variables: &Map<String, Value>) -> Result<bool, String> {
        match self.evaluate(feel, variables)? {
            Value::Bool(holds) => Ok(holds),
            other => Err(format!("{feel}: expected true or false, but the result is {other}")),
        }
    }

    /// Whether the text is an expression that may be used: it parses, calls known functions, reads no clock.
    pub fn check(&self, feel: &str) -> Result<(), String> {
        match &*self.parsed(feel) {
            Ok(_) => Ok(()),
            Err(message) => Err(message.clone()),
        }
    }

    /// The dotted paths of the variables an expression reads, sorted. Bare names inside a filter `xs[...]` are left out,
    /// because they may be fields of the elements.
    pub fn variables(&self, feel: &str) -> Result<Vec<String>, String> {
        match &*self.parsed(feel) {
            Ok(expression) => Ok(expression.paths.clone()),
            Err(message) => Err(message.clone()),
        }
    }

    fn parsed(&self, feel: &str) -> Parsed {
        if let Some(found) = self.parsed.read().unwrap_or_else(PoisonError::into_inner).get(feel) {
            return Arc::clone(found);
        }
        let parsed: Parsed = Arc::new(Expression::parse(feel));
        let mut cache = self.parsed.write().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= CACHE_MAX {
            cache.clear();
        }
        cache.insert(feel.to_owned(), Arc::clone(&parsed));
        parsed
    }
}

#[cfg(test)]
mod tests;
