//! Writing: in the caller's transaction, included in the tree at once.

use ids::Entropy;
use store::Tx;

use crate::entry::{check_header, commitment};
use crate::merkle::{Completed, Frontier};
use crate::{HashPair, Header, JournalError, leaf_text};

const PAYLOAD_BYTES_MAX: usize = 1 << 20;
const SALT_BYTES: usize = 16;
const JOURNAL_LOCK: i64 = 0x7a73_0002;
/// Levels between two stored tiles: 2^8 = 256 nodes.
pub(crate) const TILE_LEVELS: u32 = 8;

/// An entry to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// The node.
    pub node: String,
    /// Who acts.
    pub actor: String,
    /// For whom.
    pub on_behalf: Option<String>,
    /// The act.
    pub action: String,
    /// The thing it happens to.
    pub stream: String,
    /// The version this entry shall have.
    pub version: i64,
    /// What happened.
    pub kind: String,
    /// JSON.
    pub payload: String,
}

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Position from 0.
    pub index: i64,
    /// Its leaf.
    pub leaf: HashPair,
}

/// Appends entries, in order.
///
/// # Errors
/// [`JournalError::VersionTaken`] when somebody else wrote that version of a stream first.
pub fn append(tx: &mut Tx<'_>, drafts: &[Draft], entropy: &mut dyn Entropy) -> Result<Vec<Placed>, JournalError> {
    if drafts.is_empty() {
        return Ok(Vec::new());
    }
    tx.lock(JOURNAL_LOCK)?;
    let mut frontier = load_frontier(tx)?;
    let mut placed = Vec::with_capacity(drafts.len());
    for draft in drafts {
        placed.push(append_one(tx, &mut frontier, draft, entropy)?);
    }
    let size = signed(frontier.size);
    tx.execute("update journal_head set size = $1, frontier = $2 where id = 1", &[&size, &frontier.to_bytes()])?;
    Ok(placed)
}

fn append_one(tx: &mut Tx<'_>, frontier: &mut Frontier, draft: &Draft, entropy: &mut dyn Entropy) -> Result<Placed, JournalError> {
    if draft.payload.len() > PAYLOAD_BYTES_MAX {
        return Err(JournalError::Unwritable { kind: draft.kind.clone(), why: "the payload is over 1 MiB" });
    }
    let mut salt = [0; SALT_BYTES];
    entropy.fill(&mut salt);
    let header = header_of(draft, commitment(&salt, &draft.payload));
    check_header(&header)?;
    let leaf = HashPair::leaf(&leaf_text(&header));
    let index = signed(frontier.size);
    let written = tx.execute(
        "insert into journal_entry (idx, at_ms, node, actor, on_behalf, action, stream, version, kind, salt, commitment, payload, leaf_sm3,
         leaf_sha256) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        &[
            &index,
            &header.at_ms,
            &header.node,
            &header.actor,
            &header.on_behalf,
            &header.action,
            &header.stream,
            &header.version,
            &header.kind,
            &&salt[..],
            &header.commitment,
            &draft.payload,
            &leaf.sm3,
            &leaf.sha256,
        ],
    );
    match written {
        Err(fault) if fault.constraint() == Some("uq_journal_entry__stream__version") => {
            return Err(JournalError::VersionTaken { stream: header.stream, version: header.version });
        }
        other => drop(other?),
    }
    let mut tiles = Vec::new();
    frontier.push(leaf, |completed| {
        if completed.level % TILE_LEVELS == 0 {
            tiles.push(completed);
        }
    });
    for Completed { level, position, root } in tiles {
        let height = i64::from(level / TILE_LEVELS);
        tx.execute(
            "insert into journal_tile (height, position, sm3, sha256) values ($1, $2, $3, $4)",
            &[&height, &signed(position), &root.sm3, &root.sha256],
        )?;
    }
    Ok(Placed { index, leaf })
}

fn header_of(draft: &Draft, commitment: [u8; 32]) -> Header {
    Header {
        at_ms: draft.at_ms,
        node: draft.node.clone(),
        actor: draft.actor.clone(),
        on_behalf: draft.on_behalf.clone(),
        action: draft.action.clone(),
        stream: draft.stream.clone(),
        version: draft.version,
        kind: draft.kind.clone(),
        commitment,
    }
}

pub(crate) fn load_frontier(tx: &mut Tx<'_>) -> Result<Frontier, JournalError> {
    let row = tx.query_one("select size, frontier from journal_head where id = 1", &[])?;
    let size: i64 = row.get(0)?;
    // The first head is written as text by the migration, which SQLite keeps as such.
    let bytes = if size == 0 { Vec::new() } else { row.get::<Vec<u8>>(1)? };
    let damaged = JournalError::Damaged { index: size, what: "the head does not fit its size" };
    Frontier::from_bytes(u64::try_from(size).unwrap_or(0), &bytes).ok_or(damaged)
}

/// Erases the payload of an entry where the law demands it; every proof stays valid.
///
/// # Errors
/// [`JournalError::Beyond`] when there is no such entry.
pub fn erase_payload(tx: &mut Tx<'_>, index: i64) -> Result<(), JournalError> {
    let empty: &[u8] = &[];
    let changed = tx.execute("update journal_entry set payload = null, salt = $2 where idx = $1", &[&index, &empty])?;
    if changed == 1 { Ok(()) } else { Err(JournalError::Beyond(index)) }
}

/// Sizes and positions are far below 2^63.
pub(crate) fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
