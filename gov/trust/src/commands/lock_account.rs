//! Locking an account until it is unlocked. All its sessions end.

use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::{account_resource, load_account};
use crate::{
    events::AccountStateChanged,
    model::{AccountId, AccountState},
    refusals,
};

/// The security administrator locks an account.
#[derive(Debug, Serialize, Deserialize)]
pub struct LockAccount {
    /// Which.
    pub account: AccountId,
    /// Why, for the record.
    pub reason: String,
}

/// The security administrator unlocks an account; a lock after failed sign-ins ends as well.
#[derive(Debug, Serialize, Deserialize)]
pub struct UnlockAccount {
    /// Which.
    pub account: AccountId,
    /// Why, for the record.
    pub reason: String,
}

impl Command for LockAccount {
    type Outcome = ();
    const ACTION: &'static str = "account.manage";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        change_state(cx, &self.account, &self.reason, AccountState::lock)
    }
}

impl Command for UnlockAccount {
    type Outcome = ();
    const ACTION: &'static str = "account.manage";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let unlock = |state: AccountState| if state == AccountState::Open { Some(state) } else { state.unlock() };
        change_state(cx, &self.account, &self.reason, unlock)
    }
}

pub(super) fn change_state(
    cx: &mut Cx<'_>,
    account: &AccountId,
    reason: &str,
    step: impl Fn(AccountState) -> Option<AccountState>,
) -> Result<(), Halt> {
    cx.authorise(&account_resource(account))?;
    let account = load_account(cx, account)?;
    let state = step(account.state).ok_or_else(refusals::state_conflict)?;
    let event = AccountStateChanged { account: account.id.clone(), state, reason: reason.to_owned() };
    cx.record(account.id.as_str(), &event).map(drop)
}
