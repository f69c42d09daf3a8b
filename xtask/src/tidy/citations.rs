//! What documents name must exist: mission rows, tests, types of the glossary, linked files.

use std::collections::BTreeSet;

use super::{Fault, Rule, Tree};

const ROWS: &str = "docs/reference/rows.md";
const GLOSSARY: &str = "GLOSSARY.md";

pub(crate) fn check(tree: &Tree, faults: &mut Vec<Fault>) {
    let rows = known_rows(tree);
    for (path, text) in tree.texts.iter().filter(|(path, _)| path.ends_with(".md")) {
        for (at, line) in text.lines().enumerate() {
            let mut fault = |what: String| faults.push(Fault { rule: Rule::Citations, path: path.clone(), line: at + 1, what });
            for row in cited_rows(line).filter(|row| !rows.contains(row)) {
                fault(format!("{row} is not a row of {ROWS}"));
            }
            for test in quoted(line).filter(|quoted| quoted.contains(".rs::")).filter(|test| !test_exists(tree, test)) {
                fault(format!("there is no test {test}"));
            }
            for file in quoted(line).filter(|quoted| is_path(quoted) && !file_exists(tree, quoted)) {
                fault(format!("there is no file {file}"));
            }
            for target in links(line).filter(|target| !target_exists(tree, path, target)) {
                fault(format!("the link to {target} leads nowhere"));
            }
            if path == GLOSSARY && line.starts_with('|') {
                for name in quoted(line).filter(|name| is_type_name(name) && !type_exists(tree, name)) {
                    fault(format!("there is no type {name}"));
                }
            }
        }
    }
}

/// The rows that stand at the start of a line of a table in the list of rows.
fn known_rows(tree: &Tree) -> BTreeSet<String> {
    let text = tree.texts.iter().find(|(path, _)| path == ROWS).map(|(_, text)| text.as_str()).unwrap_or_default();
    text.lines().filter_map(|line| line.strip_prefix("| R")?.split_once(' ')).map(|(digits, _)| format!("R{digits}")).collect()
}

/// Words like `R12`.
fn cited_rows(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| is_row(word)).map(ToOwned::to_owned)
}

fn is_row(word: &str) -> bool {
    word.strip_prefix('R').is_some_and(|digits| (1..=2).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit()))
}

/// What stands between back-quotes.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// `gov/trust/tests/it/lists.rs::name_of_the_test`.
fn test_exists(tree: &Tree, test: &str) -> bool {
    let Some((path, name)) = test.split_once("::") else { return false };
    let file = tree.rust.iter().find(|file| file.path == path);
    file.is_some_and(|file| file.functions.iter().any(|function| function.name == name) || file.source.code.contains(&format!("fn {name}(")))
}

/// A path to a source file, without placeholders.
fn is_path(quoted: &str) -> bool {
    let endings = [".rs", ".mjs", ".md", ".toml", ".cedar", ".txt"];
    let whole = quoted.contains('/') && !quoted.starts_with('/') && !quoted.contains([' ', '<', '*', '{', '…', ':']);
    whole && endings.iter().any(|ending| quoted.ends_with(ending))
}

/// A whole path, or the end of one, as in `src/lib.rs` of any crate. What a running node makes is not in the tree.
fn file_exists(tree: &Tree, quoted: &str) -> bool {
    quoted.starts_with("data/") || tree.paths.iter().any(|path| path == quoted || path.ends_with(&format!("/{quoted}")))
}

fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.map(|target| target.split('#').next().unwrap_or(target)).filter(|target| !target.is_empty() && !target.contains("://"))
}

fn target_exists(tree: &Tree, from: &str, target: &str) -> bool {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.trim_end_matches('/').split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    let target = parts.join("/");
    tree.paths.iter().any(|path| *path == target || path.starts_with(&format!("{target}/")))
}

fn is_type_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase()) && name.chars().all(|c| c.is_ascii_alphanumeric())
}

fn type_exists(tree: &Tree, name: &str) -> bool {
    let forms = ["struct", "enum", "trait", "type"].map(|word| format!("{word} {name}"));
    let is_word_end = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    tree.rust.iter().any(|file| {
        let code = &file.source.code;
        let declared =
            forms.iter().any(|form| code.match_indices(form.as_str()).any(|(at, _)| is_word_end(code.get(at + form.len()..).unwrap_or(""))));
        // Identifier types are declared by a macro: `CaseId, "case";`.
        declared || (code.contains("id_type!") && code.contains(&format!(" {name}, \"")))
    })
}

#[cfg(test)]
mod tests {
    use super::{cited_rows, links, quoted};

    #[test]
    fn rows_quotes_and_links_are_read() {
        let line = "Serves R1, R77 (see `gov/x/src/a.rs::b` and [c](../d.md#e), not RS256 or R100).";
        assert_eq!(cited_rows(line).collect::<Vec<_>>(), ["R1", "R77"]);
        assert_eq!(quoted(line).collect::<Vec<_>>(), ["gov/x/src/a.rs::b"]);
        assert_eq!(links(line).collect::<Vec<_>>(), ["../d.md"]);
    }
}
