//! The owner changes the password. All other sessions of the account end.

use ::store::Store;
use runner::{Command, Cx, Halt, Refusal};
use seal::Entropy;
use serde::Serialize;

use super::{account_resource, load_account};
use crate::{
    events::PasswordChanged,
    model::{AccountId, Password, PasswordHash, PasswordProblem, SessionId},
    refusals, store,
};

/// The owner's new password.
#[derive(Debug, Serialize)]
pub struct ChangePassword {
    account: AccountId,
    session: SessionId,
    /// The version of the password against which the present one was verified.
    verified_version: i64,
    #[serde(skip)]
    password: PasswordHash,
}

impl ChangePassword {
    /// Verifies the present password, checks the new one against the rules and the last five, and hashes it.
    ///
    /// # Errors
    /// The refusals `present-password-wrong` and `password-unfit`, or the database's fault.
    pub fn prepare(
        store: &Store,
        account: &AccountId,
        session: &SessionId,
        present: &Password,
        new: &Password,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, Halt> {
        let (owner, history) = store.read(|tx| {
            let owner = store::account_by_id(tx, account)?.ok_or_else(Refusal::not_found)?;
            Ok::<_, Halt>((owner, store::password_history(tx, account)?))
        })?;
        if !present.fits(&owner.password) {
            return Err(refusals::present_password_wrong().into());
        }
        let mut problems = new.problems(owner.login.as_str());
        if history.iter().any(|earlier| new.fits(earlier)) {
            problems.push(PasswordProblem::UsedBefore);
        }
        if !problems.is_empty() {
            return Err(refusals::password_unfit(&problems).into());
        }
        let password = new.hash(entropy).map_err(Halt::fault)?;
        Ok(Self { account: account.clone(), session: session.clone(), verified_version: owner.password_version, password })
    }
}

impl Command for ChangePassword {
    type Outcome = ();
    const ACTION: &'static str = "account.change-password";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&account_resource(&self.account))?;
        let account = load_account(cx, &self.account)?;
        if account.password_version != self.verified_version {
            return Err(Refusal::stale_version().into());
        }
        let event = PasswordChanged {
            account: account.id.clone(),
            password_version: account.password_version.saturating_add(1),
            given: false,
            kept_session: Some(self.session.clone()),
            password: self.password.clone(),
        };
        cx.record(account.id.as_str(), &event).map(drop)
    }
}
