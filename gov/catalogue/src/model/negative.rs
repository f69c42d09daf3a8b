//! 负面清单: what is not shared or not open, on which law, approved by whom.

use clock::Date;
use parties::OrganId;
use serde::{Deserialize, Serialize};

use super::domain::domain;
use super::resource::{LegalBasis, ResourceId};

ids::id_type! {
    /// 负面清单条目
    NegativeId, "negative"
}

domain! {
    /// What an entry keeps back.
    NegativeKind {
        /// 不予共享
        NotShared = ("not-shared", "", "不予共享", "Not shared"),
        /// 不予开放
        NotOpen = ("not-open", "", "不予开放", "Not open"),
    }
}

domain! {
    /// Where an entry stands.
    NegativeState {
        /// 待审核
        Proposed = ("proposed", "", "待审核", "Proposed"),
        /// 已列入
        Approved = ("approved", "", "已列入", "Approved"),
        /// 未同意列入
        Refused = ("refused", "", "未同意列入", "Refused"),
        /// 已移出
        Removed = ("removed", "", "已移出", "Removed"),
    }
}

/// 负面清单条目
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NegativeEntry {
    /// Identifier.
    pub id: NegativeId,
    /// The resource kept back.
    pub resource: ResourceId,
    /// Its provider.
    pub organ: OrganId,
    /// What is kept back.
    pub kind: NegativeKind,
    /// The law it rests on.
    pub basis: LegalBasis,
    /// The words of the article.
    pub quote: String,
    /// Why it applies.
    pub reason: String,
    /// 批准文号
    pub approval: String,
    /// Day of the approval.
    pub approved_on: Option<Date>,
    /// Day by which it must be looked at again.
    pub review_on: Option<Date>,
    /// Account that proposed it.
    pub proposed_by: String,
    /// Where it stands.
    pub state: NegativeState,
    /// Version of its stream in the journal.
    pub version: i64,
}

impl NegativeState {
    /// Whether it may become another.
    #[must_use]
    pub const fn may_become(self, next: Self) -> bool {
        match (self, next) {
            (Self::Proposed, Self::Approved | Self::Refused) | (Self::Approved, Self::Removed) => true,
            (Self::Proposed | Self::Approved | Self::Refused | Self::Removed, _) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NegativeState::{Approved, Proposed, Refused, Removed};

    #[test]
    fn an_entry_is_proposed_approved_and_removed() {
        assert!(Proposed.may_become(Approved) && Proposed.may_become(Refused) && Approved.may_become(Removed));
        assert!(!Refused.may_become(Approved) && !Removed.may_become(Approved) && !Proposed.may_become(Removed) && !Approved.may_become(Refused));
    }
}
