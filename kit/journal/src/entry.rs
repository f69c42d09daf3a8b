//! What stands in the journal.

use serde::{Deserialize, Serialize};

use crate::{HashPair, JournalError};

/// Everything of an entry that the leaf hashes directly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// The node (one installation) where it happened.
    pub node: String,
    /// Who acted: an account, or `system`.
    pub actor: String,
    /// For whom, when somebody acts for another.
    pub on_behalf: Option<String>,
    /// The act, as named in the authority registry.
    pub action: String,
    /// The thing it happened to.
    pub stream: String,
    /// Counts the entries of the stream, from 1.
    pub version: i64,
    /// What happened, in the past tense: `case-accepted`.
    pub kind: String,
    /// SM3(salt ‖ payload), hex.
    #[serde(with = "hex::serde")]
    pub commitment: [u8; 32],
}

/// One entry as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Position from 0.
    pub index: i64,
    /// What the leaf hashes.
    #[serde(flatten)]
    pub header: Header,
    /// Makes the commitment of a guessable payload unguessable.
    #[serde(with = "hex::serde")]
    pub salt: Vec<u8>,
    /// JSON; `None` once erased.
    pub payload: Option<String>,
}

impl Entry {
    /// Whether the payload is the one committed to (an erased one cannot be wrong).
    #[must_use]
    pub fn payload_is_intact(&self) -> bool {
        self.payload.as_ref().is_none_or(|payload| commitment(&self.salt, payload) == self.header.commitment)
    }

    /// The leaf hashes.
    #[must_use]
    pub fn leaf(&self) -> HashPair {
        HashPair::leaf(&leaf_text(&self.header))
    }
}

pub(crate) fn commitment(salt: &[u8], payload: &str) -> [u8; 32] {
    let mut input = salt.to_vec();
    input.extend_from_slice(payload.as_bytes());
    seal::hash::sm3(&input)
}

/// The text that a leaf hashes. See the README for its lines.
#[must_use]
pub fn leaf_text(header: &Header) -> String {
    format!(
        "zhengshu-entry-1\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n",
        header.at_ms,
        header.node,
        header.actor,
        header.on_behalf.as_deref().unwrap_or("-"),
        header.action,
        header.stream,
        header.version,
        header.kind,
        hex::encode(header.commitment),
    )
}

pub(crate) fn check_header(header: &Header) -> Result<(), JournalError> {
    let fields = [&header.node, &header.actor, &header.action, &header.stream, &header.kind];
    let texts = fields.into_iter().chain(header.on_behalf.as_ref());
    for text in texts {
        if text.is_empty() || text.chars().any(char::is_control) {
            return Err(JournalError::Unwritable { kind: header.kind.clone(), why: "a header field is empty or holds a control character" });
        }
    }
    Ok(())
}
