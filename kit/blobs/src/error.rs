use crate::name::BlobName;

/// Why a blob could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// No blob has this name.
    #[error("no blob has the name {0}")]
    Missing(BlobName),
    /// The stored bytes are not the bytes that were stored under this name.
    #[error("the stored bytes of {0} were altered")]
    Altered(BlobName),
    /// The bytes are more than the caller allows.
    #[error("expected at most {size_max_bytes} bytes, but there are {size_bytes}")]
    TooLarge {
        /// Length of the bytes.
        size_bytes: u64,
        /// The caller's limit.
        size_max_bytes: u64,
    },
    /// There are no bytes.
    #[error("expected a file with content, but it is empty")]
    Empty,
    /// The folder, bucket or network failed.
    #[error("the blob storage failed: {context}")]
    Storage {
        /// What was being done.
        context: &'static str,
        /// The cause.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl BlobError {
    pub(crate) fn storage(context: &'static str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        BlobError::Storage { context, source: source.into() }
    }
}
