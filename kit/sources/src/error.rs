//! What can go wrong with a source, for operators. No message repeats a value.

/// A fault of a source, with its cause.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The mapping has no such name.
    #[error("the mapping of the source has no {name}")]
    Unmapped {
        /// The name.
        name: String,
    },
    /// Not all rows can be had of it.
    #[error("the source answers keys alone")]
    ByKeyAlone,
    /// The source cannot be reached, or failed.
    #[error("the source {place} cannot be asked")]
    Unreachable {
        /// Where it is, without a password.
        place: String,
        /// Why.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The answer has another form than was agreed.
    #[error("the source {place} answered {what}")]
    Unexpected {
        /// Where it is.
        place: String,
        /// What was not expected.
        what: &'static str,
    },
}

impl SourceError {
    pub(crate) fn unreachable(place: &str, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unreachable { place: place.to_owned(), cause: cause.into() }
    }

    pub(crate) fn unexpected(place: &str, what: &'static str) -> Self {
        Self::Unexpected { place: place.to_owned(), what }
    }
}
