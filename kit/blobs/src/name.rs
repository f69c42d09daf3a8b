use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sm3::{Digest, Sm3};

const PREFIX: &str = "sm3:";
const HEX_DIGITS: usize = 64;

/// The name of a blob: `sm3:` and the SM3 hash of its bytes as 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BlobName(String);

/// A text that is not a blob name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected `sm3:` and 64 lower-case hexadecimal digits, but the text is something else")]
pub struct BlobNameError;

impl BlobName {
    /// The name which these bytes have.
    pub fn of(bytes: &[u8]) -> BlobName {
        BlobName(format!("{PREFIX}{}", hex::encode(Sm3::digest(bytes))))
    }

    /// The whole name, `sm3:…`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The hash alone: 64 hexadecimal digits.
    pub fn hash_hex(&self) -> &str {
        self.0.strip_prefix(PREFIX).unwrap_or_default()
    }

    /// Where the blob lies below the root: `aa/bb/<hash>`.
    pub(crate) fn path(&self) -> String {
        let hash = self.hash_hex();
        let (first, rest) = hash.split_at_checked(2).unwrap_or_default();
        let (second, _) = rest.split_at_checked(2).unwrap_or_default();
        format!("{first}/{second}/{hash}")
    }

    /// The name that belongs to a path made by [`BlobName::path`], if it is one.
    pub(crate) fn from_path(path: &str) -> Option<BlobName> {
        let hash = path.rsplit('/').next()?;
        let name = format!("{PREFIX}{hash}").parse::<BlobName>().ok()?;
        (name.path() == path).then_some(name)
    }
}

impl FromStr for BlobName {
    type Err = BlobNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let hash = text.strip_prefix(PREFIX).ok_or(BlobNameError)?;
        let digits_ok = hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if hash.len() != HEX_DIGITS || !digits_ok {
            return Err(BlobNameError);
        }
        Ok(BlobName(text.to_owned()))
    }
}

impl TryFrom<String> for BlobName {
    type Error = BlobNameError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<BlobName> for String {
    fn from(name: BlobName) -> String {
        name.0
    }
}

impl fmt::Display for BlobName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_name_is_the_sm3_hash_of_the_standard_vector() {
        let name = BlobName::of(b"abc");
        assert_eq!(name.as_str(), "sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assert_eq!(name.path(), "66/c7/66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assert_eq!(BlobName::from_path(&name.path()), Some(name));
    }

    #[test]
    fn hostile_names_are_refused() {
        let good = BlobName::of(b"abc");
        let hostile = [
            String::new(),
            "sm3:".to_owned(),
            "sm3:../../etc/passwd".to_owned(),
            good.as_str().to_uppercase(),
            good.as_str().replace("sm3:", "sha256:"),
            format!("{good}/"),
            format!("{good}\0"),
            format!(" {good}"),
            format!("sm3:{}", "g".repeat(64)),
            format!("sm3:{}", "０".repeat(64)),
        ];
        for text in hostile {
            assert!(text.parse::<BlobName>().is_err(), "{text}");
        }
        assert!(BlobName::from_path("aa/bb/66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0").is_none());
    }
}
