//! Roles of accounts.

use store::{StoreError, Tx};

use crate::model::{AccountId, Role};

pub(crate) fn roles_of(tx: &mut Tx<'_>, account: &AccountId) -> Result<Vec<Role>, StoreError> {
    let rows = tx.query("select role from trust_role where account = $1 order by role", &[&account.as_str()])?;
    rows.iter().map(|row| super::accounts::known(row, 0, Role::parse, "a role")).collect()
}

pub(crate) fn insert_role(tx: &mut Tx<'_>, account: &str, role: Role, by: &str, now_ms: i64) -> Result<(), StoreError> {
    tx.execute("insert into trust_role (account, role, granted_ms, granted_by) values ($1, $2, $3, $4)", &[&account, &role.code(), &now_ms, &by])?;
    Ok(())
}

pub(crate) fn delete_role(tx: &mut Tx<'_>, account: &str, role: Role) -> Result<(), StoreError> {
    tx.execute("delete from trust_role where account = $1 and role = $2", &[&account, &role.code()])?;
    Ok(())
}
