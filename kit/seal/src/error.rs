//! What can go wrong while sealing, signing and keeping keys. Faults for operators, never shown to the public.

/// A fault of this crate.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The source of random numbers gave none.
    #[error("expected random numbers from the operating system, but got none: {0}")]
    Entropy(String),
    /// A key text, file or encoding is not what its name says.
    #[error("expected a key as {expected}, but it cannot be read: {cause}")]
    Key {
        /// The encoding which was expected.
        expected: &'static str,
        /// What the decoder said.
        cause: String,
    },
    /// A key file could not be read or written.
    #[error("expected to use the key file {path}, but {cause}")]
    KeyFile {
        /// Path of the file or folder.
        path: String,
        /// What the operating system said.
        cause: String,
    },
    /// No key of this purpose and version is in the ring.
    #[error("expected a key for {purpose} version {version}, but the ring has none")]
    NoSuchKey {
        /// Name of the purpose.
        purpose: String,
        /// Version asked for; 0 means any.
        version: u32,
    },
    /// The signing device or function refused.
    #[error("expected a signature by {0}, but signing failed")]
    Signing(&'static str),
    /// A signature is malformed or does not belong to the message and key.
    #[error("expected a valid signature, but {0}")]
    BadSignature(&'static str),
    /// A sealed text is malformed, altered, or sealed for another subject or field.
    #[error("expected a sealed value, but {0}")]
    BadSealed(&'static str),
    /// A certificate, signed message or note cannot be read or made.
    #[error("expected {what}, but {cause}")]
    Encoding {
        /// What was being read or made.
        what: &'static str,
        /// Why it could not be done.
        cause: String,
    },
}

impl SealError {
    pub(crate) fn key(expected: &'static str, cause: impl std::fmt::Display) -> Self {
        Self::Key { expected, cause: cause.to_string() }
    }

    pub(crate) fn encoding(what: &'static str, cause: impl std::fmt::Display) -> Self {
        Self::Encoding { what, cause: cause.to_string() }
    }
}
