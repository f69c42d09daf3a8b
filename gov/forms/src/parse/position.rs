//! Where the values of a JSON text stand, and keys that occur twice. The text has been parsed before, so it is well-formed.

use std::collections::HashMap;

#[derive(Debug, Default)]
pub(crate) struct Positions {
    places: HashMap<String, (u32, u32)>,
    /// Pointers of keys that occur twice in their object.
    pub repeated: Vec<String>,
}

impl Positions {
    pub(crate) fn of(text: &str) -> Positions {
        let mut scanner = Scanner { rest: text.chars().peekable(), line: 1, column: 1, found: Positions::default() };
        scanner.value(String::new(), 0);
        scanner.found
    }

    /// Line and column of a value, or of the nearest one around it.
    pub(crate) fn find(&self, pointer: &str) -> (u32, u32) {
        let mut pointer = pointer;
        loop {
            if let Some(place) = self.places.get(pointer) {
                return *place;
            }
            match pointer.rsplit_once('/') {
                Some((outer, _)) => pointer = outer,
                None => return (0, 0),
            }
        }
    }
}

/// A name as part of a JSON pointer.
pub(crate) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

const DEPTH_MAX: u32 = 130;

struct Scanner<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    line: u32,
    column: u32,
    found: Positions,
}

impl Scanner<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        if c == '\n' {
            self.line = self.line.saturating_add(1);
            self.column = 1;
        } else {
            self.column = self.column.saturating_add(1);
        }
        Some(c)
    }

    fn skip_blanks(&mut self) {
        while self.rest.peek().is_some_and(|c| c.is_ascii_whitespace() || matches!(c, ',' | ':')) {
            self.next();
        }
    }

    fn value(&mut self, pointer: String, depth: u32) {
        self.skip_blanks();
        let place = (self.line, self.column);
        match self.rest.peek() {
            Some('{') if depth < DEPTH_MAX => self.object(&pointer, depth),
            Some('[') if depth < DEPTH_MAX => self.array(&pointer, depth),
            Some('"') => {
                self.string();
            }
            _ => {
                while self.rest.peek().is_some_and(|c| !matches!(c, ',' | '}' | ']') && !c.is_ascii_whitespace()) {
                    self.next();
                }
            }
        }
        self.found.places.insert(pointer, place);
    }

    fn object(&mut self, pointer: &str, depth: u32) {
        self.next();
        let mut keys: Vec<String> = Vec::new();
        loop {
            self.skip_blanks();
            if self.rest.peek() != Some(&'"') {
                break;
            }
            let key = self.string();
            let inner = format!("{pointer}/{}", escaped(&key));
            if keys.contains(&key) {
                self.found.repeated.push(inner.clone());
            }
            keys.push(key);
            self.value(inner, depth + 1);
        }
        self.next();
    }

    fn array(&mut self, pointer: &str, depth: u32) {
        self.next();
        for index in 0_usize.. {
            self.skip_blanks();
            if matches!(self.rest.peek(), None | Some(']')) {
                break;
            }
            self.value(format!("{pointer}/{index}"), depth + 1);
        }
        self.next();
    }

    /// A string; escapes in keys stay as they are written, which is enough to find ASCII names.
    fn string(&mut self) -> String {
        self.next();
        let mut text = String::new();
        while let Some(c) = self.next() {
            match c {
                '"' => break,
                '\\' => {
                    text.push(c);
                    text.extend(self.next());
                }
                _ => text.push(c),
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_line_and_column() {
        let text = "{ \"a\": [1, {\"b/c\": true}],\n  \"d\": \"x\\\"y\", \"d\": null,\n \"e\": -1.5e3 }";
        let positions = Positions::of(text);
        for (pointer, place) in
            [("", (1, 1)), ("/a", (1, 8)), ("/a/0", (1, 9)), ("/a/1/b~1c", (1, 20)), ("/e", (3, 7)), ("/e/f/g", (3, 7)), ("/x", (1, 1))]
        {
            assert_eq!(positions.find(pointer), place, "{pointer}");
        }
        assert_eq!(positions.repeated, ["/d"]);
        assert_eq!(Positions::of("[[],{}, ]").find("/1"), (1, 5));
    }
}
