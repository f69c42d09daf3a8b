use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::convert;
use crate::form::{Field, Form, Kind, Page, Widget};
use crate::journey::Facts;
use crate::problem::FieldProblem;
use crate::sentence;

/// One page as it was posted, converted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Posted {
    /// Values by field. A field left blank or not readable has none.
    pub answers: Map<String, Value>,
    /// What could not be read.
    pub problems: Vec<FieldProblem>,
    /// What was typed, by name of the box, for showing it again.
    pub typed: BTreeMap<String, Vec<String>>,
}

/// A page taken into the answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// All answers, with those of the page; hidden fields dropped.
    pub answers: Map<String, Value>,
    /// What is wrong on this page; empty: go on.
    pub problems: Vec<FieldProblem>,
    /// What was typed, by name of the box.
    pub typed: BTreeMap<String, Vec<String>>,
}

impl Form {
    /// Reads the fields of a page from a posted form. Dates come as one box `name`, or as `name-year`, `name-month`, `name-day`.
    pub fn parse_page(&self, page: &Page, posted: &[(String, String)]) -> Posted {
        let mut found = Posted::default();
        for field in self.fields_of(page) {
            for name in boxes(field) {
                let values: Vec<String> = posted.iter().filter(|(n, _)| *n == name).map(|(_, v)| limited(v)).collect();
                if !values.is_empty() {
                    found.typed.insert(name, values);
                }
            }
            match read(field, posted) {
                Ok(Some(value)) => {
                    found.answers.insert(field.name.clone(), value);
                }
                Ok(None) => {}
                Err(key) => found.problems.push(sentence::conversion(field, key)),
            }
        }
        found
    }

    /// Takes a posted page into the answers and checks it. Fields that are hidden with the new answers are not checked.
    pub fn answer_page(&self, page: &Page, posted: &[(String, String)], answers: &Map<String, Value>, facts: &Facts<'_>) -> Answered {
        let read = self.parse_page(page, posted);
        let mut merged = answers.clone();
        for field in &page.fields {
            merged.remove(field);
        }
        merged.extend(read.answers);
        let journey = self.journey(&merged, facts);
        let mut problems: Vec<FieldProblem> = read.problems.into_iter().filter(|problem| journey.shows(&problem.field)).collect();
        for problem in self.page(&page.id).map(|page| journey.page_problems(page)).unwrap_or_default() {
            // What could not be read is not missing as well.
            if problems.iter().all(|other| other.field != problem.field) {
                problems.push(problem);
            }
        }
        problems.sort_by_key(|problem| page.fields.iter().position(|name| *name == problem.field));
        Answered { answers: journey.into_answers(), problems, typed: read.typed }
    }

    /// The posted form that gives these answers: the values to show in the boxes of a page.
    pub fn to_post(&self, answers: &Map<String, Value>) -> Vec<(String, String)> {
        let mut boxes = Vec::new();
        for field in &self.fields {
            match (field.widget, answers.get(&field.name)) {
                (_, None | Some(Value::Null)) => {}
                (Widget::Date, Some(Value::String(date))) => {
                    for (part, value) in ["year", "month", "day"].iter().zip(date.split('-')) {
                        boxes.push((format!("{}-{part}", field.name), value.trim_start_matches('0').to_owned()));
                    }
                }
                (Widget::Money, Some(Value::Number(fen))) => boxes.push((field.name.clone(), yuan(fen.as_i64().unwrap_or_default()))),
                (_, Some(Value::String(text))) => boxes.push((field.name.clone(), text.clone())),
                (_, Some(Value::Array(items))) => {
                    boxes.extend(items.iter().filter_map(Value::as_str).map(|item| (field.name.clone(), item.to_owned())));
                }
                (_, Some(other)) => boxes.push((field.name.clone(), other.to_string())),
            }
        }
        boxes
    }
}

/// The amount as it stands in the box: no separators, two decimals where needed.
fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let (whole, rest) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest:02}") }
}

fn boxes(field: &Field) -> Vec<String> {
    let mut names = vec![field.name.clone()];
    if field.widget == Widget::Date {
        names.extend(["year", "month", "day"].map(|part| format!("{}-{part}", field.name)));
    }
    names
}

fn limited(text: &str) -> String {
    text.chars().take(convert::TYPED_LENGTH_MAX).collect()
}

fn read(field: &Field, posted: &[(String, String)]) -> Result<Option<Value>, &'static str> {
    let one = |name: &str| posted.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
    if field.kind == Kind::Choices {
        return Ok(chosen(field, posted));
    }
    if field.widget == Widget::Date && one(&field.name).is_none_or(|text| text.trim().is_empty()) {
        let part = |part: &str| one(&format!("{}-{part}", field.name)).unwrap_or_default();
        return convert::three_boxes(part("year"), part("month"), part("day"));
    }
    // The last box wins, so that a hidden box may stand before a check box.
    let text = posted.iter().rev().find(|(n, _)| *n == field.name).map(|(_, value)| value.as_str());
    text.map_or(Ok(None), |text| convert::typed(field, text))
}

/// Chosen values in the order of the choices; unknown ones after them, so that validation names them.
fn chosen(field: &Field, posted: &[(String, String)]) -> Option<Value> {
    let values: Vec<&str> = posted.iter().filter(|(n, v)| *n == field.name && !v.is_empty()).map(|(_, v)| v.as_str()).collect();
    let known = field.choices.iter().map(|choice| choice.value.as_str()).filter(|value| values.contains(value));
    let unknown = values.iter().copied().filter(|value| field.choices.iter().all(|choice| choice.value != *value)).take(1);
    let found: Vec<Value> = known.chain(unknown).map(Value::from).collect();
    (!found.is_empty()).then_some(Value::Array(found))
}
