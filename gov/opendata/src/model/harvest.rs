//! Other portals whose datasets are shown here too.

use parties::OrganId;
use serde::{Deserialize, Serialize};

use super::HarvestId;

/// How a portal tells what it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Protocol {
    /// CKAN's Action API.
    #[default]
    Ckan,
    /// A catalogue in DCAT, as Turtle, RDF/XML or JSON-LD.
    Dcat,
}

impl Protocol {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ckan, Self::Dcat];

    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ckan => "ckan",
            Self::Dcat => "dcat",
        }
    }

    /// The protocol with a code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|protocol| protocol.as_str() == code)
    }
}

/// 采集来源: a portal whose datasets are taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HarvestSource {
    /// Identifier.
    pub id: HarvestId,
    /// Its address, without a slash at the end; for DCAT that of its catalogue.
    pub url: String,
    /// How it tells what it has.
    #[serde(default)]
    pub protocol: Protocol,
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
    /// The next dataset of the portal's list, or of the page that is being taken.
    pub next: u32,
    /// The page that is being taken, where the portal names its pages; empty for the first.
    #[serde(default)]
    pub next_page: String,
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
