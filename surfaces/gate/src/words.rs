//! Words of pages, in both languages.

use i18n::{Lang, Text};

/// A text of the program: Chinese, English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(pub &'static str, pub &'static str);

impl Words {
    /// The text in one language.
    #[must_use]
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::ZhHans => self.0,
            Lang::En => self.1,
        }
    }

    /// The text in both.
    #[must_use]
    pub fn text(self) -> Text {
        Text::new(self.0, self.1)
    }
}
