use i18n::Lang;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::form::{Field, Form, Kind, Widget};
use crate::journey::Facts;
use crate::mask;
use crate::sentence::TEXTS;

/// One line of the page on which a person checks the answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Page for the change link.
    pub page: String,
    /// Name of the field.
    pub field: String,
    /// Its label.
    pub title: String,
    /// The answer as people read it.
    pub value: String,
    /// The answer shortened; the same as the value where the field has no mask.
    pub masked: String,
    /// Whether there is an answer.
    pub answered: bool,
}

impl Form {
    /// The answers of shown fields as people read them, in the order of the form.
    pub fn summary(&self, answers: &Map<String, Value>, facts: &Facts<'_>, lang: Lang) -> Vec<Row> {
        let journey = self.journey(answers, facts);
        let mut rows = Vec::new();
        for page in journey.pages() {
            for field in journey.fields(page) {
                rows.push(row(&page.id, field, journey.answers().get(&field.name), lang));
            }
        }
        rows
    }
}

impl Field {
    /// An answer as people read it: labels, dates, amounts.
    pub fn display(&self, answer: &Value, lang: Lang) -> String {
        match (self.widget, answer) {
            (_, Value::Null) => String::new(),
            (_, Value::Bool(yes)) if self.choices.is_empty() => TEXTS.t(lang, if *yes { "yes" } else { "no" }).to_owned(),
            (_, Value::Bool(yes)) => self.label(if *yes { "true" } else { "false" }, lang).to_owned(),
            (Widget::Money, Value::Number(fen)) if self.kind == Kind::Whole => {
                fen.as_i64().map_or_else(|| fen.to_string(), |fen| i18n::money(lang, fen))
            }
            (_, Value::Number(n)) => n.as_i64().map_or_else(|| n.to_string(), i18n::number),
            (Widget::Date, Value::String(date)) => i18n::date_text(lang, date),
            (_, Value::String(text)) => self.label(text, lang).to_owned(),
            (_, Value::Array(items)) => {
                let shown: Vec<String> = items.iter().map(|item| self.display(item, lang)).collect();
                shown.join(TEXTS.t(lang, "separator"))
            }
            (_, Value::Object(_)) => answer.to_string(),
        }
    }

    /// An answer shortened by the mask of the field.
    pub fn masked(&self, answer: &Value, lang: Lang) -> String {
        let shown = self.display(answer, lang);
        self.mask.map_or_else(|| shown.clone(), |mask| mask::masked(mask, &shown))
    }

    /// The label of a choice; the value itself where it is none.
    pub fn label<'a>(&'a self, value: &'a str, lang: Lang) -> &'a str {
        self.choices.iter().find(|choice| choice.value == value).map_or(value, |choice| choice.label.get(lang))
    }
}

fn row(page: &str, field: &Field, answer: Option<&Value>, lang: Lang) -> Row {
    let none = || TEXTS.t(lang, "not_answered").to_owned();
    Row {
        page: page.to_owned(),
        field: field.name.clone(),
        title: field.title.get(lang).to_owned(),
        value: answer.map_or_else(none, |answer| field.display(answer, lang)),
        masked: answer.map_or_else(none, |answer| field.masked(answer, lang)),
        answered: answer.is_some(),
    }
}
