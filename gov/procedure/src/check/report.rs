//! Collects findings; knows on which line of `item.toml` a key stands.

use crate::finding::Finding;
use crate::reader::Lines;

/// What the checks write into.
pub(crate) struct Report<'p> {
    lines: &'p Lines,
    findings: Vec<Finding>,
}

impl<'p> Report<'p> {
    pub(crate) fn new(lines: &'p Lines) -> Self {
        Self { lines, findings: Vec::new() }
    }

    /// An error at a key of `item.toml`.
    pub(crate) fn item(&mut self, key: &str, code: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        self.findings.push(Finding::error("item.toml", self.line(key), code, zh, en));
    }

    /// A warning at a key of `item.toml`.
    pub(crate) fn item_warning(&mut self, key: &str, code: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        self.findings.push(Finding::warning("item.toml", self.line(key), code, zh, en));
    }

    /// Any other finding.
    pub(crate) fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// The line of a key, or of the nearest table that holds it.
    pub(crate) fn line(&self, key: &str) -> u32 {
        let mut key = key;
        loop {
            if let Some(line) = self.lines.get(key) {
                return *line;
            }
            match key.rfind(['.', '[']) {
                Some(at) => key = key.get(..at).unwrap_or_default(),
                None => return 0,
            }
        }
    }
}
