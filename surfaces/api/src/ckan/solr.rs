//! The part of Solr's query language that clients of portals use: words, `field:value`, `field:"value"`, `field:(a OR b)`, `+`, `-`, `AND`, `NOT`,
//! `*:*`, and `metadata_modified:[a TO b]`.

/// One condition of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Clause {
    /// Words to be found.
    Words(String),
    /// A field with one of these values, or with none of them.
    Field { name: String, any_of: Vec<String>, not: bool },
    /// A field between two values; `*` is open.
    Range { name: String, from: String, to: String },
}

/// Reads a query. Everything can be read: what is no condition is words.
pub(crate) fn clauses(query: &str) -> Vec<Clause> {
    let mut found = Vec::new();
    let mut words = Vec::new();
    let mut rest = query.trim();
    let mut turned = false;
    while !rest.is_empty() {
        let (piece, after) = piece(rest);
        rest = after.trim_start();
        let (not, bare) = match piece.strip_prefix('-') {
            Some(bare) if !bare.is_empty() => (true, bare),
            _ => (turned, piece.strip_prefix('+').unwrap_or(piece)),
        };
        turned = false;
        match bare {
            "AND" | "&&" | "OR" | "||" | "*:*" | "*" | "" => continue,
            "NOT" | "!" => turned = true,
            bare => match field(bare, not) {
                Some(clause) => found.push(clause),
                None => words.push(unquoted(bare)),
            },
        }
    }
    if !words.is_empty() {
        found.push(Clause::Words(words.join(" ")));
    }
    found
}

/// The first piece: up to a space outside of quotes and brackets.
fn piece(text: &str) -> (&str, &str) {
    let (mut quoted, mut depth) = (false, 0_u32);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth = depth.saturating_sub(1),
            c if c.is_whitespace() && !quoted && depth == 0 => return text.split_at(at),
            _ => {}
        }
    }
    (text, "")
}

fn field(piece: &str, not: bool) -> Option<Clause> {
    let piece = piece.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(piece);
    let (name, value) = piece.split_once(':')?;
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !is_name || value.is_empty() || value.starts_with("//") {
        return None;
    }
    let name = name.to_owned();
    if let Some(range) = value.strip_prefix(['[', '{']).and_then(|inner| inner.strip_suffix([']', '}'])) {
        let (from, to) = range.split_once(" TO ")?;
        return Some(Clause::Range { name, from: from.trim().to_owned(), to: to.trim().to_owned() });
    }
    let any_of = match value.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(list) => {
            let mut values = Vec::new();
            let mut rest = list.trim();
            while !rest.is_empty() {
                let (one, after) = self::piece(rest);
                rest = after.trim_start();
                if !matches!(one, "OR" | "AND" | "||" | "&&") {
                    values.push(unquoted(one));
                }
            }
            values
        }
        None => vec![unquoted(value)],
    };
    Some(Clause::Field { name, any_of, not })
}

fn unquoted(text: &str) -> String {
    text.trim_matches('"').replace("\\\"", "\"").replace('\\', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(name: &str, any_of: &[&str], not: bool) -> Clause {
        Clause::Field { name: name.into(), any_of: any_of.iter().map(|value| (*value).to_owned()).collect(), not }
    }

    #[test]
    fn conditions_and_words_are_told_apart() {
        assert_eq!(clauses("*:*"), []);
        assert_eq!(clauses("公交 站点"), [Clause::Words("公交 站点".into())]);
        assert_eq!(
            clauses("bus +tags:\"a b\" AND -groups:tran res_format:(CSV OR \"JSON\") NOT organization:x"),
            [
                is("tags", &["a b"], false),
                is("groups", &["tran"], true),
                is("res_format", &["CSV", "JSON"], false),
                is("organization", &["x"], true),
                Clause::Words("bus".into()),
            ]
        );
        assert_eq!(
            clauses("metadata_modified:[2026-01-01T00:00:00Z TO *]"),
            [Clause::Range { name: "metadata_modified".into(), from: "2026-01-01T00:00:00Z".into(), to: "*".into() }]
        );
        assert_eq!(clauses("(tags:a)"), [is("tags", &["a"], false)]);
    }

    #[test]
    fn no_text_is_an_error() {
        for text in ["\"", "((", "a:", ":b", "http://x.y/z", "-", "+", "a:[1 2]", "]]"] {
            clauses(text);
        }
    }
}
