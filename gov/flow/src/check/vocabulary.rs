//! The words a flow may use. The default is the product's own table; posts and duties come from the package or the node.

use std::collections::{BTreeMap, BTreeSet};

/// The words a flow may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    /// Kinds of user tasks with their outcomes.
    pub kinds: BTreeMap<String, Vec<String>>,
    /// Actions of service tasks.
    pub actions: BTreeSet<String>,
    /// Outcomes of end events.
    pub outcomes: BTreeSet<String>,
    /// Post codes; `None` accepts any.
    pub posts: Option<BTreeSet<String>>,
    /// Duties; `None` accepts any.
    pub duties: Option<BTreeSet<String>>,
}

const KINDS: &[(&str, &[&str])] = &[
    ("accept", &["accepted", "refused"]),
    ("review", &["passed", "returned"]),
    ("countersign", &["agreed", "objected"]),
    ("visit", &["qualified", "unqualified"]),
    ("decide", &["approved", "rejected"]),
    ("assign", &["assigned"]),
    ("handle", &["resolved", "sent_back"]),
    ("confirm", &["done"]),
];
const ACTIONS: &[&str] = &["verify", "issue", "notify", "document", "open-case", "publish", "share-request", "share-grant"];
const OUTCOMES: &[&str] = &["approved", "rejected", "refused", "resolved", "lapsed", "done"];

impl Default for Vocabulary {
    fn default() -> Self {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        Self {
            kinds: KINDS.iter().map(|(kind, outcomes)| ((*kind).to_owned(), words(outcomes))).collect(),
            actions: words(ACTIONS).into_iter().collect(),
            outcomes: words(OUTCOMES).into_iter().collect(),
            posts: None,
            duties: None,
        }
    }
}
