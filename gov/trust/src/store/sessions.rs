//! Sessions, stored under the SM3 of their token.

use store::{Row, StoreError, Tx};

use super::accounts::{known, unknown};
use crate::model::{AccountId, Assurance, CloseReason, Session, SessionId};

const COLUMNS: &str = "id, account, assurance, opened_ms, seen_ms, closed_reason, on_behalf, address, browser";

pub(crate) fn insert_session(tx: &mut Tx<'_>, session: &Session, token_sm3: &str) -> Result<(), StoreError> {
    tx.execute(
        "insert into trust_session (token_sm3, id, account, assurance, opened_ms, seen_ms, on_behalf, address, browser) \
         values ($1, $2, $3, $4, $5, $6, null, $7, $8)",
        &[
            &token_sm3,
            &session.id.as_str(),
            &session.account.as_str(),
            &i64::from(session.assurance.level()),
            &session.opened_ms,
            &session.seen_ms,
            &session.address,
            &session.browser,
        ],
    )?;
    Ok(())
}

pub(crate) fn session_by_token(tx: &mut Tx<'_>, token_sm3: &str) -> Result<Option<Session>, StoreError> {
    let statement = format!("select {COLUMNS} from trust_session where token_sm3 = $1");
    tx.query_opt(&statement, &[&token_sm3])?.map(|row| read(&row)).transpose()
}

pub(crate) fn session_by_id(tx: &mut Tx<'_>, id: &SessionId) -> Result<Option<Session>, StoreError> {
    let statement = format!("select {COLUMNS} from trust_session where id = $1");
    tx.query_opt(&statement, &[&id.as_str()])?.map(|row| read(&row)).transpose()
}

/// The latest sessions of an account, newest first.
pub(crate) fn sessions_of(tx: &mut Tx<'_>, account: &AccountId, page_size: i64) -> Result<Vec<Session>, StoreError> {
    let statement = format!("select {COLUMNS} from trust_session where account = $1 order by opened_ms desc, id desc limit $2");
    tx.query(&statement, &[&account.as_str(), &page_size])?.iter().map(read).collect()
}

pub(crate) fn touch_session(tx: &mut Tx<'_>, id: &SessionId, now_ms: i64) -> Result<(), StoreError> {
    tx.execute("update trust_session set seen_ms = $2 where id = $1 and seen_ms < $2 and closed_ms is null", &[&id.as_str(), &now_ms])?;
    Ok(())
}

pub(crate) fn close_session(tx: &mut Tx<'_>, id: &SessionId, reason: CloseReason, now_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "update trust_session set closed_ms = $2, closed_reason = $3 where id = $1 and closed_ms is null",
        &[&id.as_str(), &now_ms, &reason.code()],
    )?;
    Ok(())
}

pub(crate) fn close_sessions_of(tx: &mut Tx<'_>, account: &str, reason: CloseReason, now_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "update trust_session set closed_ms = $2, closed_reason = $3 where account = $1 and closed_ms is null",
        &[&account, &now_ms, &reason.code()],
    )?;
    Ok(())
}

/// Closes all sessions of an account but one.
pub(crate) fn close_other_sessions(tx: &mut Tx<'_>, account: &str, kept: &SessionId, reason: CloseReason, now_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "update trust_session set closed_ms = $2, closed_reason = $3 where account = $1 and closed_ms is null and id <> $4",
        &[&account, &now_ms, &reason.code(), &kept.as_str()],
    )?;
    Ok(())
}

/// Sets or clears the party acted for.
pub(crate) fn acts_for(tx: &mut Tx<'_>, id: &SessionId, party: Option<&str>) -> Result<(), StoreError> {
    tx.execute("update trust_session set on_behalf = $2 where id = $1", &[&id.as_str(), &party])?;
    Ok(())
}

fn read(row: &Row) -> Result<Session, StoreError> {
    let reason: Option<String> = row.get(5)?;
    let closed = reason.map(|code| CloseReason::parse(&code).ok_or(unknown(5, "a reason to close a session"))).transpose()?;
    Ok(Session {
        id: known(row, 0, |text| SessionId::parse(text).ok(), "a session id")?,
        account: known(row, 1, |text| AccountId::parse(text).ok(), "an account id")?,
        assurance: Assurance::from_level(row.get(2)?).ok_or(unknown(2, "an assurance of 1 to 4"))?,
        opened_ms: row.get(3)?,
        seen_ms: row.get(4)?,
        closed,
        on_behalf: row.get(6)?,
        address: row.get(7)?,
        browser: row.get(8)?,
    })
}
