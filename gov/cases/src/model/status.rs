//! States of a case, and what becomes of it.

use i18n::Text;
use serde::{Deserialize, Serialize};

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseStatus {
    /// 已提交, waiting to be accepted.
    Submitted,
    /// 待补正: the applicant was asked to complete it.
    Correcting,
    /// 已受理, being handled.
    Accepted,
    /// 特别程序: the clock stands still for a lawful reason.
    Suspended,
    /// 办结.
    Closed,
}

impl CaseStatus {
    /// All, in the order of a case's life.
    pub const ALL: [Self; 5] = [Self::Submitted, Self::Correcting, Self::Accepted, Self::Suspended, Self::Closed];

    /// As stored and spoken by the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Correcting => "correcting",
            Self::Accepted => "accepted",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
        }
    }

    /// Reads [`CaseStatus::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// In plain words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::Submitted => Text::new("待受理", "Submitted"),
            Self::Correcting => Text::new("待补正", "Waiting for your correction"),
            Self::Accepted => Text::new("办理中", "In progress"),
            Self::Suspended => Text::new("特别程序中", "Paused for a special procedure"),
            Self::Closed => Text::new("已办结", "Closed"),
        }
    }

    /// Whether somebody still has to do something.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed)
    }
}

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// 准予.
    Approved,
    /// 不予.
    Rejected,
    /// 不予受理.
    Refused,
    /// 已答复.
    Resolved,
    /// 逾期未补正, 终止.
    Lapsed,
    /// 申请人撤回.
    Withdrawn,
    /// 办结 without a decision.
    Done,
}

impl Outcome {
    /// All.
    pub const ALL: [Self; 7] = [Self::Approved, Self::Rejected, Self::Refused, Self::Resolved, Self::Lapsed, Self::Withdrawn, Self::Done];

    /// As stored, spoken by the API, and written in `zs:outcome`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Rejected => "rejected",
            Self::Refused => "refused",
            Self::Resolved => "resolved",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
            Self::Done => "done",
        }
    }

    /// Reads [`Outcome::code`].
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }

    /// In plain words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::Approved => Text::new("准予", "Approved"),
            Self::Rejected => Text::new("不予批准", "Rejected"),
            Self::Refused => Text::new("不予受理", "Not accepted"),
            Self::Resolved => Text::new("已答复", "Answered"),
            Self::Lapsed => Text::new("逾期未补正，已终止", "Ended: not completed in time"),
            Self::Withdrawn => Text::new("已撤回", "Withdrawn"),
            Self::Done => Text::new("已完成", "Done"),
        }
    }
}
