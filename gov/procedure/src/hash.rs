//! The package hash, which cases pin and signatures cover.

use std::fmt;
use std::str::FromStr;

use seal::hash::sm3_hex;
use serde::{Serialize, Serializer};

use crate::files::Files;

/// SM3 over the lines `<sm3-hex>  <path>\n`, sorted by path, of all files: 64 hexadecimal characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageHash(String);

/// Not a package hash: 64 lower-case hexadecimal characters were expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 64 lower-case hexadecimal characters, but found {0:?}")]
pub struct HashProblem(pub String);

impl PackageHash {
    pub(crate) fn of(files: &Files) -> Self {
        let mut listing = String::new();
        for (path, content) in files.iter() {
            listing.push_str(&sm3_hex(content));
            listing.push_str("  ");
            listing.push_str(path);
            listing.push('\n');
        }
        Self(sm3_hex(listing.as_bytes()))
    }

    /// Reads a hash.
    ///
    /// # Errors
    /// The text is not 64 lower-case hexadecimal characters.
    pub fn parse(text: &str) -> Result<Self, HashProblem> {
        let hexadecimal = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        if text.len() == 64 && text.chars().all(hexadecimal) { Ok(Self(text.to_owned())) } else { Err(HashProblem(text.to_owned())) }
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first 12 characters, for people.
    #[must_use]
    pub fn short(&self) -> &str {
        self.0.get(..12).unwrap_or(&self.0)
    }
}

impl fmt::Display for PackageHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PackageHash {
    type Err = HashProblem;
    fn from_str(text: &str) -> Result<Self, HashProblem> {
        Self::parse(text)
    }
}

impl Serialize for PackageHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
