//! Texts as words: letters and digits in lower case, and pairs of Han characters.

/// Whether a character is written without spaces between words.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// The stretches of a text: Han characters, or letters and digits.
fn stretches(text: &str) -> Vec<(bool, Vec<char>)> {
    let mut found: Vec<(bool, Vec<char>)> = Vec::new();
    let mut open = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        let han = is_han(c);
        match found.last_mut() {
            Some((last, chars)) if open && *last == han => chars.push(c),
            _ => found.push((han, vec![c])),
        }
        open = true;
    }
    found
}

/// The text as the index keeps it: words with spaces between them; each stretch of Han ends with its last character alone.
pub(crate) fn indexed(text: &str) -> String {
    let mut words = Vec::new();
    for (han, chars) in stretches(text) {
        if han {
            words.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
            words.extend(chars.last().map(char::to_string));
        } else {
            words.push(chars.into_iter().collect());
        }
    }
    words.join(" ")
}

/// What was typed, in the language of the index; `None` when there is nothing to look for.
pub(crate) fn sought(text: &str) -> Option<String> {
    let phrases: Vec<String> = stretches(text)
        .into_iter()
        .map(|(han, chars)| match (han, chars.len()) {
            (true, 2..) => format!("\"{}\"", chars.windows(2).map(|pair| pair.iter().collect::<String>()).collect::<Vec<_>>().join(" ")),
            _ => format!("\"{}\" *", chars.into_iter().collect::<String>()),
        })
        .collect();
    if phrases.is_empty() { None } else { Some(phrases.join(" ")) }
}

/// What a text is found by, or asks for: words, and pairs of Han characters; a Han character that stands alone as it is.
#[must_use]
pub fn terms(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (han, chars) in stretches(text) {
        match (han, chars.len()) {
            (true, 2..) => found.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>())),
            _ => found.push(chars.into_iter().collect()),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_is_indexed_in_pairs_and_letters_as_words() {
        assert_eq!(indexed("云溪县 No.12 Bus站"), "云溪 溪县 县 no 12 bus 站");
        assert_eq!(indexed("；—"), "");
    }

    #[test]
    fn no_text_is_an_operator() {
        assert_eq!(sought("溪县").as_deref(), Some("\"溪县\""));
        assert_eq!(sought("云溪县 or \"x\" NEAR(").as_deref(), Some("\"云溪 溪县\" \"or\" * \"x\" * \"near\" *"));
        assert_eq!(sought("站").as_deref(), Some("\"站\" *"));
        assert_eq!(sought("\"*()"), None);
    }
}
