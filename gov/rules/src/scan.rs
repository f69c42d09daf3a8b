//! A first look at an expression before the toolkit parses it.
//!
//! FEEL names may contain blanks and operators, so the toolkit's lexer needs to be told which names exist; without that
//! `a and b` is one name. Names here are `snake_case` ASCII, therefore every word that is no keyword and no built-in
//! function is a name. The same pass bounds the size of the expression, because the toolkit recurses over it.

use std::collections::BTreeSet;
use std::str::FromStr;

use dsntk_feel::bif::Bif;

const LENGTH_MAX: usize = 4_000;
const DEPTH_MAX: usize = 24;
const OPERATORS_MAX: usize = 160;
const BIF_WORDS_MAX: usize = 5;

const KEYWORDS: [&str; 22] = [
    "and",
    "or",
    "if",
    "then",
    "else",
    "for",
    "in",
    "return",
    "some",
    "every",
    "satisfies",
    "between",
    "instance",
    "of",
    "function",
    "external",
    "true",
    "false",
    "null",
    "item",
    "context",
    "list",
];

struct Word<'a> {
    text: &'a str,
    after_dot: bool,
    before_parenthesis: bool,
    /// Only blanks stand between this word and the one before.
    adjoins: bool,
}

/// The names used in an expression, or why it is refused.
pub(crate) fn names(text: &str) -> Result<BTreeSet<String>, String> {
    if text.chars().count() > LENGTH_MAX {
        return Err(format!("expected at most {LENGTH_MAX} characters"));
    }
    let words = words(text)?;
    let mut found = BTreeSet::new();
    let mut index = 0;
    let mut in_type = false;
    while let Some(word) = words.get(index) {
        if !word.after_dot
            && let Some((length, name)) = long_function(words.get(index..).unwrap_or_default())
        {
            // Known as a whole, so that a variable named like its first word does not split it.
            found.insert(name);
            index += length;
            continue;
        }
        in_type = (in_type && word.adjoins) || word.text == "of";
        let function = word.before_parenthesis && Bif::from_str(word.text).is_ok();
        if word.after_dot || !(in_type || function || KEYWORDS.contains(&word.text)) {
            found.insert(word.text.to_owned());
        }
        index += 1;
    }
    Ok(found)
}

/// A built-in function of several words, like `string length`, at the start of the words.
fn long_function(words: &[Word<'_>]) -> Option<(usize, String)> {
    for length in (2..=BIF_WORDS_MAX.min(words.len())).rev() {
        let part = words.get(..length)?;
        if !part.last()?.before_parenthesis || part.iter().skip(1).any(|w| !w.adjoins) {
            continue;
        }
        let name = part.iter().map(|w| w.text).collect::<Vec<_>>().join(" ");
        if Bif::from_str(&name).is_ok() {
            return Some((length, name));
        }
    }
    None
}

fn words(text: &str) -> Result<Vec<Word<'_>>, String> {
    let mut found: Vec<Word<'_>> = Vec::new();
    let (mut depth, mut operators) = (0_usize, 0_usize);
    let (mut after_dot, mut adjoins) = (false, false);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        if c.is_ascii_alphabetic() || c == '_' {
            length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let (word, after) = rest.split_at(length);
            let before_parenthesis = after.trim_start().starts_with('(');
            found.push(Word { text: word, after_dot, before_parenthesis, adjoins });
            operators += usize::from(matches!(word, "and" | "or" | "if" | "for" | "some" | "every" | "in"));
            (after_dot, adjoins) = (false, true);
        } else if c == '"' {
            length = string_length(rest).ok_or("expected a closing quotation mark")?;
            (after_dot, adjoins) = (false, false);
        } else if let Some(comment) = comment_length(rest) {
            length = comment;
        } else if c.is_ascii_digit() {
            // A whole number literal at once, so that the `e` of an exponent is no name.
            length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(rest.len());
            let digits = rest.split_at(length).0;
            length = digits.find("..").unwrap_or(length);
            (after_dot, adjoins) = (false, false);
        } else if !c.is_ascii() && !c.is_whitespace() {
            return Err(format!("expected ASCII outside quotation marks, but found {c:?}; names are snake_case"));
        } else if !c.is_whitespace() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                '?' => return Err("the name ? is not supported; write the input expression instead".to_owned()),
                _ => {}
            }
            operators += usize::from(!matches!(c, ',' | ')' | ']' | '}' | ':'));
            after_dot = c == '.' && !rest.starts_with("..");
            if rest.starts_with("..") {
                length = 2;
            }
            adjoins = false;
        }
        if depth > DEPTH_MAX {
            return Err(format!("expected at most {DEPTH_MAX} brackets inside each other"));
        }
        if operators > OPERATORS_MAX {
            return Err(format!("expected at most {OPERATORS_MAX} operators; split the decision"));
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(found)
}

fn string_length(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn comment_length(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        Some(text.find('\n').unwrap_or(text.len()))
    } else if text.starts_with("/*") {
        Some(text.find("*/").map_or(text.len(), |at| at + 2))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(names(text).unwrap().iter().map(String::as_str).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn words_that_are_neither_keywords_nor_functions_are_names() {
        check("a and b or not(c)", &["a", "b", "c"]);
        check("answers.place = \"rented and b\"", &["answers", "place"]);
        check("string length(answers.name) > 3", &["answers", "name", "string length"]);
        check("date and time(x) < y /* z */ // w", &["date and time", "x", "y"]);
        check("case.date >= date(\"2026-01-01\")", &["case", "date"]);
        check("count(rows) > count", &["count", "rows"]);
        check("1e3 + [1..5] + 2.5", &[]);
        check("x instance of years and months duration", &["x"]);
        check("for x in xs return x.y", &["x", "xs", "y"]);
    }

    #[test]
    fn oversized_and_foreign_text_is_refused() {
        assert!(names(&"a".repeat(5000)).unwrap_err().contains("characters"));
        assert!(names(&"(".repeat(100)).unwrap_err().contains("brackets"));
        assert!(names(&"1+".repeat(500)).unwrap_err().contains("operators"));
        assert!(names("年龄 > 3").unwrap_err().contains("snake_case"));
        assert!(names("a = “b”").unwrap_err().contains("ASCII"));
        assert!(names("\"open").unwrap_err().contains("closing"));
        assert!(names("? > 3").unwrap_err().contains('?'));
    }
}
