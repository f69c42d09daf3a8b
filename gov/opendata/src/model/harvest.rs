//! Other portals whose datasets are shown here too.

use parties::OrganId;
use serde::{Deserialize, Serialize};

use super::HarvestId;

/// 采集来源: a portal that speaks CKAN's Action API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HarvestSource {
    /// Identifier.
    pub id: HarvestId,
    /// Its address, without a slash at the end.
    pub url: String,
    /// What it is called.
    pub title: String,
    /// The organ that answers here for what is taken over.
    pub organ: OrganId,
    /// Whether it rests.
    pub paused: bool,
    /// The round that is going on, or went on last.
    #[serde(default)]
    pub round: Round,
    /// Version of its stream in the journal.
    #[serde(default)]
    pub version: i64,
}

/// One pass over a portal. It is kept after every page, so that it goes on where it stopped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Its name: the moment when it began, in milliseconds since 1970.
    pub began_ms: i64,
    /// When it ended; `None` while it goes on.
    pub ended_ms: Option<i64>,
    /// The next dataset of the portal's list.
    pub next: u32,
    /// Datasets seen.
    pub seen: u32,
    /// Taken over anew or changed.
    pub changed: u32,
    /// Gone there, and therefore taken down here.
    pub gone: u32,
    /// Not taken over, each with its error.
    pub failed: u32,
    /// Why the portal itself did not answer; empty when it did.
    pub error: String,
}

/// What is known of a dataset of a portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HarvestRecord {
    /// Its identifier there.
    pub there: String,
    /// The round that saw it last.
    pub seen_in: String,
    /// SM3 of what it said there when it was taken over.
    pub content: String,
    /// The dataset here.
    pub dataset: Option<String>,
    /// Why it was not taken over; empty when it was.
    pub error: String,
}
