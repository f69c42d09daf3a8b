//! Words that are never committed: work left undone, errors that say nothing, paths of one machine.

use super::{Fault, Rule, Tree};

/// Macros of work that is not done.
const MACROS: [&str; 3] = ["todo!", "unimplemented!", "dbg!"];
/// Marks of work that is not done, as words of their own.
const MARKS: [&str; 3] = ["XXX", "FIXME", "HACK"];
/// Sentences and paths that help nobody. Written in two parts, so that this file passes its own check.
const NEVER: [&str; 9] = [
    concat!("系统", "异常"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/main"),
    concat!("/wo", "rk/shared"),
    concat!("cla", "ude"),
    concat!("chat", "gpt"),
    concat!("co", "pilot"),
    concat!("sub", "agent"),
    concat!("language ", "model"),
];

pub(crate) fn check(tree: &Tree, faults: &mut Vec<Fault>) {
    for file in tree.rust.iter().filter(|file| !file.path.ends_with("tidy/words.rs")) {
        for (at, line) in file.source.code.lines().enumerate() {
            if let Some(word) = MACROS.iter().find(|word| line.contains(**word)) {
                faults.push(file.fault(Rule::Words, at + 1, format!("{word} is for work in progress")));
            }
        }
        lines(&file.path, &file.text, faults);
    }
    for (path, text) in &tree.texts {
        lines(path, text, faults);
    }
}

fn lines(path: &str, text: &str, faults: &mut Vec<Fault>) {
    for (at, line) in text.lines().enumerate() {
        let low = line.to_lowercase();
        let never = NEVER.iter().find(|word| low.contains(**word)).copied();
        let mark = MARKS.iter().find(|mark| line.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == **mark)).copied();
        if let Some(word) = never.or(mark) {
            faults.push(Fault { rule: Rule::Words, path: path.to_owned(), line: at + 1, what: format!("the words \"{word}\" have no place here") });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn marks_are_words_and_not_parts_of_words() {
        let mut faults = Vec::new();
        lines("a.md", "HACKNEY XXXL\nFIXME: later\n", &mut faults);
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [2]);
    }
}
