//! Batch signatures: one signature over the root of a Merkle tree of many messages, each message carrying its own path. What signs many
//! messages a second pays for one signature a batch; whoever verifies needs only the message, its path and the public key.
//!
//! ```text
//! leaf  = SM3(0x00 ‖ message)          node = SM3(0x01 ‖ left ‖ right)          (RFC 6962 §2.1 with SM3)
//! signed text = "zhengshu-batch/1\n" ‖ number of leaves ‖ "\n" ‖ root in hexadecimal ‖ "\n"
//! ```

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::{
    error::SealError,
    hash::{Digest32, Sm3, to_hex},
    public_key::PublicKey,
    sign::{Signature, Signer},
};

/// Most messages under one signature: paths stay at twelve steps.
pub const BATCH_LEAVES_MAX: usize = 4_096;
const PATH_STEPS_MAX: usize = 12;

/// The signature of a batch as one message of it carries it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchSignature {
    /// Number of messages in the batch.
    pub size: u64,
    /// Position of this message, from 0.
    pub index: u64,
    /// Siblings from the leaf to the root.
    pub path: Vec<Digest32>,
    /// The signature over the root.
    pub signature: Signature,
}

impl BatchSignature {
    /// Checks that `key` signed a batch which holds `leaf` at this place.
    ///
    /// # Errors
    /// [`SealError::BadSignature`] when it did not.
    pub fn verify(&self, key: &PublicKey, leaf: Digest32) -> Result<(), SealError> {
        key.verify(&self.signed_text(leaf)?, &self.signature)
    }

    /// The text under the signature, if the message with this leaf is where this signature says. Whoever has verified the same text with
    /// the same key and signature before need not do it again.
    ///
    /// # Errors
    /// [`SealError::BadSignature`] when place and path do not fit each other.
    pub fn signed_text(&self, leaf: Digest32) -> Result<Vec<u8>, SealError> {
        let misfit = SealError::BadSignature("the path of the batch does not fit its size");
        if self.path.len() > PATH_STEPS_MAX {
            return Err(misfit);
        }
        Ok(root_text(self.size, root_of_path(leaf, self.index, self.size, &self.path).ok_or(misfit)?))
    }
}

/// The leaf of a message.
#[must_use]
pub fn batch_leaf(message: &[u8]) -> Digest32 {
    let mut digest = Sm3::new();
    digest.update(&[0]);
    digest.update(message);
    digest.finish()
}

/// The root over leaves, as RFC 6962 defines it; `None` for no leaf at all.
#[must_use]
pub fn batch_root(leaves: &[Digest32]) -> Option<Digest32> {
    let mut level = leaves.to_vec();
    while level.len() > 1 {
        level = parents(&level);
    }
    level.first().copied()
}

/// Signs all leaves at once; the answers stand in their order.
///
/// # Errors
/// [`SealError::Signing`] when the key refuses, or there is no leaf or more than [`BATCH_LEAVES_MAX`].
pub fn sign_batch(signer: &dyn Signer, leaves: &[Digest32]) -> Result<Vec<BatchSignature>, SealError> {
    if leaves.is_empty() || leaves.len() > BATCH_LEAVES_MAX {
        return Err(SealError::Signing("a batch of 1 to 4096 messages"));
    }
    let mut paths: Vec<Vec<Digest32>> = vec![Vec::new(); leaves.len()];
    let mut level = leaves.to_vec();
    let mut height = 0_u32;
    while level.len() > 1 {
        for (index, path) in paths.iter_mut().enumerate() {
            path.extend(level.get((index >> height) ^ 1).copied());
        }
        level = parents(&level);
        height = height.saturating_add(1);
    }
    let size = u64::try_from(leaves.len()).unwrap_or(u64::MAX);
    let root = level.first().copied().unwrap_or_default();
    let signature = signer.sign(&root_text(size, root))?;
    let numbered = paths.into_iter().zip(0_u64..);
    Ok(numbered.map(|(path, index)| BatchSignature { size, index, path, signature }).collect())
}

/// How long the first of a batch waits for others when the last batch had some; after a lone message nobody waits.
const GATHER_TIME: Duration = Duration::from_millis(4);

