#![doc = include_str!("../README.md")]

mod append;
mod checkpoint;
mod entry;
mod export;
mod merkle;
mod proof;
mod read;
mod schema;
mod sign;

pub use append::{Draft, Placed, append, erase_payload};
pub use checkpoint::{Checkpoint, Roots, head, latest_checkpoint, save_checkpoint};
pub use entry::{Entry, Header, leaf_text};
pub use export::{ExportError, ExportFault, ExportReport, export, verify_export};
pub use merkle::{HashPair, Tree, inclusion_root};
pub use proof::{InclusionProof, Receipt, ReceiptFault, consistency, inclusion};
pub use read::{entries_after, entries_of, entry_at, stream_version};
pub use schema::MIGRATIONS;
pub use sign::{CheckpointError, CheckpointSigner};

/// What can go wrong in the journal.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The database failed.
    #[error("the journal's database failed")]
    Store(#[from] store::StoreError),
    /// Somebody else wrote to the stream at the same time.
    #[error("stream {stream} was changed by somebody else: version {version} is taken")]
    VersionTaken {
        /// The stream.
        stream: String,
        /// The version both wanted.
        version: i64,
    },
    /// A header field holds a line break, or a payload is too large.
    #[error("an entry of kind {kind} cannot be written: {why}")]
    Unwritable {
        /// The kind of the entry.
        kind: String,
        /// Why.
        why: &'static str,
    },
    /// The tables do not fit together: somebody changed them by hand.
    #[error("the journal is damaged at index {index}: {what}")]
    Damaged {
        /// Where.
        index: i64,
        /// What does not fit.
        what: &'static str,
    },
    /// There is no such entry or tree size.
    #[error("index {0} is beyond the end of the journal")]
    Beyond(i64),
}
