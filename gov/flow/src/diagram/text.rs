//! Text in boxes: estimated widths, line breaks, escapes.

/// Width in units of the font size: Chinese characters are square, Latin ones about half as wide.
pub(super) fn width(text: &str) -> f64 {
    text.chars().map(character_width).sum()
}

fn character_width(character: char) -> f64 {
    if character.is_ascii() { 0.56 } else { 1.0 }
}

/// Breaks a text into lines no wider than `width_max`; Latin words stay whole where they fit; what exceeds `lines_max` becomes “…”.
pub(super) fn wrap(text: &str, width_max: f64, lines_max: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let Some(line) = lines.last_mut() else { break };
        if width(line.as_str()) + width(piece.trim_end()) <= width_max {
            line.push_str(&piece);
        } else if width(piece.trim_end()) <= width_max {
            lines.push(piece);
        } else {
            break_word(&mut lines, &piece, width_max);
        }
    }
    let mut lines: Vec<String> = lines.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    if lines.len() > lines_max {
        lines.truncate(lines_max);
        if let Some(last) = lines.last_mut() {
            while width(last) + 1.0 > width_max && last.pop().is_some() {}
            last.push('…');
        }
    }
    lines
}

fn break_word(lines: &mut Vec<String>, word: &str, width_max: f64) {
    for character in word.chars() {
        let full = lines.last().is_none_or(|line| width(line) + character_width(character) > width_max);
        if full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push(character);
        }
    }
}

/// Latin words with the space behind them, and single characters of other scripts.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut within_word = false;
    for character in text.chars() {
        let latin = character.is_ascii() && character != ' ';
        match pieces.last_mut() {
            Some(last) if within_word && character.is_ascii() => last.push(character),
            _ => pieces.push(character.to_string()),
        }
        within_word = latin;
    }
    pieces
}

/// Text for XML content and attributes.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // XML has no characters for these.
            control if control.is_control() => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{escape, wrap};

    #[test]
    fn texts_are_broken_to_fit() {
        let check = |text: &str, width: f64, lines: usize, expected: &[&str]| assert_eq!(wrap(text, width, lines), expected, "{text}");
        check("受理", 6.0, 3, &["受理"]);
        check("现场核查与材料审查", 5.0, 3, &["现场核查与", "材料审查"]);
        check("现场核查与材料审查以及其他各种事项", 5.0, 2, &["现场核查与", "材料审查…"]);
        check("Review the application", 6.5, 3, &["Review the", "application"]);
        check("12345 诉求", 4.0, 3, &["12345", "诉求"]);
        check("Donaudampfschifffahrt", 5.0, 9, &["Donaudam", "pfschiff", "fahrt"]);
        check("", 5.0, 3, &[]);
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escape("<a href=\"x\">&'\u{7}"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39; ");
    }
}
