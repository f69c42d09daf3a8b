use serde::Serialize;

use crate::fold::fold;

/// A stretch of a snippet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// The text.
    pub text: String,
    /// Whether it is what was looked for.
    pub hit: bool,
}

const LENGTH: usize = 80;
const LEAD: usize = 16;

/// The part of a text around what was looked for, or its beginning.
pub(crate) fn snippet(text: &str, sought: &[String]) -> Vec<Stretch> {
    let chars: Vec<char> = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let marks = marks(&chars, sought);
    let start = from_whole_sentence(&chars, &marks, best_start(&marks));
    let end = (start + LENGTH).min(chars.len());
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut push = |text: String, hit: bool| match stretches.last_mut() {
        Some(last) if last.hit == hit => last.text.push_str(&text),
        _ => stretches.push(Stretch { text, hit }),
    };
    if start > 0 {
        push("…".to_owned(), false);
    }
    for (c, hit) in chars.iter().zip(&marks).take(end).skip(start) {
        push(c.to_string(), *hit);
    }
    if end < chars.len() {
        push("…".to_owned(), false);
    }
    stretches
}

/// For every character whether it belongs to something sought. Whole pieces first; only if none is there, their pairs.
fn marks(chars: &[char], sought: &[String]) -> Vec<bool> {
    let folded: Vec<char> = chars.iter().map(|c| fold(*c)).collect();
    let mut marks = vec![false; chars.len()];
    let mut mark = |word: &[char]| {
        let mut found = false;
        for (at, window) in folded.windows(word.len().max(1)).enumerate() {
            if window == word {
                found = true;
                marks.iter_mut().skip(at).take(word.len()).for_each(|m| *m = true);
            }
        }
        found
    };
    for piece in sought {
        let word: Vec<char> = piece.chars().collect();
        if !word.is_empty() && !mark(&word) && !word.iter().all(char::is_ascii) {
            for pair in word.windows(2) {
                mark(pair);
            }
        }
    }
    marks
}

/// The window with most marks, with a little text before its first mark.
fn best_start(marks: &[bool]) -> usize {
    let mut best = (0, 0);
    let mut inside = 0_usize;
    for (at, mark) in marks.iter().enumerate() {
        inside += usize::from(*mark);
        let start = (at + 1).saturating_sub(LENGTH);
        if start > 0 {
            inside -= usize::from(marks.get(start - 1).copied().unwrap_or_default());
        }
        if inside > best.0 {
            best = (inside, start);
        }
    }
    let first = marks.iter().enumerate().skip(best.1).find(|(_, mark)| **mark).map_or(0, |(at, _)| at);
    first.saturating_sub(LEAD).min(marks.len().saturating_sub(LENGTH))
}

/// Where a sentence or an entry begins between the start and the first mark, if one does: half a word in front helps nobody.
fn from_whole_sentence(chars: &[char], marks: &[bool], start: usize) -> usize {
    let in_front = chars.iter().zip(marks).enumerate().skip(start).take_while(|(_, (_, mark))| !**mark);
    let ends = in_front.filter(|(_, (c, _))| matches!(c, '。' | '；' | '！' | '？' | ' ')).map(|(at, _)| at + 1);
    if start == 0 { 0 } else { ends.last().unwrap_or(start) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, sought: &[&str]) -> String {
        let sought: Vec<String> = sought.iter().map(|s| (*s).to_owned()).collect();
        snippet(text, &sought).iter().map(|s| if s.hit { format!("[{}]", s.text) } else { s.text.clone() }).collect()
    }

    #[test]
    fn what_was_sought_is_marked() {
        assert_eq!(shown("申请营业执照", &["营业执照"]), "申请[营业执照]");
        assert_eq!(shown("申请执照的人", &["营业执照"]), "申请[执照]的人");
        assert_eq!(shown("Apply for a Ｆood permit", &["food"]), "Apply for a [Ｆood] permit");
        assert_eq!(shown("没有", &["执照"]), "没有");
        assert_eq!(shown("", &["执照"]), "");
    }

    #[test]
    fn a_long_text_is_cut_around_the_find() {
        let text = format!("{}营业执照{}", "前".repeat(300), "后".repeat(300));
        let cut = shown(&text, &["营业执照"]);
        assert!(cut.starts_with("…前") && cut.contains("前[营业执照]后") && cut.ends_with("后…"), "{cut}");
        assert!(cut.chars().count() <= LENGTH + 4);
        let text = format!("{}经营场所使用证明。登记前的批准文件{}", "前".repeat(300), "后".repeat(300));
        assert!(shown(&text, &["批准文件"]).starts_with("…登记前的[批准文件]后"));
        let end = snippet(&format!("{}执照", "前".repeat(300)), &["执照".to_owned()]);
        assert!(end.last().is_some_and(|s| s.hit && s.text == "执照"));
    }
}