/// Signs what waits together: while one signature is being made, whoever comes meanwhile joins the next batch. The first who waits makes the
/// signature for all, in its own thread; the others sleep until they are told theirs.
pub struct BatchQueue {
    signer: Arc<dyn Signer>,
    size_max: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    signing: bool,
    waiting: VecDeque<Waiting>,
    last_size: usize,
}

/// Somebody who joins a batch.
struct Waiting {
    leaf: Digest32,
    tell: oneshot::Sender<Told>,
}

enum Told {
    /// The signature; none when the key refused.
    Signed(Option<BatchSignature>),
    /// It is first now, and signs for those behind it.
    Lead,
}

/// Whose turn it is to sign. At its end, whatever comes of it, the first who waits is next.
struct Turn<'q>(&'q BatchQueue);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state();
        // Whoever has gone away meanwhile leads nothing.
        while let Some(next) = state.waiting.pop_front() {
            if next.tell.send(Told::Lead).is_ok() {
                return;
            }
        }
        state.signing = false;
    }
}

impl BatchQueue {
    /// A queue before a signer; `size_max` 1 signs every message on its own.
    #[must_use]
    pub fn new(signer: Arc<dyn Signer>, size_max: usize) -> Self {
        Self { signer, size_max: size_max.clamp(1, BATCH_LEAVES_MAX), state: Mutex::default() }
    }

    /// The key which verifies what this queue signs.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        self.signer.public_key()
    }

    /// Signs a message together with all that wait.
    ///
    /// # Errors
    /// [`SealError::Signing`] when the key refuses.
    pub fn sign(&self, message: &[u8]) -> Result<BatchSignature, SealError> {
        let (leaf, refused) = (batch_leaf(message), SealError::Signing("the key of a batch"));
        let mut state = self.state();
        if state.signing {
            let (tell, told) = oneshot::channel();
            state.waiting.push_back(Waiting { leaf, tell });
            drop(state);
            match told.recv() {
                Ok(Told::Signed(signed)) => return signed.ok_or(refused),
                Ok(Told::Lead) => state = self.state(),
                Err(_) => return Err(refused),
            }
        }
        state.signing = true;
        let turn = Turn(self);
        if state.last_size > 1 {
            drop(state);
            std::thread::sleep(GATHER_TIME);
            state = self.state();
        }
        let count = state.waiting.len().min(self.size_max.saturating_sub(1));
        let others: Vec<Waiting> = state.waiting.drain(..count).collect();
        state.last_size = count.saturating_add(1);
        drop(state);
        let leaves: Vec<Digest32> = std::iter::once(leaf).chain(others.iter().map(|other| other.leaf)).collect();
        let signed = sign_batch(&*self.signer, &leaves);
        drop(turn);
        let mut signed = signed.unwrap_or_default().into_iter();
        let own = signed.next();
        for other in others {
            // Whoever has gone away wants no signature.
            drop(other.tell.send(Told::Signed(signed.next())));
        }
        own.ok_or(refused)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for BatchQueue {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("BatchQueue").field("size_max", &self.size_max).finish_non_exhaustive()
    }
}

fn root_text(size: u64, root: Digest32) -> Vec<u8> {
    format!("zhengshu-batch/1\n{size}\n{}\n", to_hex(&root)).into_bytes()
}

fn parent(left: &Digest32, right: &Digest32) -> Digest32 {
    let mut digest = Sm3::new();
    digest.update(&[1]);
    digest.update(left);
    digest.update(right);
    digest.finish()
}

/// The level above; a last one without a sibling moves up as it is.
fn parents(level: &[Digest32]) -> Vec<Digest32> {
    level
        .chunks(2)
        .filter_map(|pair| match pair {
            [left, right] => Some(parent(left, right)),
            [alone] => Some(*alone),
            _ => None,
        })
        .collect()
}

/// RFC 9162 §2.1.3.2.
fn root_of_path(leaf: Digest32, index: u64, size: u64, path: &[Digest32]) -> Option<Digest32> {
    if index >= size {
        return None;
    }
    let (mut node, mut last, mut hash) = (index, size.saturating_sub(1), leaf);
    for sibling in path {
        if last == 0 {
            return None;
        }
        if node & 1 == 1 || node == last {
            hash = parent(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = parent(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}

#[cfg(test)]
mod tests;
