//! Proofs: that an entry is in the tree, and that a tree grew out of an earlier one.

use serde::{Deserialize, Serialize};
use store::Tx;

use crate::append::{TILE_LEVELS, load_frontier, signed};
use crate::read::fixed;
use crate::{Checkpoint, Entry, HashPair, JournalError, Tree, entry_at, inclusion_root};

/// The path from a leaf to both roots of a tree of some size (RFC 6962 §2.1.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InclusionProof {
    /// Position of the leaf.
    pub index: i64,
    /// Size of the tree.
    pub size: i64,
    /// Siblings in the SM3 tree, hex, from the leaf upwards.
    pub sm3: Vec<String>,
    /// Siblings in the SHA-256 tree.
    pub sha256: Vec<String>,
}

/// What a person takes home: the entry, the proof, the signed checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The entry, with its payload and salt.
    pub entry: Entry,
    /// Its path.
    pub proof: InclusionProof,
    /// C2SP signed note.
    pub checkpoint: String,
}

/// Why a receipt proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptFault {
    /// The payload is not the one committed to.
    #[error("the content was altered: it does not match its commitment")]
    Payload,
    /// The path does not lead to the root of the checkpoint.
    #[error("the entry is not in the log that the checkpoint states")]
    Path,
    /// The checkpoint cannot be read.
    #[error("the checkpoint cannot be read")]
    Checkpoint,
}

impl Receipt {
    /// Checks everything but the signatures of the checkpoint, which need the node's public keys.
    ///
    /// # Errors
    /// The first thing that does not hold.
    pub fn check(&self) -> Result<Checkpoint, ReceiptFault> {
        let checkpoint = Checkpoint::parse(&self.checkpoint).ok_or(ReceiptFault::Checkpoint)?;
        if !self.entry.payload_is_intact() {
            return Err(ReceiptFault::Payload);
        }
        let leaf = self.entry.leaf();
        let (index, size) = (unsigned(self.proof.index), unsigned(self.proof.size));
        let sm3 = inclusion_root(Tree::Sm3, leaf.sm3, index, size, &unhex(&self.proof.sm3).ok_or(ReceiptFault::Path)?);
        let sha256 = inclusion_root(Tree::Sha256, leaf.sha256, index, size, &unhex(&self.proof.sha256).ok_or(ReceiptFault::Path)?);
        let same = checkpoint.size == self.proof.size
            && self.entry.index == self.proof.index
            && sm3 == Some(checkpoint.roots.sm3)
            && sha256 == Some(checkpoint.roots.sha256);
        if same { Ok(checkpoint) } else { Err(ReceiptFault::Path) }
    }

    /// Builds the receipt of an entry against a checkpoint that covers it.
    ///
    /// # Errors
    /// [`JournalError::Beyond`] when the checkpoint is older than the entry.
    pub fn build(tx: &mut Tx<'_>, index: i64, checkpoint_note: &str, checkpoint_size: i64) -> Result<Self, JournalError> {
        let entry = entry_at(tx, index)?;
        let proof = inclusion(tx, index, checkpoint_size)?;
        Ok(Self { entry, proof, checkpoint: checkpoint_note.to_owned() })
    }
}

/// The inclusion proof of an entry in the tree of the given size.
///
/// # Errors
/// [`JournalError::Beyond`] when the tree is smaller than that, or the entry is not in it.
pub fn inclusion(tx: &mut Tx<'_>, index: i64, size: i64) -> Result<InclusionProof, JournalError> {
    let now = signed(load_frontier(tx)?.size);
    if index < 0 || index >= size || size > now {
        return Err(JournalError::Beyond(index.max(size)));
    }
    let mut path = Vec::new();
    collect_path(tx, unsigned(index), 0, unsigned(size), &mut path)?;
    let sm3 = path.iter().map(|pair| hex::encode(pair.sm3)).collect();
    let sha256 = path.iter().map(|pair| hex::encode(pair.sha256)).collect();
    Ok(InclusionProof { index, size, sm3, sha256 })
}

