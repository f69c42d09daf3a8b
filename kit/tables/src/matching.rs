//! `like` and `glob` in time proportional to text and pattern. SQLite's own try every way of spreading the stars.

/// One part of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Any run of characters.
    Many,
    /// Any one character.
    One,
    /// This character.
    Just(char),
}

/// `like`: `%` and `_`, letters of either case alike.
pub(crate) fn like(pattern: &str, text: &str, escape: Option<char>) -> bool {
    let mut parts = Vec::new();
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        parts.push(match c {
            c if Some(c) == escape => Part::Just(rest.next().unwrap_or(c).to_ascii_lowercase()),
            '%' => Part::Many,
            '_' => Part::One,
            c => Part::Just(c.to_ascii_lowercase()),
        });
    }
    let text: Vec<char> = text.chars().map(|c| c.to_ascii_lowercase()).collect();
    fits(&parts, &text)
}

/// `glob`: `*` and `?`, case counts. Sets in brackets are taken as they stand.
pub(crate) fn glob(pattern: &str, text: &str) -> bool {
    let part = |c| match c {
        '*' => Part::Many,
        '?' => Part::One,
        c => Part::Just(c),
    };
    let parts: Vec<Part> = pattern.chars().map(part).collect();
    fits(&parts, &text.chars().collect::<Vec<_>>())
}

/// Only the last `Many` is ever tried again: what came before it cannot help.
fn fits(parts: &[Part], text: &[char]) -> bool {
    let (mut at, mut from) = (0, 0);
    let mut again: Option<(usize, usize)> = None;
    while let Some(c) = text.get(from) {
        match parts.get(at) {
            Some(Part::Many) => {
                again = Some((at, from));
                at += 1;
            }
            Some(Part::One) => (at, from) = (at + 1, from + 1),
            Some(Part::Just(wanted)) if wanted == c => (at, from) = (at + 1, from + 1),
            Some(Part::Just(_)) | None => {
                let Some((star, tried)) = again else { return false };
                again = Some((star, tried + 1));
                (at, from) = (star + 1, tried + 1);
            }
        }
    }
    parts.get(at..).is_some_and(|rest| rest.iter().all(|part| *part == Part::Many))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_in_sqlite() {
        for (pattern, text, fits) in [
            ("%", "", true),
            ("", "", true),
            ("", "a", false),
            ("a%", "Abc", true),
            ("%c", "abc", true),
            ("a_c", "aXc", true),
            ("a%b%c", "a--b--c", true),
            ("a%b%c", "a--c--b", false),
            ("%云溪%", "在云溪县", true),
            ("_", "云", true),
            ("a", "ab", false),
            ("%ab", "aab", true),
            ("%aab", "aaab", true),
        ] {
            assert_eq!(like(pattern, text, None), fits, "{pattern} {text}");
        }
        assert!(like("100!%", "100%", Some('!')) && !like("100!%", "1000", Some('!')));
        assert!(glob("a*c?", "abcd") && !glob("A*", "abc"));
    }

    #[test]
    fn a_pattern_of_many_stars_takes_no_time() {
        let (pattern, text) = ("%a".repeat(40) + "%b", "a".repeat(60_000));
        assert!(!like(&pattern, &text, None));
    }
}
