//! A look at the text of a FEEL expression: which paths are compared with which constant texts.

/// A path compared with a text: `situation.place = "rented"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comparison {
    pub path: String,
    pub text: String,
}

#[derive(Debug, PartialEq)]
enum Token<'t> {
    Path(&'t str),
    Text(&'t str),
    Equal,
    In,
    Open,
    Comma,
    Other,
}

/// All comparisons by `=`, `!=` and `in (…)` of a path with texts, in order.
pub(crate) fn comparisons(feel: &str) -> Vec<Comparison> {
    let tokens = tokens(feel);
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let mut after = tokens.iter().skip(index + 1);
        match (token, after.next(), after.next()) {
            (Token::Path(path), Some(Token::Equal), Some(Token::Text(text))) | (Token::Text(text), Some(Token::Equal), Some(Token::Path(path))) => {
                found.push(Comparison { path: (*path).to_owned(), text: (*text).to_owned() });
            }
            (Token::Path(path), Some(Token::In), Some(Token::Open)) => {
                let members = tokens.iter().skip(index + 3).take_while(|token| matches!(token, Token::Text(_) | Token::Comma));
                for member in members {
                    if let Token::Text(text) = member {
                        found.push(Comparison { path: (*path).to_owned(), text: (*text).to_owned() });
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The constant texts of the expression.
pub(crate) fn texts(feel: &str) -> Vec<String> {
    let text = |token| if let Token::Text(text) = token { Some(text.to_owned()) } else { None };
    tokens(feel).into_iter().filter_map(text).collect()
}

fn tokens(feel: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = feel.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '"' => {
                let inner = rest.get(1..).unwrap_or_default();
                let end = inner.find('"').unwrap_or(inner.len());
                (Token::Text(inner.get(..end).unwrap_or_default()), end + 2)
            }
            '=' => (Token::Equal, 1),
            '!' if rest.starts_with("!=") => (Token::Equal, 2),
            '<' | '>' if rest.get(1..2) == Some("=") => (Token::Other, 2),
            '(' | '[' => (Token::Open, 1),
            ',' => (Token::Comma, 1),
            c if c.is_ascii_alphabetic() || c == '_' => {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len());
                let word = rest.get(..end).unwrap_or_default();
                (if word == "in" { Token::In } else { Token::Path(word) }, end)
            }
            other => (Token::Other, other.len_utf8()),
        };
        found.push(token);
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(feel: &str) -> Vec<(String, String)> {
        comparisons(feel).into_iter().map(|found| (found.path, found.text)).collect()
    }

    #[test]
    fn comparisons_are_found_on_both_sides_and_in_lists() {
        let pair = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        assert_eq!(pairs(r#"a.b = "x" and c != "y""#), [pair("a.b", "x"), pair("c", "y")]);
        assert_eq!(pairs(r#""x" = a.b"#), [pair("a.b", "x")]);
        assert_eq!(pairs(r#"a.b in ("x", "y")"#), [pair("a.b", "x"), pair("a.b", "y")]);
        assert_eq!(pairs(r#"a.b in ["x"]"#), [pair("a.b", "x")]);
        assert_eq!(pairs("a.b >= 3 and c = 中"), []);
        assert_eq!(pairs(r#"a = "unfinished"#), [pair("a", "unfinished")]);
        assert_eq!(texts(r#"not("x","y")"#), ["x", "y"]);
    }
}
