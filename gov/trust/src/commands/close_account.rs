//! Closing an account for good (GB/T 22239-2019 8.1.4.2 c: superfluous and expired accounts are removed).

use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::lock_account::change_state;
use crate::model::{AccountId, AccountState};

/// The security administrator closes an account. Its password and roles are forgotten; its name is not given away again.
#[derive(Debug, Serialize, Deserialize)]
pub struct CloseAccount {
    /// Which.
    pub account: AccountId,
    /// Why, for the record.
    pub reason: String,
}

impl Command for CloseAccount {
    type Outcome = ();
    const ACTION: &'static str = "account.manage";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        change_state(cx, &self.account, &self.reason, AccountState::close)
    }
}
