//! Size and roots, as a text that is signed (C2SP tlog-checkpoint, with the SM3 root as an extension line).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use store::Tx;

use crate::JournalError;
use crate::append::{load_frontier, signed};

/// Both roots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roots {
    /// The legal one.
    pub sm3: [u8; 32],
    /// The one the world reads.
    pub sha256: [u8; 32],
}

/// What a checkpoint states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: the node's name.
    pub origin: String,
    /// How many entries.
    pub size: i64,
    /// Over these.
    pub roots: Roots,
}

impl Checkpoint {
    /// The body of the signed note: origin, size, SHA-256 root, `sm3 ` SM3 root, one a line.
    #[must_use]
    pub fn body(&self) -> String {
        let (sha256, sm3) = (STANDARD.encode(self.roots.sha256), STANDARD.encode(self.roots.sm3));
        format!("{}\n{}\n{sha256}\nsm3 {sm3}\n", self.origin, self.size)
    }

    /// Reads the body out of a note, signed or not.
    #[must_use]
    pub fn parse(note: &str) -> Option<Self> {
        let mut lines = note.lines();
        let origin = lines.next()?.to_owned();
        let size = lines.next()?.parse().ok()?;
        let sha256 = root(lines.next()?)?;
        let sm3 = root(lines.next()?.strip_prefix("sm3 ")?)?;
        Some(Self { origin, size, roots: Roots { sm3, sha256 } })
    }
}

fn root(text: &str) -> Option<[u8; 32]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

/// The present size and roots of the log.
///
/// # Errors
/// The database's.
pub fn head(tx: &mut Tx<'_>, origin: &str) -> Result<Checkpoint, JournalError> {
    let frontier = load_frontier(tx)?;
    let root = frontier.root();
    let roots = Roots { sm3: root.sm3, sha256: root.sha256 };
    Ok(Checkpoint { origin: origin.to_owned(), size: signed(frontier.size), roots })
}

/// Keeps a signed checkpoint; a second one of the same size is not needed and is dropped.
///
/// # Errors
/// The database's.
pub fn save_checkpoint(tx: &mut Tx<'_>, size: i64, at_ms: i64, note: &str) -> Result<(), JournalError> {
    tx.execute("insert into journal_checkpoint (size, at_ms, note) values ($1, $2, $3) on conflict (size) do nothing", &[&size, &at_ms, &note])?;
    Ok(())
}

/// The newest signed checkpoint: its size and note.
///
/// # Errors
/// The database's.
pub fn latest_checkpoint(tx: &mut Tx<'_>) -> Result<Option<(i64, String)>, JournalError> {
    let row = tx.query_opt("select size, note from journal_checkpoint order by size desc limit 1", &[])?;
    row.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}
