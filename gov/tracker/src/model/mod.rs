//! What a reading is.

mod consent;

use i18n::Text;
use serde::{Deserialize, Serialize};

pub use consent::{Consent, ConsentState, ConsentTerms};

/// How much was disclosed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Manner {
    /// Values as they are.
    Full,
    /// Values with parts hidden.
    Masked,
    /// Yes or no instead of values (核验).
    YesNo,
    /// As one of many in a figure.
    Aggregate,
}

impl Manner {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Masked => "masked",
            Self::YesNo => "yes-no",
            Self::Aggregate => "aggregate",
        }
    }

    /// The manner with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Full, Self::Masked, Self::YesNo, Self::Aggregate].into_iter().find(|manner| manner.as_str() == code)
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::Full => Text::new("查看原值", "Full values"),
            Self::Masked => Text::new("查看脱敏值", "Masked values"),
            Self::YesNo => Text::new("核验（只回答是否）", "Verified (yes or no only)"),
            Self::Aggregate => Text::new("汇总统计", "Part of a figure"),
        }
    }
}

/// What kind of record was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A case file.
    Case,
    /// A register of the node or of another one.
    Register,
    /// A certificate or official document.
    Certificate,
    /// The record of a party: an account's person or company.
    Party,
}

impl SourceKind {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Register => "register",
            Self::Certificate => "certificate",
            Self::Party => "party",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Case, Self::Register, Self::Certificate, Self::Party].into_iter().find(|kind| kind.as_str() == code)
    }
}

/// Where the data came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Kind of record.
    pub kind: SourceKind,
    /// Which one: the slug of a register, the number of a case, the identifier of a certificate.
    pub name: String,
    /// As the subject is told.
    pub title: Text,
}

/// Under which case it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseRef {
    /// Identifier.
    pub id: String,
    /// Number, as people know it.
    pub number: String,
    /// What it is about.
    pub title: Text,
}

/// One disclosure of fields about one subject, about to be recorded.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// Identity number or unified code of the subject.
    pub subject: &'a str,
    /// Where the data come from.
    pub source: Source,
    /// Names of the fields, in words of the source: `name`, `birth_date`.
    pub fields: Vec<String>,
    /// How much is disclosed.
    pub manner: Manner,
    /// Organ that reads; `None` for the installation itself and for the subject.
    pub organ: Option<String>,
    /// What for.
    pub purpose: Text,
    /// Under which law.
    pub basis: String,
    /// The case it belongs to.
    pub case: Option<CaseRef>,
    /// The grant under which the exchange let it pass.
    pub grant: Option<String>,
    /// The message of the exchange that carried it.
    pub message: Option<String>,
    /// Milliseconds since 1970 before which the subject is not shown it (依法保密), with the approval that says so. An order for the case
    /// counts by itself.
    pub secret_until: Option<(i64, String)>,
}

/// A reading as it stands in the tracker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Identifier of the reading; also its stream in the journal.
    pub id: String,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// Account that read; `system` for the installation itself.
    pub account: String,
    /// Organ that read.
    pub organ: Option<String>,
    /// Where the data came from.
    pub source: Source,
    /// Names of the fields.
    pub fields: Vec<String>,
    /// How much was disclosed.
    pub manner: Manner,
    /// What for.
    pub purpose: Text,
    /// Under which law.
    pub basis: String,
    /// The case it belongs to.
    pub case: Option<CaseRef>,
    /// The grant.
    pub grant: Option<String>,
    /// The message of the exchange.
    pub message: Option<String>,
    /// The consent of the subject under which it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<String>,
}
