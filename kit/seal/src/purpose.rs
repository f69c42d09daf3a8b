//! What a key is for. The name of a purpose is the beginning of its file names.

use std::fmt;

use crate::{error::SealError, sign::Algorithm};

/// The purpose of a signing key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// Checkpoints of the journal, the signature of legal effect.
    JournalSm2,
    /// Checkpoints of the journal for verifiers of C2SP tlog-tiles.
    JournalEd25519,
    /// Procedure packages.
    PackageSm2,
    /// The root of the node's own certificates on P-256.
    AuthorityP256,
    /// The root of the node's own certificates on SM2.
    AuthoritySm2,
    /// Signatures in PDF files, for readers of today.
    DocumentP256,
    /// Signatures over documents and certificates by SM2.
    DocumentSm2,
    /// Messages of the exchange, the signature of legal effect.
    ExchangeSm2,
    /// Messages of the exchange for partners without SM2.
    ExchangeEd25519,
    /// The seal of one organ, by its code.
    OrganSeal(String),
}

impl Purpose {
    /// The purposes for which every node has a key from its first start.
    #[must_use]
    pub fn standing() -> Vec<Self> {
        vec![
            Self::JournalSm2,
            Self::JournalEd25519,
            Self::PackageSm2,
            Self::AuthorityP256,
            Self::AuthoritySm2,
            Self::DocumentP256,
            Self::DocumentSm2,
            Self::ExchangeSm2,
            Self::ExchangeEd25519,
        ]
    }

    /// The algorithm of its keys.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        match self {
            Self::JournalSm2 | Self::PackageSm2 | Self::AuthoritySm2 | Self::DocumentSm2 | Self::ExchangeSm2 | Self::OrganSeal(_) => Algorithm::Sm2,
            Self::JournalEd25519 | Self::ExchangeEd25519 => Algorithm::Ed25519,
            Self::AuthorityP256 | Self::DocumentP256 => Algorithm::P256,
        }
    }

    /// The purpose with this name.
    ///
    /// # Errors
    /// [`SealError::Key`] when no purpose has it.
    pub fn parse(name: &str) -> Result<Self, SealError> {
        let known = Self::standing().into_iter().find(|purpose| purpose.to_string() == name);
        if let Some(purpose) = known {
            return Ok(purpose);
        }
        match name.strip_prefix("organ-seal-") {
            Some(code) => Self::organ_seal(code),
            None => Err(SealError::key("name of a purpose", name)),
        }
    }

    /// The seal of the organ with this code (letters, digits, hyphens and underscores, at most 64).
    ///
    /// # Errors
    /// [`SealError::Key`] when the code could not be part of a file name.
    pub fn organ_seal(code: &str) -> Result<Self, SealError> {
        let usable = |character: char| character.is_ascii_alphanumeric() || character == '-' || character == '_';
        if code.is_empty() || code.len() > 64 || !code.chars().all(usable) {
            return Err(SealError::key("code of an organ", "it has other characters than letters, digits, hyphens and underscores"));
        }
        Ok(Self::OrganSeal(code.to_owned()))
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::JournalSm2 => formatter.write_str("journal-sm2"),
            Self::JournalEd25519 => formatter.write_str("journal-ed25519"),
            Self::PackageSm2 => formatter.write_str("package-sm2"),
            Self::AuthorityP256 => formatter.write_str("authority-p256"),
            Self::AuthoritySm2 => formatter.write_str("authority-sm2"),
            Self::DocumentP256 => formatter.write_str("document-p256"),
            Self::DocumentSm2 => formatter.write_str("document-sm2"),
            Self::ExchangeSm2 => formatter.write_str("exchange-sm2"),
            Self::ExchangeEd25519 => formatter.write_str("exchange-ed25519"),
            Self::OrganSeal(code) => write!(formatter, "organ-seal-{code}"),
        }
    }
}
