//! The engine's tokens of a text.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::fold::{Class, Run, runs};

/// Words longer than this are no words.
const WORD_LENGTH_MAX: usize = 40;

/// Han runs as overlapping pairs, a single Han character as itself, words whole.
#[derive(Clone)]
pub(crate) struct Pairs;

/// Every Han character for itself, words whole.
#[derive(Clone)]
pub(crate) struct Characters;

pub(crate) struct Tokens {
    tokens: std::vec::IntoIter<Token>,
    current: Token,
}

impl Tokenizer for Pairs {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        tokens(text, 2)
    }
}

impl Tokenizer for Characters {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        tokens(text, 1)
    }
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        match self.tokens.next() {
            Some(token) => {
                self.current = token;
                true
            }
            None => false,
        }
    }

    fn token(&self) -> &Token {
        &self.current
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.current
    }
}

fn tokens(text: &str, width: usize) -> Tokens {
    let mut found = Vec::new();
    let mut position = 0;
    for run in runs(text) {
        for (text, from, to) in parts(&run, width) {
            found.push(Token { offset_from: from, offset_to: to, position, text, position_length: 1 });
            position += 1;
        }
        // A gap, so that no phrase reaches over the end of a run.
        position += 1;
    }
    Tokens { tokens: found.into_iter(), current: Token::default() }
}

fn parts(run: &Run, width: usize) -> Vec<(String, usize, usize)> {
    let whole = |chars: &[(char, usize, usize)]| {
        let (first, last) = (chars.first()?, chars.last()?);
        Some((chars.iter().map(|(c, _, _)| *c).collect::<String>(), first.1, last.2))
    };
    match run.class {
        Class::Han if run.chars.len() > width => run.chars.windows(width).filter_map(whole).collect(),
        Class::Han => whole(&run.chars).into_iter().collect(),
        Class::Word if run.chars.len() <= WORD_LENGTH_MAX => whole(&run.chars).into_iter().collect(),
        Class::Word | Class::Other => Vec::new(),
    }
}

/// The terms of a text, as they stand in the index.
pub(crate) fn terms(text: &str) -> Vec<String> {
    tokens(text, 2).tokens.map(|token| token.text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_runs_become_pairs() {
        assert_eq!(terms("营业执照"), ["营业", "业执", "执照"]);
        assert_eq!(terms("证"), ["证"]);
        assert_eq!(terms("A证，GB/T 9704-2012"), ["a", "证", "gb", "t", "9704", "2012"]);
        assert_eq!(terms(&"x".repeat(100)), Vec::<String>::new());
        let singles: Vec<String> = tokens("营业 ok", 1).tokens.map(|t| t.text).collect();
        assert_eq!(singles, ["营", "业", "ok"]);
    }

    #[test]
    fn positions_have_a_gap_between_runs() {
        let found: Vec<(usize, usize, usize)> = tokens("个体户，执照", 2).tokens.map(|t| (t.position, t.offset_from, t.offset_to)).collect();
        assert_eq!(found, [(0, 0, 6), (1, 3, 9), (3, 12, 18)]);
    }
}
