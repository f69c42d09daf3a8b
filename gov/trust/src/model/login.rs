//! The name under which somebody signs in.

use std::fmt;

use serde::{Deserialize, Serialize};

const CHARACTERS_MIN: usize = 3;
const CHARACTERS_MAX: usize = 64;

/// A login name: 3 to 64 of `a-z 0-9 . _ - @`, beginning with a letter or digit. Capitals count as small letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LoginName(String);

impl LoginName {
    /// Reads a name; `None` when it breaks the rule.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.trim().to_ascii_lowercase();
        let usable = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-' | '@');
        let length = CHARACTERS_MIN..=CHARACTERS_MAX;
        let begins = name.starts_with(|character: char| character.is_ascii_alphanumeric());
        (length.contains(&name.len()) && begins && name.chars().all(usable)).then_some(Self(name))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for LoginName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| "expected a login name of 3 to 64 letters, digits, dots, hyphens, underscores or @".to_owned())
    }
}

impl From<LoginName> for String {
    fn from(name: LoginName) -> Self {
        name.0
    }
}

impl fmt::Display for LoginName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn capitals_and_outer_spaces_do_not_matter() {
        assert_eq!(LoginName::parse(" Li.Xiaoman@yunxi "), LoginName::parse("li.xiaoman@yunxi"));
        assert_eq!(LoginName::parse("13800000000").unwrap().as_str(), "13800000000");
    }

    #[test]
    fn short_long_and_strange_names_are_refused() {
        for name in ["", "ab", ".abc", "a b c", "李小满", "a'or'1", &"a".repeat(65)] {
            assert_eq!(LoginName::parse(name), None, "{name}");
        }
    }
}
