//! Answers as people read them.

use forms::{Form, Row, Widget};
use i18n::{Lang, Text};
use maud::{Markup, html};
use serde_json::{Map, Value};

/// The value of a row; a division is shown by its name.
pub(super) fn value(form: &Form, divisions: &[(String, Text)], answers: &Map<String, Value>, row: &Row, lang: Lang) -> String {
    let is_division = form.field(&row.field).is_some_and(|field| field.widget == Widget::Division);
    let code = answers.get(&row.field).and_then(Value::as_str).filter(|_| is_division);
    let name = code.and_then(|code| divisions.iter().find(|(known, _)| known == code)).map(|(_, name)| name.get(lang).to_owned());
    name.unwrap_or_else(|| row.value.clone())
}

/// A text of several lines.
pub(super) fn lines(text: &str) -> Markup {
    html! {
        @for (index, line) in text.lines().enumerate() { @if index > 0 { br; } (line) }
    }
}
