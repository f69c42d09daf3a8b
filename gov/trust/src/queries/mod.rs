//! Questions about accounts and sessions.

mod accounts;
pub(crate) mod signed_in;

pub use accounts::{AccountView, SessionView, account, account_of_login, accounts, sessions};
pub use signed_in::{SignedIn, actor_of, touch, who_is_signed_in};