/// The consistency proof from a smaller tree to a larger one (RFC 6962 §2.1.2).
///
/// # Errors
/// [`JournalError::Beyond`] when a size is 0, out of order or beyond the end.
pub fn consistency(tx: &mut Tx<'_>, from: i64, to: i64) -> Result<Vec<HashPair>, JournalError> {
    if from <= 0 || from > to || to > signed(load_frontier(tx)?.size) {
        return Err(JournalError::Beyond(to));
    }
    let mut path = Vec::new();
    collect_consistency(tx, unsigned(from), 0, unsigned(to), true, &mut path)?;
    Ok(path)
}

fn collect_path(tx: &mut Tx<'_>, index: u64, start: u64, len: u64, path: &mut Vec<HashPair>) -> Result<(), JournalError> {
    if len <= 1 {
        return Ok(());
    }
    let left = len.next_power_of_two() / 2;
    if index < left {
        collect_path(tx, index, start, left, path)?;
        path.push(range_root(tx, start + left, len - left)?);
    } else {
        collect_path(tx, index - left, start + left, len - left, path)?;
        path.push(range_root(tx, start, left)?);
    }
    Ok(())
}

fn collect_consistency(tx: &mut Tx<'_>, m: u64, start: u64, n: u64, whole: bool, path: &mut Vec<HashPair>) -> Result<(), JournalError> {
    if m == n {
        if !whole {
            path.push(range_root(tx, start, n)?);
        }
        return Ok(());
    }
    let left = n.next_power_of_two() / 2;
    if m <= left {
        collect_consistency(tx, m, start, left, whole, path)?;
        path.push(range_root(tx, start + left, n - left)?);
    } else {
        collect_consistency(tx, m - left, start + left, n - left, false, path)?;
        path.push(range_root(tx, start, left)?);
    }
    Ok(())
}

/// The root over `len` leaves from `start`, which is a multiple of the power of two at or above `len`.
fn range_root(tx: &mut Tx<'_>, start: u64, len: u64) -> Result<HashPair, JournalError> {
    if len.is_power_of_two() {
        return complete_root(tx, start, len);
    }
    let left = len.next_power_of_two() / 2;
    let (l, r) = (range_root(tx, start, left)?, range_root(tx, start + left, len - left)?);
    Ok(HashPair::parent(&l, &r))
}

/// The root of a complete subtree: folded from the stored nodes at or below its level.
fn complete_root(tx: &mut Tx<'_>, start: u64, len: u64) -> Result<HashPair, JournalError> {
    let level = len.trailing_zeros();
    let height = level / TILE_LEVELS;
    let below = height * TILE_LEVELS;
    let (from, count) = (start >> below, len >> below);
    let (from_i, to_i, height_i) = (signed(from), signed(from + count), i64::from(height));
    let rows = if height == 0 {
        tx.query("select leaf_sm3, leaf_sha256 from journal_entry where idx >= $1 and idx < $2 order by idx", &[&from_i, &to_i])?
    } else {
        tx.query(
            "select sm3, sha256 from journal_tile where height = $3 and position >= $1 and position < $2 order by position",
            &[&from_i, &to_i, &height_i],
        )?
    };
    if u64::try_from(rows.len()).ok() != Some(count) {
        return Err(JournalError::Damaged { index: signed(start), what: "a tile or leaf is missing" });
    }
    let mut nodes = Vec::with_capacity(rows.len());
    for row in rows {
        let (sm3, sha256) = (row.get::<Vec<u8>>(0)?, row.get::<Vec<u8>>(1)?);
        nodes.push(HashPair { sm3: fixed(&sm3)?, sha256: fixed(&sha256)? });
    }
    while nodes.len() > 1 {
        nodes = nodes.chunks(2).filter_map(|pair| Some(HashPair::parent(pair.first()?, pair.get(1)?))).collect();
    }
    nodes.first().copied().ok_or(JournalError::Damaged { index: signed(start), what: "an empty range" })
}

fn unsigned(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn unhex(path: &[String]) -> Option<Vec<[u8; 32]>> {
    path.iter().map(|text| hex::decode(text).ok().and_then(|bytes| bytes.try_into().ok())).collect()
}
