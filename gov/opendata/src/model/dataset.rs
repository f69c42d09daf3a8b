//! The dataset as its organ prepares it. What the public sees is a release.

use std::collections::BTreeMap;

use clock::Date;
use i18n::Text;
use jiff::Span;
use parties::{DivisionCode, OrganId};
use serde::{Deserialize, Serialize};

use super::DatasetId;
use super::release::Release;
use super::resource::Resource;
use super::words::Opening;
use crate::gate::Finding;

/// What is said about a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Title.
    pub title: Text,
    /// Description.
    pub notes: Text,
    /// Codes of themes.
    pub themes: Vec<String>,
    /// Words people look for it by.
    pub tags: Vec<String>,
    /// Code of the licence.
    pub licence: String,
    /// Code of the period of renewal.
    pub period: String,
    /// Whether there are conditions.
    #[serde(default)]
    pub opening: Opening,
    /// The conditions: how it may be used, and how it must be kept.
    #[serde(default)]
    pub terms: Text,
    /// The division it covers.
    pub spatial: String,
    /// First day it covers.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day it covers.
    #[serde(default)]
    pub until: Option<Date>,
    /// Whom to ask.
    #[serde(default)]
    pub contact: String,
    /// Code of the resource in the catalogue of government data (政务数据目录), where it is one.
    #[serde(default)]
    pub catalogue_code: String,
    /// How it was computed, where it was.
    #[serde(default)]
    pub computed: Option<Computation>,
    /// What other portals said besides, kept word for word.
    #[serde(default)]
    pub extras: BTreeMap<String, String>,
}

/// How a dataset was computed from cases or registers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computation {
    /// Which view.
    pub view: String,
    /// From what.
    pub source: Text,
    /// How, step by step.
    pub steps: Vec<Text>,
    /// The last day counted.
    pub as_of: Date,
    /// How many entries the journal had.
    pub journal_size: i64,
    /// Numbers below this one are left out.
    pub small_cells_below: u32,
    /// How many were.
    pub suppressed: u64,
    /// SM3 of the file, as computed.
    pub hash: String,
    /// The registers from which what was counted had taken facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<Foundation>,
    /// SM3 of the versions of records those facts were taken from; empty where there are none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub facts_sm3: String,
}

/// A register on which computed numbers rest. Nobody's record is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foundation {
    /// The register.
    pub register: String,
    /// Its name.
    pub title: Text,
    /// How many changes it had when the numbers were computed: its version.
    pub position: i64,
    /// Cases that took facts from it; `None` when they are too few to be told.
    pub cases: Option<i64>,
    /// Facts taken from it; `None` likewise.
    pub facts: Option<i64>,
    /// Versions of records they were taken from; `None` likewise.
    pub records: Option<i64>,
}

/// Where a dataset stands on its way to the public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Being prepared.
    Draft,
    /// Waits for the scan.
    Submitted,
    /// Scanned, without anything that forbids publication.
    Scanned,
    /// The owner's head has approved.
    OwnerApproved,
    /// The data authority has approved.
    OfficerApproved,
    /// The release is what stands here.
    Published,
    /// Taken down.
    Withdrawn,
}

impl State {
    /// All states.
    pub const ALL: [Self; 7] =
        [Self::Draft, Self::Submitted, Self::Scanned, Self::OwnerApproved, Self::OfficerApproved, Self::Published, Self::Withdrawn];

    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Scanned => "scanned",
            Self::OwnerApproved => "owner-approved",
            Self::OfficerApproved => "officer-approved",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// In words.
    #[must_use]
    pub fn name(self) -> Text {
        match self {
            Self::Draft => Text::new("草稿", "Draft"),
            Self::Submitted => Text::new("等待检查", "Waiting for the scan"),
            Self::Scanned => Text::new("检查通过，待本单位审核", "Scanned, waits for its organ"),
            Self::OwnerApproved => Text::new("本单位已审核，待数据主管部门审核", "Approved by its organ, waits for the data authority"),
            Self::OfficerApproved => Text::new("已审核，待发布", "Approved, waits to be published"),
            Self::Published => Text::new("已发布", "Published"),
            Self::Withdrawn => Text::new("已下架", "Withdrawn"),
        }
    }

    /// Whether it may be edited; that makes it a draft again. Not while the scan reads it.
    #[must_use]
    pub const fn is_editable(self) -> bool {
        match self {
            Self::Draft | Self::Scanned | Self::OwnerApproved | Self::OfficerApproved | Self::Published | Self::Withdrawn => true,
            Self::Submitted => false,
        }
    }

