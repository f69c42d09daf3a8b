//! Requests as both sides see them, and demands for data the catalogue does not have.

use clock::Date;
use i18n::Text;
use serde::{Deserialize, Serialize};

use super::Terms;

/// A request for data: what was asked for, beside its case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The case.
    pub case: String,
    /// Its number.
    pub number: String,
    /// The terms it asks for.
    pub terms: Terms,
    /// Submitted at, milliseconds since 1970.
    pub asked_ms: i64,
}

/// Where a demand stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DemandState {
    /// 待答复.
    Open,
    /// 已编目: the catalogue has it now.
    Catalogued,
    /// 不能满足, with reasons.
    Declined,
}

impl DemandState {
    /// All.
    pub const ALL: [Self; 3] = [Self::Open, Self::Catalogued, Self::Declined];

    /// As stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Catalogued => "catalogued",
            Self::Declined => "declined",
        }
    }

    /// Reads [`DemandState::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::Open => Text::new("待答复", "To be answered"),
            Self::Catalogued => Text::new("已编目", "In the catalogue"),
            Self::Declined => Text::new("不能满足", "Declined"),
        }
    }
}

/// An entry of the list of demands, 需求清单.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    /// Identifier; also its stream in the journal.
    pub id: String,
    /// The organ in need.
    pub organ: String,
    /// Which data.
    pub title: String,
    /// What for, and which law says so.
    pub purpose: String,
    /// Where it stands.
    pub state: DemandState,
    /// What was answered.
    pub answer: String,
    /// The resource that meets it.
    pub resource: Option<String>,
    /// Declared at, milliseconds since 1970.
    pub declared_ms: i64,
    /// To be answered by this day.
    pub answer_by: Date,
    /// Answered at.
    pub answered_ms: Option<i64>,
}
