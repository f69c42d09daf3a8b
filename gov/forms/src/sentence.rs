//! The sentences people read when an answer cannot be accepted. Each names the field and says what to do.

use std::sync::LazyLock;

use i18n::{Bundle, Lang, Text};
use serde_json::Value;

use crate::form::{Field, Kind, Widget};
use crate::problem::FieldProblem;

pub(crate) static TEXTS: LazyLock<Bundle> = LazyLock::new(|| Bundle::from_toml(include_str!("texts.toml")));

#[derive(Debug, Clone, Copy)]
pub(crate) enum Limit {
    LengthMin,
    LengthMax,
    Minimum,
    Maximum,
    Above,
    Below,
    Multiple,
    ItemsMin,
    ItemsMax,
}

impl Limit {
    fn code(self) -> &'static str {
        match self {
            Limit::LengthMin => "length_min",
            Limit::LengthMax => "length_max",
            Limit::Minimum => "minimum",
            Limit::Maximum => "maximum",
            Limit::Above => "above",
            Limit::Below => "below",
            Limit::Multiple => "multiple",
            Limit::ItemsMin => "items_min",
            Limit::ItemsMax => "items_max",
        }
    }
}

pub(crate) fn required(field: &Field) -> FieldProblem {
    let key = match (field.widget, field.kind) {
        (_, Kind::Choices) => "required.choices",
        (_, Kind::YesNo) => "required.yes_no",
        (Widget::Radio | Widget::Select | Widget::Division, _) => "required.choice",
        (_, Kind::Text | Kind::Whole | Kind::Decimal) => "required.text",
    };
    problem(field, "required", key, "", "")
}

pub(crate) fn limit(field: &Field, limit: Limit, value: &Value) -> FieldProblem {
    let amount = |lang| match (field.widget, value.as_i64()) {
        (Widget::Money, Some(fen)) => i18n::money(lang, fen),
        (_, Some(n)) => i18n::number(n),
        (_, None) => value.to_string(),
    };
    problem(field, limit.code(), &format!("limit.{}", limit.code()), &amount(Lang::ZhHans), &amount(Lang::En))
}

pub(crate) fn choice(field: &Field, code: &str) -> FieldProblem {
    problem(field, code, code, "", "")
}

pub(crate) fn pattern(field: &Field) -> FieldProblem {
    match &field.error {
        Some(text) => FieldProblem::new(&field.name, "pattern", text.clone()),
        None => problem(field, "pattern", "pattern", "", ""),
    }
}

pub(crate) fn wrong_type(field: &Field) -> FieldProblem {
    let key = match (field.widget, field.kind) {
        (Widget::Money, _) => "type.money",
        (_, Kind::Whole) => "type.whole",
        (_, Kind::Decimal) => "type.decimal",
        (_, Kind::Text) => "type.text",
        (_, Kind::YesNo) => "required.yes_no",
        (_, Kind::Choices) => "choice",
    };
    problem(field, "type", key, "", "")
}

/// `said` is what the checker says itself; the form's own words go before it.
pub(crate) fn format(field: &Field, format: &str, said: Option<Text>) -> FieldProblem {
    if let Some(text) = field.error.clone().or(said) {
        return FieldProblem::new(&field.name, "format", text);
    }
    problem(field, "format", &format!("format.{format}"), "", "")
}

pub(crate) fn conversion(field: &Field, key: &str) -> FieldProblem {
    let code = key.rsplit('.').next().unwrap_or(key);
    problem(field, code, key, "", "")
}

pub(crate) fn unknown(name: &str) -> FieldProblem {
    let shown: String = name.chars().take(60).collect();
    FieldProblem::new(name, "unknown", TEXTS.fill_text("unknown", &[("name", &shown)]))
}

fn problem(field: &Field, code: &str, key: &str, zh_n: &str, en_n: &str) -> FieldProblem {
    let the = with_article(&field.title.en);
    let capital = capitalised(&the);
    let zh = field.title.zh.as_str();
    let text = Text::new(
        TEXTS.fill(Lang::ZhHans, key, &[("title", zh), ("the", zh), ("The", zh), ("n", zh_n)]),
        TEXTS.fill(Lang::En, key, &[("title", &field.title.en), ("the", &the), ("The", &capital), ("n", en_n)]),
    );
    FieldProblem::new(&field.name, code, text)
}

/// `Trade name` → `the trade name`, `Your address` → `your address`, `ID number` → `the ID number`. A question stays as it is.
fn with_article(title: &str) -> String {
    if title.ends_with('?') {
        return format!("an answer to “{title}”");
    }
    let mut letters = title.chars();
    let first = letters.next();
    let is_word = letters.next().is_none_or(|second| !second.is_uppercase() && !second.is_ascii_digit());
    let lower = match first {
        Some(first) if is_word => first.to_lowercase().chain(title.chars().skip(1)).collect(),
        _ => title.to_owned(),
    };
    let has_own = ["the ", "a ", "an ", "your ", "his ", "her ", "their "].iter().any(|word| lower.starts_with(word));
    if has_own { lower } else { format!("the {lower}") }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_are_complete() {
        assert_eq!(TEXTS.check(), Vec::<String>::new());
    }

    #[test]
    fn titles_take_the_article_they_need() {
        for (title, expected) in [
            ("Trade name", "the trade name"),
            ("Your address", "your address"),
            ("ID number", "the ID number"),
            ("The shop's area", "the shop's area"),
            ("Will food be served?", "an answer to “Will food be served?”"),
            ("", "the "),
        ] {
            assert_eq!(with_article(title), expected);
        }
        assert_eq!(capitalised("the name"), "The name");
    }
}
