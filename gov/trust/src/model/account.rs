//! The account: who can sign in, and in which state.

use runner::ActorKind;
use serde::{Deserialize, Serialize};

use super::{Attempts, LoginName, PASSWORD_AGE_DAYS_MAX, PasswordHash};

ids::id_type! {
    /// An account.
    AccountId, "account"
}

const DAY_MS: i64 = 86_400_000;

/// Whose account it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountKind {
    /// A person, in her own affairs.
    Person,
    /// A member of staff, in office.
    Staff,
    /// An administrator of the installation.
    Admin,
}

impl AccountKind {
    /// The code, as stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Staff => "staff",
            Self::Admin => "admin",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Person, Self::Staff, Self::Admin].into_iter().find(|kind| kind.code() == code)
    }

    /// The kind of actor who signs in with it.
    #[must_use]
    pub const fn actor_kind(self) -> ActorKind {
        match self {
            Self::Person => ActorKind::Person,
            Self::Staff => ActorKind::Staff,
            Self::Admin => ActorKind::Admin,
        }
    }

    /// Whether passwords of this kind age.
    #[must_use]
    pub const fn password_ages(self) -> bool {
        match self {
            Self::Person => false,
            Self::Staff | Self::Admin => true,
        }
    }
}

/// How sure the platform is of who signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// 1: says who she is.
    Declared,
    /// 2: name and identity number agree with the register (实名).
    Checked,
    /// 3: was present in person (实人).
    Present,
    /// 4: holds a cryptographic credential.
    Credential,
}

impl Assurance {
    /// The level, 1 to 4.
    #[must_use]
    pub const fn level(self) -> u8 {
        match self {
            Self::Declared => 1,
            Self::Checked => 2,
            Self::Present => 3,
            Self::Credential => 4,
        }
    }

    /// The assurance of a level.
    #[must_use]
    pub fn from_level(level: i64) -> Option<Self> {
        [Self::Declared, Self::Checked, Self::Present, Self::Credential].into_iter().find(|one| i64::from(one.level()) == level)
    }
}

/// Whether an account can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountState {
    /// In use.
    Open,
    /// Locked by the security administrator until unlocked.
    Locked,
    /// Closed for good; the name is not given away again.
    Closed,
}

impl AccountState {
    /// The code, as stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Locked => "locked",
            Self::Closed => "closed",
        }
    }

    /// The state with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Open, Self::Locked, Self::Closed].into_iter().find(|state| state.code() == code)
    }

    /// Locked, if that is possible.
    #[must_use]
    pub const fn lock(self) -> Option<Self> {
        match self {
            Self::Open => Some(Self::Locked),
            Self::Locked | Self::Closed => None,
        }
    }

    /// Open again, if that is possible.
    #[must_use]
    pub const fn unlock(self) -> Option<Self> {
        match self {
            Self::Locked => Some(Self::Open),
            Self::Open | Self::Closed => None,
        }
    }

    /// Closed, if that is possible.
    #[must_use]
    pub const fn close(self) -> Option<Self> {
        match self {
            Self::Open | Self::Locked => Some(Self::Closed),
            Self::Closed => None,
        }
    }
}

/// Whether the present password will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PasswordState {
    /// It will.
    Valid,
    /// It was given by somebody else and must be changed.
    Initial,
    /// It is older than 90 days.
    Aged,
}

/// An account as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Identifier.
    pub id: AccountId,
    /// Login name.
    pub login: LoginName,
    /// Whose it is.
    pub kind: AccountKind,
    /// The person behind it; administrators may have none, and of staff it may be unknown.
    pub party: Option<String>,
    /// The member of staff whose account it is, in office.
    pub staff: Option<String>,
    /// Whether it can be used.
    pub state: AccountState,
    /// How sure the platform is of its owner.
    pub assurance: Assurance,
    /// The present password.
    pub password: PasswordHash,
    /// How many passwords it has had.
    pub password_version: i64,
    /// Since when (milliseconds since 1970).
    pub password_set_ms: i64,
    /// Whether somebody else gave it.
    pub password_initial: bool,
    /// Failed sign-ins.
    pub attempts: Attempts,
    /// Version of the account's stream.
    pub version: i64,
}

impl Account {
    /// Whether the present password will do at that moment.
    #[must_use]
    pub fn password_state(&self, now_ms: i64) -> PasswordState {
        if self.password_initial {
            return PasswordState::Initial;
        }
        let age_ms = now_ms.saturating_sub(self.password_set_ms);
        match self.kind.password_ages() && age_ms > PASSWORD_AGE_DAYS_MAX.saturating_mul(DAY_MS) {
            true => PasswordState::Aged,
            false => PasswordState::Valid,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    pub(crate) fn account(kind: AccountKind) -> Account {
        Account {
            id: AccountId::make(&mut ids::IdSource::new(0, &mut ids::SeededEntropy::new(1))),
            login: LoginName::parse("xiaoman").unwrap(),
            kind,
            party: Some("person_1".to_owned()),
            staff: None,
            state: AccountState::Open,
            assurance: Assurance::Checked,
            password: PasswordHash::default(),
            password_version: 1,
            password_set_ms: 0,
            password_initial: false,
            attempts: Attempts::default(),
            version: 1,
        }
    }

    #[test]
    fn passwords_of_staff_and_administrators_age_after_ninety_days() {
        for kind in [AccountKind::Staff, AccountKind::Admin] {
            assert_eq!(account(kind).password_state(90 * DAY_MS), PasswordState::Valid);
            assert_eq!(account(kind).password_state(90 * DAY_MS + 1), PasswordState::Aged);
        }
        assert_eq!(account(AccountKind::Person).password_state(9_000 * DAY_MS), PasswordState::Valid);
    }

    #[test]
    fn a_given_password_must_be_changed_whatever_its_age() {
        let account = Account { password_initial: true, ..account(AccountKind::Staff) };
        assert_eq!(account.password_state(0), PasswordState::Initial);
    }

    #[test]
    fn a_closed_account_stays_closed() {
        assert_eq!(AccountState::Closed.unlock(), None);
        assert_eq!(AccountState::Closed.lock(), None);
        assert_eq!(AccountState::Closed.close(), None);
        assert_eq!(AccountState::Open.lock().and_then(AccountState::unlock), Some(AccountState::Open));
    }

    #[test]
    fn codes_are_read_back() {
        for kind in [AccountKind::Person, AccountKind::Staff, AccountKind::Admin] {
            assert_eq!(AccountKind::parse(kind.code()), Some(kind));
        }
        for state in [AccountState::Open, AccountState::Locked, AccountState::Closed] {
            assert_eq!(AccountState::parse(state.code()), Some(state));
        }
        for level in 1..=4 {
            assert_eq!(Assurance::from_level(level).map(|one| i64::from(one.level())), Some(level));
        }
        assert_eq!(Assurance::from_level(0), None);
    }
}
