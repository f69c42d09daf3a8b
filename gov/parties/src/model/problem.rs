use i18n::Text;
use serde::Serialize;
use std::fmt;

/// What is wrong with a number somebody typed: a stable word and a sentence that says what was expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Stable word for programs, for example `identity-check-digit`.
    pub code: &'static str,
    /// The sentence. It never repeats the number itself, which may be personal.
    pub sentence: Text,
}

impl Problem {
    pub(crate) fn new(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, sentence: Text::new(zh, en) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence.en)
    }
}

impl std::error::Error for Problem {}
