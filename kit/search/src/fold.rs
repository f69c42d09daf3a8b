//! One character at a time, so that positions in the folded text are positions in the original.

/// What a character is for search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Han,
    Word,
    Other,
}

/// Full-width to ASCII, capital to small.
pub(crate) fn fold(c: char) -> char {
    let narrow = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    };
    let mut lower = narrow.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(single), None) => single,
        _ => narrow,
    }
}

pub(crate) fn class(c: char) -> Class {
    match c {
        '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}' => Class::Han,
        _ if c.is_alphanumeric() => Class::Word,
        _ => Class::Other,
    }
}

/// A run of characters of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub class: Class,
    /// Folded characters, each with its byte range in the text.
    pub chars: Vec<(char, usize, usize)>,
}

impl Run {
    pub(crate) fn text(&self) -> String {
        self.chars.iter().map(|(c, _, _)| *c).collect()
    }
}

/// The runs of a text, without what separates them.
pub(crate) fn runs(text: &str) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let mut open = false;
    for (at, original) in text.char_indices() {
        let c = fold(original);
        let class = class(c);
        if class == Class::Other {
            open = false;
            continue;
        }
        let part = (c, at, at + original.len_utf8());
        match found.last_mut() {
            Some(run) if open && run.class == class => run.chars.push(part),
            _ => found.push(Run { class, chars: vec![part] }),
        }
        open = true;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_folded_and_separated() {
        let found: Vec<(Class, String)> = runs("办理ＡＢｃ12号，Über 〇").iter().map(|run| (run.class, run.text())).collect();
        let expected = [(Class::Han, "办理"), (Class::Word, "abc12"), (Class::Han, "号"), (Class::Word, "über"), (Class::Han, "〇")];
        assert_eq!(found, expected.map(|(class, text)| (class, text.to_owned())));
    }
}