    /// Whether it can be sent back to be prepared again.
    #[must_use]
    pub const fn is_under_review(self) -> bool {
        match self {
            Self::Scanned | Self::OwnerApproved | Self::OfficerApproved => true,
            Self::Draft | Self::Submitted | Self::Published | Self::Withdrawn => false,
        }
    }
}

/// Days before the end of a period on which its organ is reminded.
const SOON_DAYS: i64 = 7;

/// When a dataset has to be renewed, by its period (更新周期).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// The last day.
    pub due: Date,
    /// From this day on its organ is reminded.
    pub soon: Date,
}

/// How near the end of a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lapse {
    /// Nothing has to be done yet.
    Far,
    /// It has to be renewed now.
    Soon,
    /// It should have been renewed.
    Over,
}

impl Renewal {
    /// How near the end is on a day.
    #[must_use]
    pub fn lapse(&self, today: Date) -> Lapse {
        match (today < self.soon, today > self.due) {
            (true, _) => Lapse::Far,
            (false, false) => Lapse::Soon,
            (false, true) => Lapse::Over,
        }
    }
}

/// Who approved, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Account.
    pub account: String,
    /// In milliseconds since 1970.
    pub at_ms: i64,
}

/// Why it was taken down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Why, for the public.
    pub reason: Text,
    /// In milliseconds since 1970.
    pub at_ms: i64,
}

/// 数据集, as its organ prepares it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dataset {
    /// Identifier.
    pub id: DatasetId,
    /// Name in addresses.
    pub slug: String,
    /// The organ that answers for it.
    pub organ: OrganId,
    /// Its division.
    pub division: DivisionCode,
    /// What is said about it.
    pub metadata: Metadata,
    /// Its files.
    pub resources: Vec<Resource>,
    /// Where it stands.
    pub state: State,
    /// What the scan found.
    #[serde(default)]
    pub findings: Vec<Finding>,
    /// Why it was sent back; empty otherwise.
    #[serde(default)]
    pub returned: String,
    /// Approval by the owner's head.
    #[serde(default)]
    pub owner_approval: Option<Approval>,
    /// Approval by the data authority.
    #[serde(default)]
    pub officer_approval: Option<Approval>,
    /// Number of the latest release; 0 before the first.
    #[serde(default)]
    pub release: u32,
    /// Why it is not shown any more.
    #[serde(default)]
    pub withdrawal: Option<Withdrawal>,
    /// Where it was harvested from; empty for our own.
    #[serde(default)]
    pub harvested_from: String,
    /// Last change, in milliseconds since 1970.
    pub modified_ms: i64,
    /// Version of its stream in the journal.
    #[serde(default)]
    pub version: i64,
}

impl Dataset {
    /// SM3 over everything that is scanned and approved: an approval is worth this content and no other.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let content = serde_json::to_vec(&(&self.slug, &self.organ, &self.metadata, &self.resources)).unwrap_or_default();
        seal::hash::to_hex(&seal::hash::sm3(&content))
    }

    /// Whether the public sees a release of it.
    #[must_use]
    pub const fn is_public(&self) -> bool {
        self.release > 0 && self.withdrawal.is_none()
    }

    /// When the release that is shown has to be renewed; none while the next one is prepared, or where no period was promised.
    #[must_use]
    pub fn renewal(&self) -> Option<Renewal> {
        let since = clock::from_millis(self.modified_ms).ok().filter(|_| self.state == State::Published && self.is_public())?;
        let since = clock::local_date(since);
        let (span, soon_days) = match self.metadata.period.as_str() {
            "daily" => (Span::new().days(1), 0),
            "weekly" => (Span::new().weeks(1), 1),
            "monthly" => (Span::new().months(1), SOON_DAYS),
            "quarterly" => (Span::new().months(3), SOON_DAYS),
            "half-yearly" => (Span::new().months(6), SOON_DAYS),
            "yearly" => (Span::new().years(1), SOON_DAYS),
            _ => return None,
        };
        let due = since.checked_add(span).ok()?;
        Some(Renewal { due, soon: due.checked_sub(Span::new().days(soon_days)).ok()? })
    }

    /// The dataset as it would be shown.
    #[must_use]
    pub fn preview(&self) -> Release {
        Release::of(self, Text::default(), self.modified_ms, self.modified_ms, Text::default())
    }

    /// A change of content undoes scan and approvals.
    pub(crate) fn edited(mut self, at_ms: i64) -> Self {
        self.state = State::Draft;
        self.findings = Vec::new();
        self.owner_approval = None;
        self.officer_approval = None;
        self.modified_ms = at_ms;
        self
    }
}
