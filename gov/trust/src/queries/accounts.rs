//! Accounts and sessions, for their owners and for the security administrator.

use ::store::{StoreError, Tx};
use serde::Serialize;

use crate::{
    model::{Account, AccountId, AccountKind, AccountState, LoginName, Session, SessionId, SessionState},
    store,
};

const SESSIONS_PAGE_SIZE: i64 = 50;

/// An account as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AccountView {
    /// Identifier.
    pub id: AccountId,
    /// Login name.
    pub login: LoginName,
    /// Whose.
    pub kind: AccountKind,
    /// The person.
    pub party: Option<String>,
    /// The member of staff.
    pub staff: Option<String>,
    /// Whether it can be used.
    pub state: AccountState,
    /// Level of assurance, 1 to 4.
    pub assurance: u8,
    /// Locked until then after failed sign-ins (milliseconds since 1970).
    pub locked_until_ms: Option<i64>,
    /// Codes of its roles.
    pub roles: Vec<String>,
    /// Version, for changes on top of what was seen.
    pub version: i64,
}

/// A session as shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionView {
    /// Identifier.
    pub id: SessionId,
    /// When opened (milliseconds since 1970).
    pub opened_ms: i64,
    /// When last used, to the minute.
    pub seen_ms: i64,
    /// Address of the client.
    pub address: String,
    /// Name of the browser.
    pub browser: String,
    /// Whether it still serves.
    pub live: bool,
}

/// An account.
///
/// # Errors
/// The database's.
pub fn account(tx: &mut Tx<'_>, id: &AccountId) -> Result<Option<AccountView>, StoreError> {
    match store::account_by_id(tx, id)? {
        Some(account) => view(tx, account).map(Some),
        None => Ok(None),
    }
}

/// The account with a login name.
///
/// # Errors
/// The database's.
pub fn account_of_login(tx: &mut Tx<'_>, login: &LoginName) -> Result<Option<AccountView>, StoreError> {
    match store::account_by_login(tx, login)? {
        Some(account) => view(tx, account).map(Some),
        None => Ok(None),
    }
}

/// Accounts by login name, those after `after`.
///
/// # Errors
/// The database's.
pub fn accounts(tx: &mut Tx<'_>, after: &str, page_size: i64) -> Result<Vec<AccountView>, StoreError> {
    let page = store::accounts_page(tx, after, page_size)?;
    page.into_iter().map(|account| view(tx, account)).collect()
}

/// The last sessions of an account, newest first.
///
/// # Errors
/// The database's.
pub fn sessions(tx: &mut Tx<'_>, account: &AccountId, now_ms: i64) -> Result<Vec<SessionView>, StoreError> {
    let sessions = store::sessions_of(tx, account, SESSIONS_PAGE_SIZE)?;
    let shown = |session: Session| SessionView {
        live: session.state(now_ms) == SessionState::Live,
        id: session.id,
        opened_ms: session.opened_ms,
        seen_ms: session.seen_ms,
        address: session.address,
        browser: session.browser,
    };
    Ok(sessions.into_iter().map(shown).collect())
}

fn view(tx: &mut Tx<'_>, account: Account) -> Result<AccountView, StoreError> {
    let roles = store::roles_of(tx, &account.id)?.into_iter().map(|role| role.code().to_owned()).collect();
    Ok(AccountView {
        id: account.id,
        login: account.login,
        kind: account.kind,
        party: account.party,
        staff: account.staff,
        state: account.state,
        assurance: account.assurance.level(),
        locked_until_ms: account.attempts.locked_until_ms,
        roles,
        version: account.version,
    })
}
