//! What can be done to accounts, roles and sessions; one file per verb.
//!
//! Hashing a password takes tens of milliseconds. It is done before the command, in its `prepare`, so that no transaction waits for it.

mod act_for;
mod change_password;
mod close_account;
mod grant_role;
mod lock_account;
mod open_account;
mod reset_password;
mod revoke_session;
mod sign_in;
mod sign_out;

use runner::{Cx, Halt, Refusal, Resource};

pub use act_for::ActFor;
pub use change_password::ChangePassword;
pub use close_account::CloseAccount;
pub use grant_role::{GrantRole, WithdrawRole};
pub use lock_account::{LockAccount, UnlockAccount};
pub use open_account::{NewAccount, OpenAccount, RegisterAccount};
pub use reset_password::ResetPassword;
pub use revoke_session::RevokeSession;
pub use sign_in::{OpenedSession, SignIn, SignInAnswer, sign_in};
pub use sign_out::SignOut;

use crate::{
    model::{Account, AccountId, Session, SessionId},
    store,
};

/// The account as a thing on which one acts.
fn account_resource(account: &AccountId) -> Resource {
    Resource { id: account.as_str().to_owned(), ..Resource::of("account") }
}

/// Loads an account for change; `not-found` when there is none.
fn load_account(cx: &mut Cx<'_>, id: &AccountId) -> Result<Account, Halt> {
    let account = store::account_by_id(cx.tx(), id)?.ok_or_else(Refusal::not_found)?;
    cx.loaded_version(account.id.as_str(), account.version);
    Ok(account)
}

/// Loads a session and its account; `not-found` when there is none.
fn load_session(cx: &mut Cx<'_>, id: &SessionId) -> Result<(Session, Account), Halt> {
    let session = store::session_by_id(cx.tx(), id)?.ok_or_else(Refusal::not_found)?;
    let account = load_account(cx, &session.account)?;
    Ok((session, account))
}
