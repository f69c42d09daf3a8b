//! Source text with comments and literals blanked out, so that what is left is code; the literals are kept beside it.

/// A text literal and the line on which it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// Line, from 1.
    pub line: usize,
    /// What stands between the quotes, escapes as written.
    pub text: String,
}

/// One Rust file.
#[derive(Clone, Debug)]
pub struct Source {
    /// The code, line by line like the file; comments and the insides of literals are blanks.
    pub code: String,
    /// The text literals.
    pub literals: Vec<Literal>,
}

impl Source {
    /// Reads a file. Never fails: what is not Rust gives odd code, and the compiler says so.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut reader = Reader { chars: text.chars().collect(), at: 0, line: 1, code: String::new(), literals: Vec::new() };
        while reader.at < reader.chars.len() {
            reader.step();
        }
        Self { code: reader.code, literals: reader.literals }
    }
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
    code: String,
    literals: Vec<Literal>,
}

impl Reader {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    /// Takes one character, keeping it in the code or blanking it.
    fn take(&mut self, keep: bool) -> char {
        let c = self.peek(0);
        self.at += 1;
        if c == '\n' {
            self.line += 1;
        }
        self.code.push(if keep || c == '\n' { c } else { ' ' });
        c
    }

    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => self.line_comment(),
            ('/', '*') => self.block_comment(),
            ('"', _) => self.text(),
            ('\'', _) => self.quote(),
            ('r', '"' | '#') if !self.inside_word() && self.raw_hashes(1).is_some() => self.raw_text(1),
            ('b', 'r') if !self.inside_word() && self.raw_hashes(2).is_some() => self.raw_text(2),
            _ => {
                self.take(true);
            }
        }
    }

    fn inside_word(&self) -> bool {
        self.at.checked_sub(1).and_then(|before| self.chars.get(before)).is_some_and(|c| c.is_alphanumeric() || *c == '_')
    }

    fn line_comment(&mut self) {
        while self.at < self.chars.len() && self.peek(0) != '\n' {
            self.take(false);
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_u32;
        while self.at < self.chars.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth = depth.saturating_sub(1),
                _ => {
                    self.take(false);
                    continue;
                }
            }
            self.take(false);
            self.take(false);
            if depth == 0 {
                return;
            }
        }
    }

    fn text(&mut self) {
        let line = self.line;
        let mut text = String::new();
        self.take(true);
        while self.at < self.chars.len() && self.peek(0) != '"' {
            if self.peek(0) == '\\' {
                text.push(self.take(false));
            }
            text.push(self.take(false));
        }
        self.take(true);
        self.literals.push(Literal { line, text });
    }

    /// A character literal, or the start of a lifetime.
    fn quote(&mut self) {
        let literal = self.peek(1) == '\\' || self.peek(2) == '\'';
        self.take(true);
        if !literal {
            return;
        }
        if self.peek(0) == '\\' {
            self.take(false);
        }
        self.take(false);
        while self.at < self.chars.len() && self.peek(0) != '\'' && self.peek(0) != '\n' {
            self.take(false);
        }
        self.take(true);
    }

    /// How many hashes a raw literal has whose `r` stands `prefix` characters before them; none if it is no raw literal.
    fn raw_hashes(&self, prefix: usize) -> Option<usize> {
        let mut hashes = 0;
        while self.peek(prefix + hashes) == '#' {
            hashes += 1;
        }
        (self.peek(prefix + hashes) == '"').then_some(hashes)
    }

    fn raw_text(&mut self, prefix: usize) {
        let line = self.line;
        let hashes = self.raw_hashes(prefix).unwrap_or(0);
        for _ in 0..=prefix + hashes {
            self.take(true);
        }
        let mut text = String::new();
        while self.at < self.chars.len() {
            if self.peek(0) == '"' && (1..=hashes).all(|n| self.peek(n) == '#') {
                break;
            }
            text.push(self.take(false));
        }
        for _ in 0..=hashes {
            self.take(true);
        }
        self.literals.push(Literal { line, text });
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn comments_and_literals_are_blank_and_lines_stay() {
        let source = Source::read("let a = \"todo!\"; // dbg!\n/* x\n/* y */ */ let b = 'c';\nfn f<'a>(x: &'a str) {}\n");
        assert_eq!(source.code.lines().count(), 4);
        assert!(!source.code.contains("todo!") && !source.code.contains("dbg!") && !source.code.contains('y'));
        assert!(source.code.contains("fn f<'a>(x: &'a str) {}"));
    }

    #[test]
    fn raw_literals_escapes_and_braces_in_characters() {
        let source = Source::read("let a = r#\"say \"{\" \"#;\nlet b = \"\\\"}\";\nlet c = '{'; let d = '\\''; let number = 1;");
        let texts: Vec<_> = source.literals.iter().map(|literal| (literal.line, literal.text.as_str())).collect();
        assert_eq!(texts, [(1, "say \"{\" "), (2, "\\\"}")]);
        assert!(!source.code.contains(['{', '}']));
        assert!(source.code.contains("let number = 1;"));
    }
}
