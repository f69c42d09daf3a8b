//! The words of the public pages.

use std::sync::LazyLock;

use i18n::{Bundle, Lang};

pub(crate) static TEXTS: LazyLock<Bundle> = LazyLock::new(|| Bundle::from_toml(include_str!("../../texts/public.toml")));

/// The text of a key.
pub(crate) fn t(lang: Lang, key: &'static str) -> &'static str {
    TEXTS.t(lang, key)
}

/// The text of a key with its placeholders filled.
pub(crate) fn fill(lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
    TEXTS.fill(lang, key, values)
}

/// Words in a row: `窗口办理、网上办理`, `at a counter, on the web`.
pub(crate) fn joined(lang: Lang, words: impl IntoIterator<Item = String>) -> String {
    let comma = match lang {
        Lang::ZhHans => "、",
        Lang::En => ", ",
    };
    words.into_iter().collect::<Vec<_>>().join(comma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_both_languages() {
        assert_eq!(TEXTS.check(), Vec::<String>::new());
    }

    #[test]
    fn every_key_that_the_pages_name_has_a_text() {
        let mut missing = Vec::new();
        for (file, source) in crate::public::sources() {
            for key in source.split('"').filter(|part| part.starts_with("p.") && (5..60).contains(&part.len()) && !part.contains([' ', '{', '\\'])) {
                if TEXTS.find(Lang::En, key).is_none() {
                    missing.push(format!("{file}: {key}"));
                }
            }
        }
        assert_eq!(missing, Vec::<String>::new());
    }
}
