//! The journal and its proofs. Shapes of receipts are those that the verifier of the command line reads.

use journal::HashPair;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// An entry of the journal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Entry)]
pub(crate) struct EntryShape {
    /// Position from 0.
    index: i64,
    /// Milliseconds since 1970.
    at_ms: i64,
    /// The node where it happened.
    node: String,
    /// Who acted.
    actor: String,
    /// For whom, when somebody acts for another.
    on_behalf: Option<String>,
    /// The act.
    action: String,
    /// The thing it happened to.
    stream: String,
    /// Counts the entries of the stream, from 1.
    version: i64,
    /// What happened.
    kind: String,
    /// SM3(salt ‖ payload), hexadecimal.
    commitment: String,
    /// Hexadecimal.
    salt: String,
    /// JSON as text; `null` once erased.
    payload: Option<String>,
}

/// The path from a leaf to both roots (RFC 6962, 2.1.1).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = InclusionProof)]
pub(crate) struct InclusionShape {
    /// Position of the leaf.
    pub(crate) index: i64,
    /// Size of the tree.
    pub(crate) size: i64,
    /// Siblings in the SM3 tree, hexadecimal, from the leaf upwards.
    pub(crate) sm3: Vec<String>,
    /// Siblings in the SHA-256 tree.
    pub(crate) sha256: Vec<String>,
}

impl From<journal::InclusionProof> for InclusionShape {
    fn from(proof: journal::InclusionProof) -> Self {
        Self { index: proof.index, size: proof.size, sm3: proof.sm3, sha256: proof.sha256 }
    }
}

/// A receipt: save it as a file and verify it with `zhengshu verify`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Receipt)]
pub(crate) struct ReceiptOf {
    /// The entry, with its payload and salt.
    #[schema(value_type = EntryShape)]
    pub(crate) entry: journal::Entry,
    /// Its path.
    pub(crate) proof: InclusionShape,
    /// The checkpoint that covers it: a signed note (C2SP).
    pub(crate) checkpoint: String,
    /// Keys of the checkpoint, `name+id+key` each.
    pub(crate) keys: Vec<String>,
}

/// For which tree.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct InclusionQuery {
    /// Size of the tree; by default the present one.
    pub(crate) size: Option<i64>,
}

/// Between which trees.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsistencyQuery {
    /// Size of the smaller tree, from 1.
    pub(crate) from: i64,
    /// Size of the larger tree; by default the present one.
    pub(crate) to: Option<i64>,
}

/// That a tree grew out of a smaller one (RFC 6962, 2.1.2).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Consistency {
    /// Size of the smaller tree.
    pub(crate) from: i64,
    /// Size of the larger tree.
    pub(crate) to: i64,
    /// Nodes in the SM3 tree, hexadecimal.
    pub(crate) sm3: Vec<String>,
    /// Nodes in the SHA-256 tree.
    pub(crate) sha256: Vec<String>,
}

impl Consistency {
    pub(crate) fn of(from: i64, to: i64, path: &[HashPair]) -> Self {
        let hex = seal::hash::to_hex;
        Self { from, to, sm3: path.iter().map(|pair| hex(&pair.sm3)).collect(), sha256: path.iter().map(|pair| hex(&pair.sha256)).collect() }
    }
}
