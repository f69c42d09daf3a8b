//! The house rules that a program can check. `tests/it/main.rs` runs them with the other tests.

mod citations;
mod exceptions;
mod folders;
mod lengths;
mod purity;
mod words;

use std::fmt;
use std::fs;
use std::path::Path;

use crate::ChoreError;
use crate::place;
use crate::rust::{Function, Source, functions, test_lines};

pub use exceptions::{EXCEPTIONS, Exception};
pub use folders::sha256;

/// A house rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A file has at most 800 lines.
    FileLength,
    /// A function has at most 70 lines.
    FunctionLength,
    /// A line of Rust has at most 160 columns.
    LineLength,
    /// Words that are never committed.
    Words,
    /// SQL stands in `store/`.
    Sql,
    /// Clocks and randomness stand in `kit/`.
    Clocks,
    /// What is not a test does not panic.
    Panics,
    /// What comes from others has its licence and its hashes.
    Vendored,
    /// Every crate has a README, which is its documentation.
    Readme,
    /// What a document names exists.
    Citations,
}

/// Something that a rule forbids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule.
    pub rule: Rule,
    /// The file, from the root.
    pub path: String,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} ({:?})", self.path, self.line, self.what, self.rule)
    }
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Files of more than 500 lines, which are worth splitting.
    pub long_files: Vec<(String, usize)>,
    /// What the rules forbid, without what is excepted.
    pub faults: Vec<Fault>,
}

/// One Rust file, read once for all rules.
pub(crate) struct RustFile {
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) source: Source,
    pub(crate) functions: Vec<Function>,
    /// Whether all of it is for tests.
    test: bool,
    test_lines: Vec<std::ops::RangeInclusive<usize>>,
}

impl RustFile {
    pub(crate) fn read(path: &str, text: String) -> Self {
        let source = Source::read(&text);
        let functions = functions(&source.code);
        let test_lines = test_lines(&source.code);
        let folders = ["/tests/", "/examples/", "/benches/"];
        let test = path.starts_with("benches/") || path.starts_with("kit/testkit/") || folders.iter().any(|folder| path.contains(folder));
        Self { path: path.to_owned(), text, source, functions, test, test_lines }
    }

    /// Whether a line is run by tests and benchmarks only.
    pub(crate) fn is_test(&self, line: usize) -> bool {
        self.test || self.test_lines.iter().any(|lines| lines.contains(&line))
    }

    /// Files of modules under `#[cfg(test)]`, without `.rs`.
    fn test_modules(&self) -> Vec<String> {
        let folder = ["/mod.rs", "/lib.rs", "/main.rs", ".rs"].iter().find_map(|ending| self.path.strip_suffix(ending)).unwrap_or_default();
        let declared = self.source.code.split("#[cfg(test)]").skip(1).filter_map(|rest| {
            let item = rest.split(';').next()?.trim();
            let name = item.strip_prefix("pub(crate) ").unwrap_or(item).strip_prefix("mod ")?;
            name.chars().all(|c| c.is_alphanumeric() || c == '_').then(|| format!("{folder}/{name}"))
        });
        declared.collect()
    }

    pub(crate) fn fault(&self, rule: Rule, line: usize, what: impl Into<String>) -> Fault {
        Fault { rule, path: self.path.clone(), line, what: what.into() }
    }
}

/// All files that the rules look at.
pub(crate) struct Tree {
    pub(crate) paths: Vec<String>,
    pub(crate) rust: Vec<RustFile>,
    /// Other texts: path and content.
    pub(crate) texts: Vec<(String, String)>,
}

const TEXT_ENDINGS: [&str; 16] =
    [".md", ".toml", ".js", ".mjs", ".css", ".scss", ".json", ".bpmn", ".dmn", ".typ", ".sh", ".py", ".cedar", ".sql", ".html", ".svg"];
const TEXT_NAMES: [&str; 3] = ["run", "test", ".ci/run"];

impl Tree {
    fn read(root: &Path) -> Result<Self, ChoreError> {
        let paths = place::files(root)?;
        let (mut rust, mut texts) = (Vec::new(), Vec::new());
        for path in paths.iter().filter(|path| !path.contains("/vendor/") && !path.contains("/fixtures/")) {
            let is_rust = path.ends_with(".rs");
            let is_text = TEXT_NAMES.contains(&path.as_str()) || TEXT_ENDINGS.iter().any(|ending| path.ends_with(ending));
            if is_rust || is_text {
                let text = fs::read_to_string(root.join(path)).map_err(|e| format!("{path}: {e}"))?;
                if is_rust {
                    rust.push(RustFile::read(path, text));
                } else {
                    texts.push((path.clone(), text));
                }
            }
        }
        let test_modules: Vec<String> = rust.iter().flat_map(RustFile::test_modules).collect();
        for file in &mut rust {
            file.test |= test_modules.iter().any(|module| file.path == format!("{module}.rs") || file.path.starts_with(&format!("{module}/")));
        }
        Ok(Self { paths, rust, texts })
    }
}

/// Looks at the whole repository.
///
/// # Errors
/// When a file cannot be read.
pub fn look(root: &Path) -> Result<Report, ChoreError> {
    let tree = Tree::read(root)?;
    let mut faults = Vec::new();
    for file in &tree.rust {
        lengths::check(file, &mut faults);
        purity::check(file, &mut faults);
    }
    words::check(&tree, &mut faults);
    folders::check(root, &tree, &mut faults)?;
    citations::check(&tree, &mut faults);
    let counted = tree.rust.iter().map(|file| (file.path.clone(), file.text.lines().count()));
    let long_files = counted.filter(|(_, lines)| *lines > lengths::FILE_LINES_GOOD).collect();
    Ok(Report { long_files, faults: exceptions::apply(faults) })
}
