//! Accounts and their passwords.

use store::{Row, StoreError, Tx};

use crate::model::{Account, AccountId, AccountKind, AccountState, Assurance, Attempts, HISTORY_LENGTH, LoginName, PasswordHash};

const COLUMNS: &str = "id, login, kind, party, staff, state, assurance, password, password_version, password_set_ms, password_initial, failures, \
     locked_until_ms, version";

pub(crate) fn insert_account(tx: &mut Tx<'_>, account: &Account, now_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "insert into trust_account (id, login, kind, party, staff, state, assurance, password, password_version, password_set_ms, \
         password_initial, failures, locked_until_ms, version, opened_ms) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, null, $12, $13)",
        &[
            &account.id.as_str(),
            &account.login.as_str(),
            &account.kind.code(),
            &account.party,
            &account.staff,
            &account.state.code(),
            &i64::from(account.assurance.level()),
            &account.password.as_str(),
            &account.password_version,
            &account.password_set_ms,
            &account.password_initial,
            &account.version,
            &now_ms,
        ],
    )?;
    insert_password(tx, account.id.as_str(), account.password_version, &account.password, account.password_set_ms)
}

pub(crate) fn account_by_id(tx: &mut Tx<'_>, id: &AccountId) -> Result<Option<Account>, StoreError> {
    let statement = format!("select {COLUMNS} from trust_account where id = $1");
    tx.query_opt(&statement, &[&id.as_str()])?.map(|row| read(&row)).transpose()
}

pub(crate) fn account_by_login(tx: &mut Tx<'_>, login: &LoginName) -> Result<Option<Account>, StoreError> {
    let statement = format!("select {COLUMNS} from trust_account where login = $1");
    tx.query_opt(&statement, &[&login.as_str()])?.map(|row| read(&row)).transpose()
}

/// Whether a party or a member of staff has an account of the kind.
pub(crate) fn has_account_of(tx: &mut Tx<'_>, kind: AccountKind, party: Option<&str>, staff: Option<&str>) -> Result<bool, StoreError> {
    let found = tx.query_opt("select 1 from trust_account where (party = $1 and kind = $2) or staff = $3", &[&party, &kind.code(), &staff])?;
    Ok(found.is_some())
}

/// Accounts whose login name follows `after`, in that order.
pub(crate) fn accounts_page(tx: &mut Tx<'_>, after: &str, page_size: i64) -> Result<Vec<Account>, StoreError> {
    let statement = format!("select {COLUMNS} from trust_account where login > $1 order by login limit $2");
    tx.query(&statement, &[&after, &page_size])?.iter().map(read).collect()
}

pub(crate) fn set_password(tx: &mut Tx<'_>, id: &str, password: &PasswordHash, version: i64, initial: bool, now_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "update trust_account set password = $2, password_version = $3, password_set_ms = $4, password_initial = $5, failures = 0, \
         locked_until_ms = null where id = $1",
        &[&id, &password.as_str(), &version, &now_ms, &initial],
    )?;
    insert_password(tx, id, version, password, now_ms)?;
    let oldest = version.saturating_sub(i64::try_from(HISTORY_LENGTH).unwrap_or(i64::MAX));
    tx.execute("delete from trust_password where account = $1 and version < $2", &[&id, &oldest])?;
    Ok(())
}

/// The present password and the last five before it, newest first.
pub(crate) fn password_history(tx: &mut Tx<'_>, id: &AccountId) -> Result<Vec<PasswordHash>, StoreError> {
    let rows = tx.query("select password from trust_password where account = $1 order by version desc", &[&id.as_str()])?;
    rows.iter().map(|row| Ok(PasswordHash::from_store(row.get(0)?))).collect()
}

pub(crate) fn set_attempts(tx: &mut Tx<'_>, id: &str, attempts: Attempts) -> Result<(), StoreError> {
    tx.execute("update trust_account set failures = $2, locked_until_ms = $3 where id = $1", &[&id, &attempts.failures, &attempts.locked_until_ms])?;
    Ok(())
}

pub(crate) fn set_state(tx: &mut Tx<'_>, id: &str, state: AccountState) -> Result<(), StoreError> {
    tx.execute("update trust_account set state = $2 where id = $1", &[&id, &state.code()])?;
    Ok(())
}

/// A closed account lets go of its password.
pub(crate) fn close_account(tx: &mut Tx<'_>, id: &str) -> Result<(), StoreError> {
    tx.execute("update trust_account set state = $2, password = '' where id = $1", &[&id, &AccountState::Closed.code()])?;
    tx.execute("delete from trust_password where account = $1", &[&id])?;
    tx.execute("delete from trust_role where account = $1", &[&id])?;
    Ok(())
}

pub(crate) fn set_version(tx: &mut Tx<'_>, id: &str, version: i64) -> Result<(), StoreError> {
    tx.execute("update trust_account set version = $2 where id = $1", &[&id, &version])?;
    Ok(())
}

fn insert_password(tx: &mut Tx<'_>, id: &str, version: i64, password: &PasswordHash, now_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "insert into trust_password (account, version, password, set_ms) values ($1, $2, $3, $4)",
        &[&id, &version, &password.as_str(), &now_ms],
    )?;
    Ok(())
}

fn read(row: &Row) -> Result<Account, StoreError> {
    Ok(Account {
        id: known(row, 0, |text| AccountId::parse(text).ok(), "an account id")?,
        login: known(row, 1, LoginName::parse, "a login name")?,
        kind: known(row, 2, AccountKind::parse, "a kind of account")?,
        party: row.get(3)?,
        staff: row.get(4)?,
        state: known(row, 5, AccountState::parse, "a state of an account")?,
        assurance: Assurance::from_level(row.get(6)?).ok_or(unknown(6, "an assurance of 1 to 4"))?,
        password: PasswordHash::from_store(row.get(7)?),
        password_version: row.get(8)?,
        password_set_ms: row.get(9)?,
        password_initial: row.get(10)?,
        attempts: Attempts { failures: row.get(11)?, locked_until_ms: row.get(12)? },
        version: row.get(13)?,
    })
}

/// Reads a text column of a known vocabulary.
pub(super) fn known<T>(row: &Row, column: usize, read: impl Fn(&str) -> Option<T>, wanted: &'static str) -> Result<T, StoreError> {
    read(&row.get::<String>(column)?).ok_or(unknown(column, wanted))
}

pub(super) const fn unknown(column: usize, wanted: &'static str) -> StoreError {
    StoreError::Type { column, found: "another word", wanted }
}
