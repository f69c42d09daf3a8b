//! Signed checkpoints: the present size and roots, signed with every key of the node that signs for its journal.

use std::sync::Arc;

use seal::{KeyRing, NoteVerifier, Purpose, SealError, SignedNote, Signer};
use store::Store;

use crate::{Checkpoint, JournalError, head, latest_checkpoint, save_checkpoint};

/// Why a checkpoint could not be made.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The journal failed.
    #[error("the journal could not be read or written")]
    Journal(#[from] JournalError),
    /// The database failed.
    #[error("the journal's database failed")]
    Store(#[from] store::StoreError),
    /// The keys failed.
    #[error("the checkpoint could not be signed")]
    Seal(#[from] SealError),
}

/// Signs checkpoints of one log: with SM2 for the law and with Ed25519 for the world's verifiers.
#[derive(Clone)]
pub struct CheckpointSigner {
    origin: String,
    signers: Vec<Arc<dyn Signer>>,
    verifiers: Vec<NoteVerifier>,
}

impl CheckpointSigner {
    /// The signer of the log `origin` with the newest journal keys of the ring; older keys keep verifying.
    ///
    /// # Errors
    /// When a key is missing, or the origin cannot stand in a signed note.
    pub fn new(origin: &str, ring: &KeyRing) -> Result<Self, SealError> {
        let purposes = [Purpose::JournalSm2, Purpose::JournalEd25519];
        let signers = purposes.iter().map(|purpose| ring.signer(purpose)).collect::<Result<_, _>>()?;
        let keys = purposes.iter().flat_map(|purpose| ring.public_keys(purpose));
        let verifiers = keys.map(|(_, key)| NoteVerifier::new(origin, key)).collect::<Result<_, _>>()?;
        Ok(Self { origin: origin.to_owned(), signers, verifiers })
    }

    /// Which log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Who signs: one line `name+id+key` each, to be published.
    #[must_use]
    pub fn verifiers(&self) -> &[NoteVerifier] {
        &self.verifiers
    }

    /// The checkpoint of the present size: the kept one, or a new one which is then kept.
    ///
    /// # Errors
    /// When the journal or a key fails.
    pub fn present(&self, store: &Store, at_ms: i64) -> Result<(i64, String), CheckpointError> {
        let origin = self.origin.clone();
        let (now, kept) = store.read(|tx| Ok::<_, JournalError>((head(tx, &origin)?, latest_checkpoint(tx)?)))?;
        match kept {
            Some((size, note)) if size == now.size => Ok((size, note)),
            _ => self.sign_and_keep(store, &now, at_ms),
        }
    }

    /// A checkpoint that covers an entry: the newest kept one if it does, else one of the present size.
    ///
    /// # Errors
    /// When the journal or a key fails.
    pub fn covering(&self, store: &Store, index: i64, at_ms: i64) -> Result<(i64, String), CheckpointError> {
        let kept = store.read(latest_checkpoint)?;
        match kept {
            Some((size, note)) if size > index => Ok((size, note)),
            _ => self.present(store, at_ms),
        }
    }

    fn sign_and_keep(&self, store: &Store, checkpoint: &Checkpoint, at_ms: i64) -> Result<(i64, String), CheckpointError> {
        let note = self.sign(checkpoint)?;
        let (size, kept) = (checkpoint.size, note.clone());
        store.write(move |tx| save_checkpoint(tx, size, at_ms, &kept))?;
        Ok((size, note))
    }

    /// Signs a checkpoint.
    ///
    /// # Errors
    /// When a key fails.
    pub fn sign(&self, checkpoint: &Checkpoint) -> Result<String, SealError> {
        let mut note = SignedNote::new(checkpoint.body())?;
        for signer in &self.signers {
            note.sign(&self.origin, &**signer)?;
        }
        Ok(note.to_string())
    }
}
