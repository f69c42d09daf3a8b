//! What a check has found: where, how bad, and one sentence in each language.

use std::borrow::Cow;

use serde::Serialize;

/// How bad a finding is: an error closes the publish gate, a warning is shown and may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The package cannot be published.
    Error,
    /// Somebody should look at it before publishing.
    Warning,
}

/// One problem of a package, placed in a file and a line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// Path within the package, for example `item.toml`.
    pub file: String,
    /// Line from 1; 0 when the file as a whole is meant.
    pub line: u32,
    /// Error or warning.
    pub severity: Severity,
    /// Stable name of the rule, `kebab-case`.
    pub code: Cow<'static, str>,
    /// The sentence in Chinese.
    pub zh: String,
    /// The sentence in English.
    pub en: String,
}

impl Finding {
    /// An error.
    #[must_use]
    pub fn error(file: &str, line: u32, code: impl Into<Cow<'static, str>>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, severity: Severity::Error, code: code.into(), zh: zh.into(), en: en.into() }
    }

    /// A warning.
    #[must_use]
    pub fn warning(file: &str, line: u32, code: impl Into<Cow<'static, str>>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(file, line, code, zh, en) }
    }

    /// `item.toml:12 error limits-order …` in the given language (`zh` or `en`).
    #[must_use]
    pub fn sentence(&self, chinese: bool) -> String {
        let severity = match (self.severity, chinese) {
            (Severity::Error, true) => "错误",
            (Severity::Error, false) => "error",
            (Severity::Warning, true) => "提醒",
            (Severity::Warning, false) => "warning",
        };
        let text = if chinese { &self.zh } else { &self.en };
        format!("{}:{} {severity} [{}] {text}", self.file, self.line, self.code)
    }
}

/// Whether any finding closes the publish gate.
#[must_use]
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// Sorted by file and line, without repetitions.
pub(crate) fn tidy(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort();
    findings.dedup();
    findings
}
