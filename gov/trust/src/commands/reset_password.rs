//! The security administrator gives a new first password. All sessions of the account end.

use ::store::Store;
use runner::{Command, Cx, Halt, Refusal};
use seal::Entropy;
use serde::Serialize;

use super::{account_resource, load_account, open_account::checked_hash};
use crate::{
    events::PasswordChanged,
    model::{AccountId, AccountState, Password, PasswordHash},
    refusals, store,
};

/// A password given to somebody who lost hers; it must be changed at the next sign-in.
#[derive(Debug, Serialize)]
pub struct ResetPassword {
    account: AccountId,
    #[serde(skip)]
    password: PasswordHash,
}

impl ResetPassword {
    /// Checks and hashes the password.
    ///
    /// # Errors
    /// The refusals `not-found` and `password-unfit`, or the database's fault.
    pub fn prepare(store: &Store, account: &AccountId, password: &Password, entropy: &mut dyn Entropy) -> Result<Self, Halt> {
        let owner = store.read(|tx| store::account_by_id(tx, account))?.ok_or_else(Refusal::not_found)?;
        let password = checked_hash(owner.login.as_str(), password, entropy)?;
        Ok(Self { account: account.clone(), password })
    }
}

impl Command for ResetPassword {
    type Outcome = ();
    const ACTION: &'static str = "account.manage";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&account_resource(&self.account))?;
        let account = load_account(cx, &self.account)?;
        if account.state == AccountState::Closed {
            return Err(refusals::state_conflict().into());
        }
        let event = PasswordChanged {
            account: account.id.clone(),
            password_version: account.password_version.saturating_add(1),
            given: true,
            kept_session: None,
            password: self.password.clone(),
        };
        cx.record(account.id.as_str(), &event).map(drop)
    }
}
