use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::form::{Field, Form, Page};
use crate::problem::FieldProblem;
use crate::validate;

/// Evaluates FEEL conditions.
pub trait Conditions {
    /// Whether a condition holds over the variables.
    fn holds(&self, feel: &str, variables: &Map<String, Value>) -> Result<bool, String>;
}

/// What conditions may read besides the answers.
pub struct Facts<'a> {
    conditions: &'a dyn Conditions,
    /// `situation`, `applicant` and whatever else is known before the form.
    variables: Map<String, Value>,
}

impl<'a> Facts<'a> {
    /// Facts for conditions over `answers`, `situation` and `applicant`; `variables` are the latter two.
    pub fn new(conditions: &'a dyn Conditions, variables: Map<String, Value>) -> Facts<'a> {
        Facts { conditions, variables }
    }
}

/// The way through a form with some answers; recomputed from the answers on every request, never stored.
#[derive(Debug)]
pub struct Journey<'a> {
    form: &'a Form,
    pages: Vec<&'a Page>,
    shown: BTreeSet<&'a str>,
    answers: Map<String, Value>,
}

impl<'a> Journey<'a> {
    /// Walks the form in order. A condition sees the answers of shown fields that stand before it, nothing later; so the
    /// result does not depend on leftovers. A condition that fails, because what it reads is not answered yet, does not hold.
    pub(crate) fn new(form: &'a Form, answers: &Map<String, Value>, facts: &Facts<'_>) -> Journey<'a> {
        let mut variables = facts.variables.clone();
        variables.insert("answers".to_owned(), Value::Object(Map::new()));
        let holds = |when: &Option<String>, variables: &Map<String, Value>| match when {
            None => true,
            Some(feel) => facts.conditions.holds(feel, variables).unwrap_or(false),
        };
        let mut journey = Journey { form, pages: Vec::new(), shown: BTreeSet::new(), answers: Map::new() };
        for page in &form.pages {
            if !holds(&page.when, &variables) {
                continue;
            }
            let before = journey.shown.len();
            for field in form.fields_of(page) {
                if !holds(&field.when, &variables) {
                    continue;
                }
                journey.shown.insert(&field.name);
                let Some(answer) = answers.get(&field.name).filter(|answer| !validate::is_empty(answer)) else { continue };
                journey.answers.insert(field.name.clone(), answer.clone());
                if let Some(Value::Object(known)) = variables.get_mut("answers") {
                    known.insert(field.name.clone(), answer.clone());
                }
            }
            if journey.shown.len() > before {
                journey.pages.push(page);
            }
        }
        journey
    }

    /// The pages, in order.
    pub fn pages(&self) -> &[&'a Page] {
        &self.pages
    }

    /// Whether a field is shown.
    pub fn shows(&self, field: &str) -> bool {
        self.shown.contains(field)
    }

    /// The fields of a page that are shown.
    pub fn fields(&self, page: &'a Page) -> impl Iterator<Item = &'a Field> {
        self.form.fields_of(page).filter(|field| self.shown.contains(field.name.as_str()))
    }

    /// The answers of shown fields, in the order of the form.
    pub fn answers(&self) -> &Map<String, Value> {
        &self.answers
    }

    /// The answers of shown fields, in the order of the form.
    pub fn into_answers(self) -> Map<String, Value> {
        self.answers
    }

    /// The page after this one; also where this one is no longer part of the journey. None: check the answers.
    pub fn next_page(&self, after: &str) -> Option<&'a Page> {
        let at = self.position(after)?;
        self.pages.iter().copied().find(|page| self.position(&page.id).is_some_and(|p| p > at))
    }

    /// The page before this one, for the back link. None: the start.
    pub fn previous_page(&self, before: &str) -> Option<&'a Page> {
        let at = self.position(before)?;
        self.pages.iter().copied().rev().find(|page| self.position(&page.id).is_some_and(|p| p < at))
    }

    /// The first page on which something is missing or wrong. None: the form is complete.
    pub fn first_incomplete_page(&self) -> Option<&'a Page> {
        self.pages.iter().copied().find(|page| !self.page_problems(page).is_empty())
    }

    /// Whether a person may open a page: it is part of the journey and nothing before it is missing.
    pub fn may_open(&self, page: &str) -> bool {
        let limit = self.first_incomplete_page().and_then(|first| self.position(&first.id));
        self.pages.iter().any(|p| p.id == page) && limit.is_none_or(|limit| self.position(page).is_some_and(|at| at <= limit))
    }

    /// What is missing or wrong on a page.
    pub fn page_problems(&self, page: &'a Page) -> Vec<FieldProblem> {
        self.fields(page).flat_map(|field| validate::field(field, self.answers.get(&field.name), &self.form.formats)).collect()
    }

    /// What is missing or wrong, in the order of the form.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.pages.iter().flat_map(|page| self.page_problems(page)).collect()
    }

    fn position(&self, page: &str) -> Option<usize> {
        self.form.pages.iter().position(|p| p.id == page)
    }
}
