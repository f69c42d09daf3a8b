//! Merkle trees as in RFC 6962 §2.1, two at once.

use seal::hash::{sha256, sm3};

/// The same position in both trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HashPair {
    /// In the SM3 tree.
    pub sm3: [u8; 32],
    /// In the SHA-256 tree.
    pub sha256: [u8; 32],
}

impl HashPair {
    /// The leaf of a text.
    #[must_use]
    pub fn leaf(text: &str) -> Self {
        let mut input = Vec::with_capacity(text.len() + 1);
        input.push(0);
        input.extend_from_slice(text.as_bytes());
        Self { sm3: sm3(&input), sha256: sha256(&input) }
    }

    /// The parent of two nodes.
    #[must_use]
    pub fn parent(left: &Self, right: &Self) -> Self {
        Self { sm3: sm3(&joined(&left.sm3, &right.sm3)), sha256: sha256(&joined(&left.sha256, &right.sha256)) }
    }

    /// The root of the empty tree: the hash of nothing.
    #[must_use]
    pub fn empty() -> Self {
        Self { sm3: sm3(b""), sha256: sha256(b"") }
    }
}

fn joined(left: &[u8; 32], right: &[u8; 32]) -> Vec<u8> {
    let mut input = Vec::with_capacity(65);
    input.push(1);
    input.extend_from_slice(left);
    input.extend_from_slice(right);
    input
}

/// Which of the two trees a proof is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tree {
    /// The legal one.
    Sm3,
    /// The one the world reads.
    Sha256,
}

impl Tree {
    fn parent(self, left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
        match self {
            Self::Sm3 => sm3(&joined(left, right)),
            Self::Sha256 => sha256(&joined(left, right)),
        }
    }
}

/// The root that an inclusion path leads to (RFC 9162 §2.1.3.2); `None` when the path has the wrong length.
#[must_use]
pub fn inclusion_root(tree: Tree, leaf: [u8; 32], index: u64, size: u64, path: &[[u8; 32]]) -> Option<[u8; 32]> {
    if index >= size {
        return None;
    }
    let (mut node, mut last, mut hash) = (index, size - 1, leaf);
    for sibling in path {
        if last == 0 {
            return None;
        }
        if node & 1 == 1 || node == last {
            hash = tree.parent(sibling, &hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = tree.parent(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}

/// The roots of the complete subtrees that make up a tree of some size, largest first. Appending costs two hashes on average.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Frontier {
    pub(crate) size: u64,
    peaks: Vec<HashPair>,
}

/// A complete subtree that came into being: its height in levels, its position among those of its height, its root.
pub(crate) struct Completed {
    pub(crate) level: u32,
    pub(crate) position: u64,
    pub(crate) root: HashPair,
}

impl Frontier {
    /// Adds a leaf; tells `completed` of every subtree of two leaves or more that this completes.
    pub(crate) fn push(&mut self, leaf: HashPair, mut completed: impl FnMut(Completed)) {
        let mut root = leaf;
        let mut level = 0;
        let mut rest = self.size;
        while rest & 1 == 1 {
            if let Some(left) = self.peaks.pop() {
                root = HashPair::parent(&left, &root);
            }
            rest >>= 1;
            level += 1;
            completed(Completed { level, position: rest, root });
        }
        self.peaks.push(root);
        self.size += 1;
    }

    pub(crate) fn root(&self) -> HashPair {
        let mut peaks = self.peaks.iter().rev();
        let Some(first) = peaks.next() else {
            return HashPair::empty();
        };
        peaks.fold(*first, |right, left| HashPair::parent(left, &right))
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        self.peaks.iter().flat_map(|peak| peak.sm3.iter().chain(&peak.sha256).copied()).collect()
    }

    /// `None` when the bytes do not fit the size.
    pub(crate) fn from_bytes(size: u64, bytes: &[u8]) -> Option<Self> {
        let peaks: Vec<HashPair> = bytes
            .chunks_exact(64)
            .filter_map(|chunk| {
                let (sm3, sha256) = chunk.split_at(32);
                Some(HashPair { sm3: sm3.try_into().ok()?, sha256: sha256.try_into().ok()? })
            })
            .collect();
        let fits = bytes.len() % 64 == 0 && u32::try_from(peaks.len()).ok() == Some(size.count_ones());
        fits.then_some(Self { size, peaks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(n: u64) -> Vec<HashPair> {
        (0..n).map(|i| HashPair::leaf(&i.to_string())).collect()
    }

    fn root_by_definition(leaves: &[HashPair]) -> HashPair {
        match leaves {
            [] => HashPair::empty(),
            [one] => *one,
            many => {
                let k = many.len().next_power_of_two() / 2;
                HashPair::parent(&root_by_definition(&many[..k]), &root_by_definition(&many[k..]))
            }
        }
    }

    #[test]
    fn the_frontier_has_the_root_of_the_definition() {
        let all = leaves(70);
        let mut frontier = Frontier::default();
        for (n, leaf) in all.iter().enumerate() {
            assert_eq!(frontier.root(), root_by_definition(&all[..n]));
            let size = frontier.size;
            assert_eq!(Frontier::from_bytes(size, &frontier.to_bytes()), Some(frontier.clone()));
            frontier.push(*leaf, |_| {});
        }
    }

    #[test]
    fn the_empty_trees_have_the_known_roots() {
        assert_eq!(hex::encode(HashPair::empty().sha256), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(hex::encode(HashPair::empty().sm3), "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");
    }
}
