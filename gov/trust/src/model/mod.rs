//! Accounts, passwords, sessions, roles: the words and their rules, without input or output.

mod account;
mod attempts;
mod login;
mod password;
mod role;
mod session;

use runner::Actor;

pub use account::{Account, AccountId, AccountKind, AccountState, Assurance, PasswordState};
pub use attempts::{Attempts, FAILURES_MAX, LOCK_MINUTES};
pub use login::LoginName;
pub use password::{
    HISTORY_LENGTH, PASSWORD_AGE_DAYS_MAX, PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN, Password, PasswordHash, PasswordProblem, verify_or_waste,
};
pub use role::Role;
pub use session::{ABSOLUTE_HOURS_MAX, CloseReason, IDLE_MINUTES_MAX, Session, SessionId, SessionState, SessionToken};

/// Code of the post of an organ's head.
pub const HEAD_POST: &str = "head";

/// Scope of an authorisation for everything.
pub const SCOPE_EVERYTHING: &str = "*";

const PERSON_PREFIX: &str = "person:";
const DELEGATION_PREFIX: &str = "delegation:";

/// The entry among an actor's roles which says that the authorisation for the party acted for covers `scope` (an item's slug, or
/// [`SCOPE_EVERYTHING`]).
#[must_use]
pub fn delegation_role(scope: &str) -> String {
    format!("{DELEGATION_PREFIX}{scope}")
}

/// The entry among the roles of a member of staff which says who she is in private life, so that she handles no case of her own.
#[must_use]
pub fn private_person_role(person: &str) -> String {
    format!("{PERSON_PREFIX}{person}")
}

/// Who a member of staff is in private life, if known.
#[must_use]
pub fn private_person(actor: &Actor) -> Option<&str> {
    actor.roles.iter().find_map(|role| role.strip_prefix(PERSON_PREFIX))
}

/// The scopes which the authorisation of an actor covers; none for who acts for oneself.
pub fn delegation_scopes(actor: &Actor) -> impl Iterator<Item = &str> {
    actor.roles.iter().filter_map(|role| role.strip_prefix(DELEGATION_PREFIX))
}
