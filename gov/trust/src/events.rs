//! What happens to accounts and sessions. The journal's payloads carry no name, no password and no token.

use ::store::{StoreError, Tx};
use runner::{Event, Moment};
use serde::Serialize;

use crate::{
    model::{Account, AccountId, AccountKind, AccountState, Assurance, Attempts, CloseReason, PasswordHash, Role, Session, SessionId},
    store,
};

/// An account was opened.
#[derive(Debug, Serialize)]
pub(crate) struct AccountOpened {
    pub id: AccountId,
    pub kind: AccountKind,
    pub party: Option<String>,
    pub staff: Option<String>,
    pub assurance: Assurance,
    #[serde(skip)]
    pub account: Account,
}

impl Event for AccountOpened {
    fn kind(&self) -> &'static str {
        "account-opened"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        store::insert_account(tx, &Account { version: moment.version, ..self.account.clone() }, moment.at_ms)
    }
}

/// A password was changed by its owner, or given anew.
#[derive(Debug, Serialize)]
pub(crate) struct PasswordChanged {
    pub account: AccountId,
    pub password_version: i64,
    pub given: bool,
    pub kept_session: Option<SessionId>,
    #[serde(skip)]
    pub password: PasswordHash,
}

impl Event for PasswordChanged {
    fn kind(&self) -> &'static str {
        if self.given { "password-given" } else { "password-changed" }
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        let account = self.account.as_str();
        store::set_password(tx, account, &self.password, self.password_version, self.given, moment.at_ms)?;
        match &self.kept_session {
            Some(kept) => store::close_other_sessions(tx, account, kept, CloseReason::PasswordChanged, moment.at_ms)?,
            None => store::close_sessions_of(tx, account, CloseReason::PasswordChanged, moment.at_ms)?,
        }
        store::set_version(tx, account, moment.version)
    }
}

/// An account was locked, unlocked or closed.
#[derive(Debug, Serialize)]
pub(crate) struct AccountStateChanged {
    pub account: AccountId,
    pub state: AccountState,
    pub reason: String,
}

impl Event for AccountStateChanged {
    fn kind(&self) -> &'static str {
        match self.state {
            AccountState::Open => "account-unlocked",
            AccountState::Locked => "account-locked",
            AccountState::Closed => "account-closed",
        }
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        let account = self.account.as_str();
        match self.state {
            AccountState::Open => {
                store::set_state(tx, account, AccountState::Open)?;
                store::set_attempts(tx, account, Attempts::default())?;
            }
            AccountState::Locked => {
                store::set_state(tx, account, AccountState::Locked)?;
                store::close_sessions_of(tx, account, CloseReason::AccountLocked, moment.at_ms)?;
            }
            AccountState::Closed => {
                store::close_account(tx, account)?;
                store::close_sessions_of(tx, account, CloseReason::AccountLocked, moment.at_ms)?;
            }
        }
        store::set_version(tx, account, moment.version)
    }
}

/// A role was granted or withdrawn.
#[derive(Debug, Serialize)]
pub(crate) struct RoleChanged {
    pub account: AccountId,
    pub role: Role,
    pub granted: bool,
}

impl Event for RoleChanged {
    fn kind(&self) -> &'static str {
        if self.granted { "role-granted" } else { "role-withdrawn" }
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        match self.granted {
            true => store::insert_role(tx, self.account.as_str(), self.role, &moment.actor, moment.at_ms)?,
            false => store::delete_role(tx, self.account.as_str(), self.role)?,
        }
        store::set_version(tx, self.account.as_str(), moment.version)
    }
}

/// Somebody signed in.
#[derive(Debug, Serialize)]
pub(crate) struct SignedIn {
    pub account: AccountId,
    pub id: SessionId,
    pub assurance: Assurance,
    pub address: String,
    #[serde(skip)]
    pub session: Session,
    #[serde(skip)]
    pub token_sm3: String,
}

impl Event for SignedIn {
    fn kind(&self) -> &'static str {
        "signed-in"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        store::insert_session(tx, &self.session, &self.token_sm3)?;
        store::set_attempts(tx, self.account.as_str(), Attempts::default())?;
        store::set_version(tx, self.account.as_str(), moment.version)
    }
}

/// Why a sign-in failed; for the audit, never for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FailureReason {
    UnknownAccount,
    WrongPassword,
    LockedForAWhile,
    NotOpen,
    PasswordJustChanged,
}

/// A sign-in failed.
#[derive(Debug, Serialize)]
pub(crate) struct SignInFailed {
    pub account: Option<AccountId>,
    pub reason: FailureReason,
    pub failures: i64,
    pub locks: bool,
    pub address: String,
    #[serde(skip)]
    pub attempts: Attempts,
}

impl Event for SignInFailed {
    fn kind(&self) -> &'static str {
        "sign-in-failed"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        match &self.account {
            Some(account) => {
                store::set_attempts(tx, account.as_str(), self.attempts)?;
                store::set_version(tx, account.as_str(), moment.version)
            }
            None => Ok(()),
        }
    }
}

/// A session was closed.
#[derive(Debug, Serialize)]
pub(crate) struct SessionClosed {
    pub account: AccountId,
    pub session: SessionId,
    pub reason: CloseReason,
}

impl Event for SessionClosed {
    fn kind(&self) -> &'static str {
        "session-closed"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        store::close_session(tx, &self.session, self.reason, moment.at_ms)?;
        store::set_version(tx, self.account.as_str(), moment.version)
    }
}

/// Somebody turned to act for another party, or for oneself again.
#[derive(Debug, Serialize)]
pub(crate) struct ActingPartyChosen {
    pub account: AccountId,
    pub session: SessionId,
    pub party: Option<String>,
}

impl Event for ActingPartyChosen {
    fn kind(&self) -> &'static str {
        "acting-party-chosen"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        store::acts_for(tx, &self.session, self.party.as_deref())?;
        store::set_version(tx, self.account.as_str(), moment.version)
    }
}
