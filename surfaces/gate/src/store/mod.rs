//! The one table of the gate: forms that wait for their sender to sign in. Bookkeeping of pages, no state of government.

use store::{Migration, StoreError, Tx};

/// To be applied as component `gate`.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "forms that wait for a sign-in",
    sql: "
create table gate_kept_form (
    token_sm3 text not null primary key,
    owner_mark text not null,
    sealed text not null,
    kept_ms bigint not null
);
create index ix_gate_kept_form__kept_ms on gate_kept_form (kept_ms);
",
}];

/// A form as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptRow {
    pub(crate) token_sm3: String,
    pub(crate) owner_mark: String,
    pub(crate) sealed: String,
    pub(crate) kept_ms: i64,
}

pub(crate) fn kept_form(tx: &mut Tx<'_>, token_sm3: &str, not_before_ms: i64) -> Result<Option<KeptRow>, StoreError> {
    let row = tx.query_opt(
        "select token_sm3, owner_mark, sealed, kept_ms from gate_kept_form where token_sm3 = $1 and kept_ms >= $2",
        &[&token_sm3, &not_before_ms],
    )?;
    row.map(|row| Ok(KeptRow { token_sm3: row.get(0)?, owner_mark: row.get(1)?, sealed: row.get(2)?, kept_ms: row.get(3)? })).transpose()
}

pub(crate) fn kept_form_count(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    let row = tx.query_one("select count(*) from gate_kept_form", &[])?;
    row.get(0)
}

pub(crate) fn keep_form(tx: &mut Tx<'_>, row: &KeptRow) -> Result<(), StoreError> {
    tx.execute(
        "insert into gate_kept_form (token_sm3, owner_mark, sealed, kept_ms) values ($1, $2, $3, $4)",
        &[&row.token_sm3, &row.owner_mark, &row.sealed, &row.kept_ms],
    )?;
    Ok(())
}

pub(crate) fn drop_kept_form(tx: &mut Tx<'_>, token_sm3: &str) -> Result<(), StoreError> {
    tx.execute("delete from gate_kept_form where token_sm3 = $1", &[&token_sm3])?;
    Ok(())
}

pub(crate) fn drop_kept_forms_before(tx: &mut Tx<'_>, before_ms: i64) -> Result<(), StoreError> {
    tx.execute("delete from gate_kept_form where kept_ms < $1", &[&before_ms])?;
    Ok(())
}
