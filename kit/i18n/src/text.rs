use serde::{Deserialize, Serialize};

use crate::Lang;

/// One text in both languages. In data both are required.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A text from its two languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Text {
        Text { zh: zh.into(), en: en.into() }
    }

    /// The same words in both languages: a name, a number, what a person typed.
    pub fn same(text: impl Into<String>) -> Text {
        let zh = text.into();
        Text { en: zh.clone(), zh }
    }

    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::ZhHans => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// Whether either language is missing.
    pub fn is_incomplete(&self) -> bool {
        self.zh.trim().is_empty() || self.en.trim().is_empty()
    }

    /// Whether there is nothing to read in either language.
    pub fn is_empty(&self) -> bool {
        self.zh.trim().is_empty() && self.en.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn both_languages_are_required_in_data() {
        let text: Text = toml::from_str("zh = \"受理\"\nen = \"Acceptance\"").unwrap();
        assert_eq!(text.get(Lang::ZhHans), "受理");
        assert_eq!(text.get(Lang::En), "Acceptance");
        assert!(toml::from_str::<Text>("zh = \"受理\"").is_err());
        assert!(toml::from_str::<Text>("zh = \"受理\"\nen = \"a\"\nfr = \"b\"").is_err());
    }

    #[test]
    fn a_blank_language_is_incomplete() {
        assert!(Text::new("受理", " ").is_incomplete());
        assert!(!Text::new("受理", " ").is_empty());
        assert!(Text::default().is_empty());
        assert!(!Text::same("9233").is_incomplete());
    }
}
