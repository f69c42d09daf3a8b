//! Batches that arrive, and feeds of changes that leave.

use i18n::Text;
use runner::Halt;
use serde::{Deserialize, Serialize};
use store::Tx;
use tracker::CaseRef;

use super::batch::{BatchNumber, BatchRow};
use super::identifier::{ServiceId, SubsystemId};
use super::service::{FieldType, ServiceField};

/// Tries after which a feed is set aside for an operator.
pub const FEED_TRIES_MAX: u32 = 8;
/// Most changes in one batch of a feed.
pub const FEED_ROWS_MAX: u32 = 5_000;

/// What the name of a service's register begins with when the service takes batches instead of answering questions.
pub const INBOX: &str = "inbox:";

/// Endpoints of such a service.
pub const BATCH_ENDPOINTS: [&str; 4] = ["open", "part", "close", "state"];

/// The endpoint by which the organ's own systems take what such a service has received. It is open to nobody else, and not among those offered.
pub const TAKE: &str = "take";

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

/// A batch among those that a service received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// Who sent it.
    pub source: String,
    /// Its number.
    pub cd_batch: String,
    /// When it was announced, in milliseconds since 1970.
    pub opened_ms: i64,
    /// Parts that have arrived.
    pub arrived_parts: u32,
    /// The batch.
    pub batch: InboxBatch,
}

/// Under which right a batch came: what the people in its rows are told when they are taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// The grant or duty.
    pub grant: String,
    /// What for.
    pub purpose: Text,
    /// Under which law.
    pub basis: String,
    /// The case, where the right needed one.
    pub case: Option<CaseRef>,
    /// Milliseconds since 1970 before which nobody is shown that it was taken, with the approval.
    pub secret_until: Option<(i64, String)>,
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
    /// Why, as it is kept; [`DeadRow::cause`] says it.
    pub reason: String,
}

impl DeadRow {
    /// Why it was set aside, in words.
    #[must_use]
    pub fn cause(&self) -> Text {
        Unfit::ALL.into_iter().find(|unfit| unfit.as_str() == self.reason).map_or_else(|| Text::same(self.reason.clone()), Unfit::sentence)
    }
}

/// Why a row is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is no line of JSON with the names of a row.
    Unreadable,
    /// What stands as its record has no fields.
    NoObject,
    /// It has a field that the service does not take.
    Undeclared,
    /// A value is not of the type that the service declares.
    OtherType,
    /// It does not say whom it is about, where the service declares that it does.
    NoSubject,
}

impl Unfit {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Unreadable, Self::NoObject, Self::Undeclared, Self::OtherType, Self::NoSubject];

    /// As it is kept; part of what is stored, so never changed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "the line cannot be read",
            Self::NoObject => "the record is no object",
            Self::Undeclared => "a field is not declared",
            Self::OtherType => "a value is of another type",
            Self::NoSubject => "the identity number or unified code is missing or wrong",
        }
    }

    /// For people.
    #[must_use]
    pub fn sentence(self) -> Text {
        let zh = match self {
            Self::Unreadable => "这一行无法读取",
            Self::NoObject => "记录的格式不符",
            Self::Undeclared => "含有未登记的数据项",
            Self::OtherType => "有数据项的类型不符",
            Self::NoSubject => "缺少当事人的身份号码、统一社会信用代码，或者号码有误",
        };
        Text::new(zh, self.as_str())
    }
}

/// State of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeedState {
    /// Changes are delivered.
    Active,
    /// The organ that sends has stopped it; changes wait.
    Stopped,
    /// Delivery failed too often; it waits to be replayed.
    Dead,
}

impl FeedState {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Stopped => "stopped",
            Self::Dead => "dead",
        }
    }

    /// The state with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Active, Self::Stopped, Self::Dead].into_iter().find(|state| state.as_str() == code)
    }

    /// After the organ stopped it, where it was running.
    #[must_use]
    pub const fn stopped(self) -> Option<Self> {
        match self {
            Self::Active => Some(Self::Stopped),
            Self::Stopped | Self::Dead => None,
        }
    }

    /// After the organ resumed it, where it had been stopped.
    #[must_use]
    pub const fn resumed(self) -> Option<Self> {
        match self {
            Self::Stopped => Some(Self::Active),
            Self::Active | Self::Dead => None,
        }
    }

    /// After it was replayed, where it had been set aside.
    #[must_use]
    pub const fn replayed(self) -> Option<Self> {
        match self {
            Self::Dead => Some(Self::Active),
            Self::Active | Self::Stopped => None,
        }
    }

    /// After so many tries of one batch have failed. What was stopped meanwhile stays stopped.
    #[must_use]
    pub const fn failed(self, tries: u32) -> Self {
        match self {
            Self::Active if tries >= FEED_TRIES_MAX => Self::Dead,
            Self::Active | Self::Stopped | Self::Dead => self,
        }
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
    /// When it ended, in milliseconds since 1970.
    pub tried_ms: Option<i64>,
    /// Why it was stopped; empty otherwise.
    pub reason: String,
    /// Day of the last batch number.
    pub serial_day: String,
    /// Its serial number.
    pub serial: u32,
}

/// The fields of a service that takes changes: where a change stands, which fields it is about and since when; no value and no person.
#[must_use]
pub fn change_fields() -> Vec<ServiceField> {
    let field = |(name, zh, en, kind): (&str, &str, &str, FieldType)| ServiceField { name: name.to_owned(), title: Text::new(zh, en), kind };
    let fields = [
        ("position", "变更序号", "Place in the feed", FieldType::Integer),
        ("key", "主键（非个人信息的）", "Key, where it is not personal", FieldType::Text),
        ("version", "版本", "Version", FieldType::Integer),
        ("cause", "原因", "Cause", FieldType::Text),
        ("fields", "变更的数据项", "Fields that changed", FieldType::Text),
        ("valid_from", "生效日期", "Holds from", FieldType::Date),
        ("valid_until", "失效日期", "Holds until", FieldType::Date),
        ("recorded_at_ms", "记录时间", "Recorded at", FieldType::Integer),
        ("sm3", "记录摘要", "Hash of the record", FieldType::Text),
    ];
    fields.map(field).to_vec()
}

/// Who knows the changes of registers, in an order that never changes.
pub trait ChangeSource: Send + Sync {
    /// Changes after a position, at most so many, each with its own position; the same for the same positions, always.
    ///
    /// # Errors
    /// The database's.
    fn after(&self, tx: &mut Tx<'_>, register: &str, position: i64, count_max: u32) -> Result<Vec<(i64, BatchRow)>, Halt>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_running_feed_stops_and_each_halt_has_its_own_way_back() {
        let states = [FeedState::Active, FeedState::Stopped, FeedState::Dead];
        assert_eq!(states.map(FeedState::stopped), [Some(FeedState::Stopped), None, None]);
        assert_eq!(states.map(FeedState::resumed), [None, Some(FeedState::Active), None]);
        assert_eq!(states.map(FeedState::replayed), [None, None, Some(FeedState::Active)]);
        assert_eq!(states.map(|state| state.failed(FEED_TRIES_MAX)), [FeedState::Dead, FeedState::Stopped, FeedState::Dead]);
        assert_eq!(states.map(|state| state.failed(FEED_TRIES_MAX - 1)), states);
        assert!(states.iter().all(|state| FeedState::parse(state.as_str()) == Some(*state)));
    }
}
