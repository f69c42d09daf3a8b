//! Where functions and test modules start and end.

use std::ops::RangeInclusive;

/// A function with a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Line of the `fn`, from 1.
    pub line: usize,
    /// Lines from `fn` to the closing brace.
    pub lines: usize,
}

/// All functions of blanked code.
#[must_use]
pub fn functions(code: &str) -> Vec<Function> {
    let mut found = Vec::new();
    for (start, _) in code.match_indices("fn ") {
        let before = code.get(..start).and_then(|text| text.chars().next_back());
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = code.get(start + 3..).unwrap_or_default();
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        // A semicolon before the first brace ends a declaration without a body; one inside `[u8; 32]` does not.
        let Some(body) = body_of(rest).filter(|_| !name.is_empty()) else { continue };
        let line = line_of(code, start);
        found.push(Function { name, line, lines: line_of(code, start + 3 + body) - line + 1 });
    }
    found
}

/// Lines of items under `#[cfg(test)]` that have a body in this file.
#[must_use]
pub fn test_lines(code: &str) -> Vec<RangeInclusive<usize>> {
    let mut found = Vec::new();
    for (start, mark) in code.match_indices("#[cfg(test)]") {
        let after = start + mark.len();
        let rest = code.get(after..).unwrap_or_default();
        let end = body_of(rest).or_else(|| rest.find(';')).unwrap_or(0);
        found.push(line_of(code, start)..=line_of(code, after + end));
    }
    found
}

fn line_of(code: &str, at: usize) -> usize {
    code.get(..at).unwrap_or(code).matches('\n').count() + 1
}

/// Offset of the brace that closes the first body; none when a semicolon comes first.
fn body_of(rest: &str) -> Option<usize> {
    let (mut round, mut curly) = (0_i32, 0_i32);
    for (at, c) in rest.char_indices() {
        match c {
            '(' | '[' => round += 1,
            ')' | ']' => round -= 1,
            ';' if round == 0 && curly == 0 => return None,
            '{' => curly += 1,
            '}' => {
                curly -= 1;
                if curly == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Function, functions, test_lines};

    #[test]
    fn functions_have_names_and_lengths() {
        let code = "trait T {\n    fn declared(x: [u8; 32]) -> u8;\n    fn made(&self) {\n        if x { y }\n    }\n}\n";
        assert_eq!(functions(code), [Function { name: "made".into(), line: 3, lines: 3 }]);
    }

    #[test]
    fn test_modules_have_lines() {
        assert_eq!(test_lines("fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n"), [2..=5]);
        assert_eq!(test_lines("#[cfg(test)]\nmod tests;\nfn a() {}\n"), [1..=2]);
    }
}
