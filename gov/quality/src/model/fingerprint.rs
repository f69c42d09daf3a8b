//! Values as numbers of fixed length, so that a million of them are kept in little memory and none of them in the clear.

use std::hash::{DefaultHasher, Hasher};

use serde_json::Value;

/// What stands for a value, or for several together. Of a million values no two different ones are likely to have the same.
pub type Fingerprint = u128;

/// The fingerprint of texts that belong together; `None` when one of them is missing.
#[must_use]
pub fn of_texts<'t>(texts: impl IntoIterator<Item = Option<&'t str>>) -> Option<Fingerprint> {
    let (mut first, mut second) = (DefaultHasher::new(), DefaultHasher::new());
    second.write_u8(1);
    for text in texts {
        let text = text?.trim();
        for hasher in [&mut first, &mut second] {
            hasher.write_usize(text.len());
            hasher.write(text.as_bytes());
        }
    }
    Some((u128::from(first.finish()) << 64) | u128::from(second.finish()))
}

/// The fingerprint of one value, normalised: full-width characters, spaces and case do not make a difference. 0 stands for nothing.
#[must_use]
pub fn of_value(value: Option<&Value>) -> Fingerprint {
    let text = value.map(registers::plain_text).unwrap_or_default();
    of_text(&text)
}

/// The same of a text.
#[must_use]
pub fn of_text(text: &str) -> Fingerprint {
    if text.trim().is_empty() {
        return 0;
    }
    // Most texts are plain; only the others are worth the work.
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let normalised = if plain { None } else { Some(seal::normalised(text)) };
    of_texts([Some(normalised.as_deref().unwrap_or(text))]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_the_same_is_the_same_and_parts_do_not_run_together() {
        assert_eq!(of_text("ＡＢ12"), of_text("ab12"));
        assert_eq!(of_text("AB12"), of_text(" ab12 "));
        assert_ne!(of_text("AB12"), of_text("AB13"));
        assert_eq!(of_text("  "), 0);
        assert_eq!(of_value(None), 0);
        assert_ne!(of_texts([Some("ab"), Some("c")]), of_texts([Some("a"), Some("bc")]));
        assert_eq!(of_texts([Some("ab"), None]), None);
    }
}
