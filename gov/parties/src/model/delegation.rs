//! 授权: somebody acts for another.

use super::party::{DelegationId, Party, PersonId};
use clock::Date;
use serde::{Deserialize, Serialize};

/// Why somebody acts for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DelegationKind {
    /// 配偶
    Spouse,
    /// 父母
    Parent,
    /// 子女
    Child,
    /// 其他亲属
    OtherRelative,
    /// 监护人, the legal representative of a minor (民法典 第二十三条)
    Guardian,
    /// 法人的经办人
    Agent,
}

impl DelegationKind {
    /// All kinds.
    pub const ALL: [Self; 6] = [Self::Spouse, Self::Parent, Self::Child, Self::OtherRelative, Self::Guardian, Self::Agent];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Spouse => "spouse",
            Self::Parent => "parent",
            Self::Child => "child",
            Self::OtherRelative => "other-relative",
            Self::Guardian => "guardian",
            Self::Agent => "agent",
        }
    }

    /// Reads the stored word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// Whether this kind is for legal persons.
    pub fn is_for_legal_persons(self) -> bool {
        match self {
            Self::Agent => true,
            Self::Spouse | Self::Parent | Self::Child | Self::OtherRelative | Self::Guardian => false,
        }
    }
}

/// For which items somebody may act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Every item.
    All,
    /// These items, by slug.
    Items(Vec<String>),
}

impl Scope {
    /// Whether an item is covered.
    pub fn covers(&self, item: &str) -> bool {
        match self {
            Self::All => true,
            Self::Items(items) => items.iter().any(|known| known == item),
        }
    }
}

/// Where a delegation is in its life.
///
/// ```text
/// offered ── accept ──> active ── revoke (either side) ──> revoked
///    ├──── decline ──> declined
///    └──── revoke ───> revoked          an active one ends by itself after its last day
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DelegationState {
    /// Granted; the agent has not answered.
    Offered,
    /// Accepted.
    Active,
    /// The agent said no.
    Declined,
    /// Taken back by the principal or given up by the agent.
    Revoked,
}

impl DelegationState {
    /// All states.
    pub const ALL: [Self; 4] = [Self::Offered, Self::Active, Self::Declined, Self::Revoked];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Active => "active",
            Self::Declined => "declined",
            Self::Revoked => "revoked",
        }
    }

    /// Reads the stored word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// The agent accepts; `None` when there is nothing to accept.
    pub fn accept(self) -> Option<Self> {
        match self {
            Self::Offered => Some(Self::Active),
            Self::Active | Self::Declined | Self::Revoked => None,
        }
    }

    /// The agent declines; `None` when there is nothing to decline.
    pub fn decline(self) -> Option<Self> {
        match self {
            Self::Offered => Some(Self::Declined),
            Self::Active | Self::Declined | Self::Revoked => None,
        }
    }

    /// Either side ends it; `None` when it has ended already.
    pub fn revoke(self) -> Option<Self> {
        match self {
            Self::Offered | Self::Active => Some(Self::Revoked),
            Self::Declined | Self::Revoked => None,
        }
    }
}

/// An authorisation of one party for another (民法典 第一百六十五条: agent, matters, powers, period).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Identifier.
    pub id: DelegationId,
    /// Why.
    pub kind: DelegationKind,
    /// 被代理人
    pub principal: Party,
    /// 代理人
    pub agent: PersonId,
    /// 代理事项
    pub scope: Scope,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_until: Date,
    /// Where it is in its life.
    pub state: DelegationState,
    /// Version of its stream in the journal.
    pub version: i64,
}

impl Delegation {
    /// Whether the agent may act on a day.
    pub fn in_force(&self, on: Date) -> bool {
        match self.state {
            DelegationState::Active => self.valid_from <= on && on <= self.valid_until,
            DelegationState::Offered | DelegationState::Declined | DelegationState::Revoked => false,
        }
    }

    /// Whether it can still come into force or be in force on a day.
    pub fn is_open(&self, on: Date) -> bool {
        self.state.revoke().is_some() && on <= self.valid_until
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn states_end_where_they_end() {
        use DelegationState::{Active, Declined, Offered, Revoked};
        let table = [
            (Offered, Some(Active), Some(Declined), Some(Revoked)),
            (Active, None, None, Some(Revoked)),
            (Declined, None, None, None),
            (Revoked, None, None, None),
        ];
        for (state, accepted, declined, revoked) in table {
            assert_eq!((state.accept(), state.decline(), state.revoke()), (accepted, declined, revoked));
            assert_eq!(DelegationState::parse(state.as_str()), Some(state));
        }
    }

    #[test]
    fn scopes_are_written_plainly() {
        assert_eq!(serde_json::to_string(&Scope::All).unwrap(), r#""all""#);
        let items = Scope::Items(vec!["gaoling-jintie".to_owned()]);
        assert_eq!(serde_json::to_string(&items).unwrap(), r#"{"items":["gaoling-jintie"]}"#);
        assert!(items.covers("gaoling-jintie") && !items.covers("other") && Scope::All.covers("other"));
    }

    #[test]
    fn kinds_go_round() {
        for kind in DelegationKind::ALL {
            assert_eq!(DelegationKind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }
}
