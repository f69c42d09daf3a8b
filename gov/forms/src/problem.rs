use i18n::{Lang, Text};
use serde::Serialize;

/// One thing that is wrong with a form file, at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// JSON pointer (RFC 6901).
    pub pointer: String,
    /// From 1; 0 where the place is unknown.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// Stable, snake_case.
    pub code: String,
    /// Chinese sentence.
    pub zh: String,
    /// English sentence.
    pub en: String,
}

/// One answer that cannot be accepted, in words for the person who gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// Name of the field.
    pub field: String,
    /// Stable, snake_case.
    pub code: String,
    /// Chinese sentence: names the field and says what to do.
    pub zh: String,
    /// English sentence: names the field and says what to do.
    pub en: String,
}

impl FieldProblem {
    pub(crate) fn new(field: &str, code: &str, text: Text) -> FieldProblem {
        FieldProblem { field: field.to_owned(), code: code.to_owned(), zh: text.zh, en: text.en }
    }

    /// The sentence in one language.
    pub fn sentence(&self, lang: Lang) -> &str {
        match lang {
            Lang::ZhHans => &self.zh,
            Lang::En => &self.en,
        }
    }
}
