//! Roles of accounts. The three administrations exclude each other (GB/T 22239-2019 8.1.5).

use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::{account_resource, load_account};
use crate::{
    events::RoleChanged,
    model::{AccountId, AccountState, Role},
    refusals, store,
};

/// Gives a role.
#[derive(Debug, Serialize, Deserialize)]
pub struct GrantRole {
    /// To whom.
    pub account: AccountId,
    /// Which.
    pub role: Role,
}

/// Takes a role back. Sessions which are open lose it with their next request.
#[derive(Debug, Serialize, Deserialize)]
pub struct WithdrawRole {
    /// From whom.
    pub account: AccountId,
    /// Which.
    pub role: Role,
}

impl Command for GrantRole {
    type Outcome = ();
    const ACTION: &'static str = "role.grant";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&account_resource(&self.account))?;
        let account = load_account(cx, &self.account)?;
        if account.state == AccountState::Closed {
            return Err(refusals::state_conflict().into());
        }
        if !self.role.fits(account.kind) {
            return Err(refusals::role_unfit(self.role).into());
        }
        let present = store::roles_of(cx.tx(), &account.id)?;
        if present.contains(&self.role) {
            return Err(refusals::role_unchanged().into());
        }
        if let Some(other) = present.into_iter().find(|other| other.excludes(self.role)) {
            return Err(refusals::roles_exclude(other, self.role).into());
        }
        cx.record(account.id.as_str(), &RoleChanged { account: account.id.clone(), role: self.role, granted: true }).map(drop)
    }
}

impl Command for WithdrawRole {
    type Outcome = ();
    const ACTION: &'static str = "role.grant";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&account_resource(&self.account))?;
        let account = load_account(cx, &self.account)?;
        if !store::roles_of(cx.tx(), &account.id)?.contains(&self.role) {
            return Err(refusals::role_unchanged().into());
        }
        cx.record(account.id.as_str(), &RoleChanged { account: account.id.clone(), role: self.role, granted: false }).map(drop)
    }
}
