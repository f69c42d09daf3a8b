//! Batches that arrive, and feeds of changes that leave.

use runner::Halt;
use serde::{Deserialize, Serialize};
use store::Tx;

use super::batch::{BatchNumber, BatchRow};
use super::identifier::{ServiceId, SubsystemId};

/// Tries after which a feed is set aside for an operator.
pub const FEED_TRIES_MAX: u32 = 8;
/// Most changes in one batch of a feed.
pub const FEED_ROWS_MAX: u32 = 5_000;

/// What the name of a service's register begins with when the service takes batches instead of answering questions.
pub const INBOX: &str = "inbox:";

/// Endpoints of such a service.
pub const BATCH_ENDPOINTS: [&str; 4] = ["open", "part", "close", "state"];

/// State of a batch at the receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InboxState {
    /// Parts arrive.
    Open,
    /// All are there and whole; they are being applied.
    Closed,
    /// Every row is applied or set aside.
    Applied,
}

impl InboxState {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Applied => "applied",
        }
    }

    /// The state with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Open, Self::Closed, Self::Applied].into_iter().find(|state| state.as_str() == code)
    }
}

/// A batch at the receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxBatch {
    /// How many parts it has.
    pub parts: u32,
    /// How many rows.
    pub rows: i64,
    /// Digest of the whole.
    pub sm3: String,
    /// State.
    pub state: InboxState,
    /// Parts that are applied.
    pub applied_parts: u32,
    /// Rows that are applied, or were older than what is known.
    pub applied_rows: i64,
    /// Rows that were set aside.
    pub dead_rows: i64,
}

/// A row that was set aside because it does not fit; its line is sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeadRow {
    /// Identifier.
    pub id: String,
    /// Service that received it.
    pub service: String,
    /// Who sent it.
    pub source: String,
    /// The batch.
    pub cd_batch: String,
    /// Its number in the batch, from 1.
    pub row_number: i64,
    /// When it was set aside.
    pub at_ms: i64,
    /// Why.
    pub reason: String,
}

/// State of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeedState {
    /// Changes are delivered.
    Active,
    /// Delivery failed too often; an operator replays it.
    Dead,
}

impl FeedState {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Dead => "dead",
        }
    }

    /// The state with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Active, Self::Dead].into_iter().find(|state| state.as_str() == code)
    }
}

/// A feed: the changes of a register of this node, delivered to a service of another subsystem, in order, at least once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// Identifier.
    pub id: String,
    /// Subsystem that sends.
    pub client: SubsystemId,
    /// Service that receives.
    pub service: ServiceId,
    /// Register whose changes are sent.
    pub register: String,
    /// Up to which change everything is delivered.
    pub position: i64,
    /// State.
    pub state: FeedState,
    /// The batch that is being delivered; the same until it has arrived.
    pub pending_batch: Option<BatchNumber>,
    /// The last change in it.
    pub pending_until: i64,
    /// Tries of it so far.
    pub tries: u32,
    /// How the last try ended.
    pub last_code: Option<String>,
    /// Day of the last batch number.
    pub serial_day: String,
    /// Its serial number.
    pub serial: u32,
}

/// Who knows the changes of registers, in an order that never changes.
pub trait ChangeSource: Send + Sync {
    /// Changes after a position, at most so many, each with its own position; the same for the same positions, always.
    ///
    /// # Errors
    /// The database's.
    fn after(&self, tx: &mut Tx<'_>, register: &str, position: i64, count_max: u32) -> Result<Vec<(i64, BatchRow)>, Halt>;
}
