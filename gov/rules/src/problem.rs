use serde::Serialize;

/// Whether a problem forbids publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The table cannot be used.
    Error,
    /// The table works, but something could not be decided or looks unintended.
    Warning,
}

/// One thing that is wrong with a decision file, at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
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
    /// Error or warning.
    pub severity: Severity,
}

/// A place in the XML text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Place {
    pub line: u32,
    pub column: u32,
}

impl Place {
    pub(crate) fn error(self, code: &str, zh: impl Into<String>, en: impl Into<String>) -> Problem {
        self.problem(Severity::Error, code, zh.into(), en.into())
    }

    pub(crate) fn warning(self, code: &str, zh: impl Into<String>, en: impl Into<String>) -> Problem {
        self.problem(Severity::Warning, code, zh.into(), en.into())
    }

    fn problem(self, severity: Severity, code: &str, zh: String, en: String) -> Problem {
        Problem { line: self.line, column: self.column, code: code.to_owned(), zh, en, severity }
    }
}
