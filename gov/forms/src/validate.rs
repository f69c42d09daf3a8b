use jsonschema::error::ValidationErrorKind as Broken;
use serde_json::{Map, Value};

use crate::convert;
use crate::form::{Field, Form, Kind, Widget};
use crate::formats::Formats;
use crate::journey::Facts;
use crate::problem::FieldProblem;
use crate::sentence::{self, Limit};

pub(crate) fn answers(form: &Form, answers: &Map<String, Value>, facts: &Facts<'_>) -> Vec<FieldProblem> {
    let mut problems = form.journey(answers, facts).problems();
    for name in answers.keys().filter(|name| form.field(name).is_none()) {
        problems.push(sentence::unknown(name));
    }
    problems
}

/// What is wrong with the answer of one shown field. At most one problem: the first that the person can act on.
pub(crate) fn field(field: &Field, answer: Option<&Value>, formats: &Formats) -> Option<FieldProblem> {
    let Some(answer) = answer.filter(|answer| !is_empty(answer)) else {
        return field.required.then(|| sentence::required(field));
    };
    let mut found: Vec<FieldProblem> = field.validator.iter_errors(answer).map(|error| problem(field, error.kind())).collect();
    found.sort_by_key(|problem| urgency(&problem.code));
    if !found.is_empty() {
        return found.into_iter().next();
    }
    if !is_canonical(field, answer) {
        return Some(sentence::wrong_type(field));
    }
    if let (Some(format), Value::String(text)) = (&field.format, answer)
        && let Err(said) = formats.check(format, text)
    {
        return Some(sentence::format(field, format, said));
    }
    None
}

/// Whether the answer is one that typing could have given: whole numbers are JSON integers, texts are trimmed and without
/// control characters. So what arrives by an interface is kept in the same form as what arrives by a page.
fn is_canonical(field: &Field, answer: &Value) -> bool {
    match (field.kind, answer) {
        (Kind::Whole, Value::Number(n)) => n.is_i64(),
        (Kind::Text, Value::String(text)) if field.widget != Widget::Date => convert::is_clean(field, text),
        _ => true,
    }
}

/// An empty answer is no answer.
pub(crate) fn is_empty(answer: &Value) -> bool {
    match answer {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

fn urgency(code: &str) -> usize {
    ["type", "choice", "length_min", "length_max", "pattern"].iter().position(|c| *c == code).unwrap_or(9)
}

fn problem(field: &Field, kind: &Broken) -> FieldProblem {
    match kind {
        Broken::MinLength { limit } => sentence::limit(field, Limit::LengthMin, &Value::from(*limit)),
        Broken::MaxLength { limit } => sentence::limit(field, Limit::LengthMax, &Value::from(*limit)),
        Broken::Minimum { limit } => sentence::limit(field, Limit::Minimum, limit),
        Broken::Maximum { limit } => sentence::limit(field, Limit::Maximum, limit),
        Broken::ExclusiveMinimum { limit } => sentence::limit(field, Limit::Above, limit),
        Broken::ExclusiveMaximum { limit } => sentence::limit(field, Limit::Below, limit),
        Broken::MultipleOf { multiple_of } => sentence::limit(field, Limit::Multiple, &Value::from(*multiple_of)),
        Broken::MinItems { limit } => sentence::limit(field, Limit::ItemsMin, &Value::from(*limit)),
        Broken::MaxItems { limit } => sentence::limit(field, Limit::ItemsMax, &Value::from(*limit)),
        Broken::UniqueItems => sentence::choice(field, "repeated"),
        Broken::Enum { .. } | Broken::Constant { .. } => sentence::choice(field, "choice"),
        Broken::Type { .. } => sentence::wrong_type(field),
        _ => sentence::pattern(field),
    }
}
