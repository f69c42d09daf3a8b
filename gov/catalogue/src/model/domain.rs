//! Value domains of the national metadata: each value with its word for programs, its code in the national tables, and its names.

/// Declares a value domain. The national code is empty where the guide gives none.
macro_rules! domain {
    ($(#[$meta:meta])* $name:ident { $( $(#[$value_meta:meta])* $variant:ident = ($word:literal, $code:literal, $zh:literal, $en:literal) ),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $( $(#[$value_meta])* #[serde(rename = $word)] $variant ),+
        }

        impl $name {
            /// All values, in the order of the national table.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Word for programs.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Code in the national tables; empty where there is none.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Name in both languages.
            #[must_use]
            pub fn name(self) -> i18n::Text {
                match self { $(Self::$variant => i18n::Text::new($zh, $en)),+ }
            }

            /// The value with this word for programs.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word)
            }

            /// The value as people write it in a table: word, national code or name in either language.
            #[must_use]
            pub fn read(text: &str) -> Option<Self> {
                let text = text.trim();
                let is = |value: &Self| {
                    let name = value.name();
                    text == value.as_str() || (!value.code().is_empty() && text == value.code()) || text == name.zh || text.eq_ignore_ascii_case(&name.en)
                };
                Self::ALL.iter().copied().find(is)
            }
        }
    };
}

pub(crate) use domain;
