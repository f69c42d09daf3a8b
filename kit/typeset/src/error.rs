use std::fmt;
use std::path::PathBuf;

use typst::WorldExt;
use typst::diag::SourceDiagnostic;

use crate::world::DocumentWorld;

/// One error or warning in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Path of the file inside the template, `/main.typ` for the main text; empty when the place is unknown.
    pub file: String,
    /// Line, from 1; 0 when the place is unknown.
    pub line: usize,
    /// Column in characters, from 1; 0 when the place is unknown.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What may help.
    pub hints: Vec<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "{}:{}:{}: ", self.file, self.line, self.column)?;
        }
        f.write_str(&self.message)?;
        for hint in &self.hints {
            write!(f, " (hint: {hint})")?;
        }
        Ok(())
    }
}

/// Why no PDF was made.
#[derive(Debug, thiserror::Error)]
pub enum TypesetError {
    /// The template has errors; all of them.
    #[error("the template has {} error(s): {}", .0.len(), join(.0))]
    Template(Vec<Problem>),
    /// A limit of this crate is passed.
    #[error("expected at most {max} {what}, but there are {count}")]
    TooMuch {
        /// What is counted.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many may be.
        max: usize,
    },
    /// A file of the template has a path that cannot be.
    #[error("expected the path of a template file to be like /name.typ, but it is `{0}`")]
    Path(String),
    /// The font folder cannot be read.
    #[error("the font folder {0} cannot be read")]
    Fonts(PathBuf, #[source] std::io::Error),
    /// The fonts inside the program cannot be read: the program is damaged.
    #[error("the built-in font {0} cannot be read")]
    BuiltInFont(&'static str),
    /// The data cannot be written as JSON, or the date is out of range.
    #[error("the data or date cannot be used: {0}")]
    Data(String),
}

fn join(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Diagnostics of the compiler with file, line and column.
pub(crate) fn problems<'a>(world: &DocumentWorld, found: impl IntoIterator<Item = &'a SourceDiagnostic>) -> Vec<Problem> {
    found.into_iter().map(|diagnostic| problem(world, diagnostic)).collect()
}

fn problem(world: &DocumentWorld, diagnostic: &SourceDiagnostic) -> Problem {
    let (file, line, column) = place(world, diagnostic).unwrap_or_default();
    Problem { file, line, column, message: diagnostic.message.to_string(), hints: diagnostic.hints.iter().map(|hint| hint.v.to_string()).collect() }
}

fn place(world: &DocumentWorld, diagnostic: &SourceDiagnostic) -> Option<(String, usize, usize)> {
    use typst::World;
    let id = diagnostic.span.id()?;
    let file = id.get().vpath().get_with_slash().to_owned();
    let range = world.range(diagnostic.span)?;
    let source = world.source(id).ok()?;
    let (line, column) = source.lines().byte_to_line_column(range.start)?;
    Some((file, line.saturating_add(1), column.saturating_add(1)))
}
