use i18n::Text;
use serde_json::{Map, Value};

use crate::formats::Formats;
use crate::journey::{Facts, Journey};
use crate::problem::{FieldProblem, Problem};
use crate::{parse, validate};

/// A form: fields and the pages on which they are asked.
#[derive(Debug)]
pub struct Form {
    pub(crate) pages: Vec<Page>,
    /// In the order in which they are asked.
    pub(crate) fields: Vec<Field>,
    pub(crate) formats: Formats,
}

/// One page: a question, or a few that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Part of the address of the page.
    pub id: String,
    /// The question.
    pub title: Text,
    /// What helps to answer it.
    pub hint: Option<Text>,
    /// Names of the fields, in order.
    pub fields: Vec<String>,
    /// FEEL condition; the page is left out where it does not hold.
    pub when: Option<String>,
}

/// One field.
#[derive(Debug)]
pub struct Field {
    /// snake_case name, the key of the answer.
    pub name: String,
    /// The label.
    pub title: Text,
    /// What helps to answer.
    pub hint: Option<Text>,
    /// How it is asked.
    pub widget: Widget,
    /// What the answer is.
    pub kind: Kind,
    /// Whether it must be answered while it is shown.
    pub required: bool,
    /// Name of the format that code checks.
    pub format: Option<String>,
    /// The values to choose from, in order.
    pub choices: Vec<Choice>,
    /// FEEL condition; the field is hidden where it does not hold.
    pub when: Option<String>,
    /// Where the value comes from if government holds it already: `population.name`.
    pub prefill: Option<String>,
    /// Whether the value held may not be changed here: it is corrected where it is held.
    pub fixed: bool,
    /// Why it is typed although government holds it, shown to the person.
    pub asked_because: Option<Text>,
    /// The register value with which the answer is compared on submission.
    pub verify: Option<String>,
    /// How it is shown to others.
    pub mask: Option<Mask>,
    /// What it is needed for, shown to the person.
    pub purpose: Option<Text>,
    /// What to say when pattern or format do not fit.
    pub error: Option<Text>,
    /// Greatest number of characters.
    pub length_max: Option<u64>,
    pub(crate) validator: jsonschema::Validator,
}

/// The type of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A JSON string.
    Text,
    /// A JSON integer. Money is in fen.
    Whole,
    /// A JSON number.
    Decimal,
    /// A JSON boolean.
    YesNo,
    /// A JSON array of strings, from the choices.
    Choices,
}

/// How a field is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Widget {
    /// One line.
    Text,
    /// Several lines.
    Textarea,
    /// A number.
    Number,
    /// Yuan with at most two decimals, kept in fen.
    Money,
    /// Year, month and day.
    Date,
    /// One of few choices.
    Radio,
    /// Several of the choices.
    Checkboxes,
    /// One of many choices.
    Select,
    /// 公民身份号码.
    IdNumber,
    /// 统一社会信用代码.
    Uscc,
    /// A mobile telephone number.
    Mobile,
    /// An address in one text.
    Address,
    /// A division code.
    Division,
    /// Yes or no.
    YesNo,
}

/// One value to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The value in the answers.
    pub value: String,
    /// What people read.
    pub label: Text,
}

/// How a personal value is shortened for display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mask {
    /// First character only.
    Name,
    /// First three and last four.
    IdNumber,
    /// First three and last four.
    Mobile,
    /// First six characters.
    Address,
}

/// A FEEL condition of the form, for checks over the whole package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition<'a> {
    /// JSON pointer of the condition.
    pub pointer: String,
    /// The expression.
    pub feel: &'a str,
    /// Fields asked before: the only ones of `answers` that it may read.
    pub known: Vec<&'a str>,
}

impl Form {
    /// Reads a form file; all problems at once.
    pub fn parse(json: &str) -> Result<Form, Vec<Problem>> {
        parse::form(json)
    }

    /// Adds checkers of formats, such as identity numbers, to the built-in ones.
    pub fn with_formats(mut self, formats: Formats) -> Form {
        self.formats = formats;
        self
    }

    /// All fields, in the order in which they are asked.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// All pages, also those that are left out of a journey.
    pub fn all_pages(&self) -> &[Page] {
        &self.pages
    }

    /// A field by its name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// A page by its id.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.id == id)
    }

    /// The page on which a field is asked.
    pub fn page_of(&self, field: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.fields.iter().any(|name| name == field))
    }

    /// The fields of a page, also hidden ones.
    pub fn fields_of<'a>(&'a self, page: &'a Page) -> impl Iterator<Item = &'a Field> {
        page.fields.iter().filter_map(|name| self.field(name))
    }

    /// The way through the form with these answers.
    pub fn journey(&self, answers: &Map<String, Value>, facts: &Facts<'_>) -> Journey<'_> {
        Journey::new(self, answers, facts)
    }

    /// The pages of the journey with these answers.
    pub fn pages(&self, answers: &Map<String, Value>, facts: &Facts<'_>) -> Vec<&Page> {
        self.journey(answers, facts).pages().to_vec()
    }

    /// The answers of the fields that are shown. Hidden and unknown ones are dropped.
    pub fn keep(&self, answers: &Map<String, Value>, facts: &Facts<'_>) -> Map<String, Value> {
        self.journey(answers, facts).into_answers()
    }

    /// What is wrong with the answers, in the order of the form; unknown fields last.
    pub fn validate(&self, answers: &Map<String, Value>, facts: &Facts<'_>) -> Vec<FieldProblem> {
        validate::answers(self, answers, facts)
    }

    /// All FEEL conditions.
    pub fn conditions(&self) -> Vec<Condition<'_>> {
        let mut found = Vec::new();
        let mut known: Vec<&str> = Vec::new();
        for (index, page) in self.pages.iter().enumerate() {
            if let Some(feel) = &page.when {
                found.push(Condition { pointer: format!("/x-pages/{index}/when"), feel, known: known.clone() });
            }
            for field in self.fields_of(page) {
                if let Some(feel) = &field.when {
                    found.push(Condition { pointer: format!("/properties/{}/x-when", field.name), feel, known: known.clone() });
                }
                known.push(&field.name);
            }
        }
        found
    }
}
