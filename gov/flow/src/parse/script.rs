//! `name = FEEL; name2 = FEEL` of script tasks.

use crate::definition::Assignment;

/// Splits a script into assignments; on failure, the part that is not one.
pub(super) fn assignments(script: &str) -> Result<Vec<Assignment>, String> {
    let parts = statements(script);
    let sets: Result<Vec<_>, _> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).map(assignment).collect();
    sets.and_then(|sets| if sets.is_empty() { Err(String::new()) } else { Ok(sets) })
}

fn assignment(part: &str) -> Result<Assignment, String> {
    let wrong = || part.to_owned();
    let (name, feel) = part.split_once('=').ok_or_else(wrong)?;
    let (name, feel) = (name.trim(), feel.trim());
    if !is_snake_case(name) || feel.is_empty() {
        return Err(wrong());
    }
    Ok(Assignment { name: name.to_owned(), feel: feel.to_owned() })
}

/// Splits at semicolons that are outside of FEEL texts.
fn statements(script: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for character in script.chars() {
        if character == ';' && !quoted {
            parts.push(String::new());
            continue;
        }
        if character == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && character == '\\' && !escaped;
        if let Some(last) = parts.last_mut() {
            last.push(character);
        }
    }
    parts
}

/// Ids and variables are names in FEEL, so they are snake_case ASCII.
pub(crate) fn is_snake_case(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_ascii_lowercase())
        && characters.all(|character| character.is_ascii_lowercase() || character.is_ascii_digit() || character == '_')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{assignments, is_snake_case};

    #[test]
    fn scripts_are_lists_of_assignments() {
        let check = |script: &str, expected: &[(&str, &str)]| {
            let sets = assignments(script).unwrap();
            let sets: Vec<_> = sets.iter().map(|set| (set.name.as_str(), set.feel.as_str())).collect();
            assert_eq!(sets, expected, "{script}");
        };
        check("a = 1", &[("a", "1")]);
        check(" a = 1 ;\n b_2 = a + 1; ", &[("a", "1"), ("b_2", "a + 1")]);
        check(r#"a = "x; \" y"; b = a = "x""#, &[("a", r#""x; \" y""#), ("b", "a = \"x\"")]);
        for (script, wrong) in [("", ""), ("a", "a"), ("a = ", "a ="), ("A = 1", "A = 1"), ("a.b = 1", "a.b = 1"), ("a = 1; b", "b")] {
            assert_eq!(assignments(script).unwrap_err(), wrong, "{script}");
        }
    }

    #[test]
    fn names_are_snake_case() {
        for good in ["a", "a1", "site_visit", "x_"] {
            assert!(is_snake_case(good), "{good}");
        }
        for bad in ["", "A", "1a", "_a", "aB", "a-b", "a.b", "名"] {
            assert!(!is_snake_case(bad), "{bad}");
        }
    }
}
