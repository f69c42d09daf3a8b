use crate::model::KeyId;
use crate::model::key::Key;
use store::{Row, StoreError, Tx};

const COLUMNS: &str = "id, account, name, calls_per_day, created_ms, revoked_ms";

fn key(row: &Row) -> Result<Key, StoreError> {
    let id: String = row.get(0)?;
    Ok(Key {
        id: KeyId::parse(&id).map_err(|_| StoreError::Type { column: 0, found: "another text", wanted: "a key" })?,
        account: row.get(1)?,
        name: row.get(2)?,
        calls_per_day: row.get(3)?,
        created_ms: row.get(4)?,
        revoked_ms: row.get(5)?,
    })
}

pub fn insert(tx: &mut Tx<'_>, new: &Key, hash: &str) -> Result<(), StoreError> {
    tx.execute(
        "insert into developer_key (id, account, name, hash, calls_per_day, created_ms) values ($1, $2, $3, $4, $5, $6)",
        &[&new.id.as_str(), &new.account, &new.name, &hash, &new.calls_per_day, &new.created_ms],
    )?;
    Ok(())
}

pub fn revoke(tx: &mut Tx<'_>, id: &str, at_ms: i64) -> Result<(), StoreError> {
    tx.execute("update developer_key set revoked_ms = $2 where id = $1 and revoked_ms is null", &[&id, &at_ms])?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Key>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from developer_key where id = $1"), &[&id])?.as_ref().map(key).transpose()
}

pub fn find_by_hash(tx: &mut Tx<'_>, hash: &str) -> Result<Option<Key>, StoreError> {
    let sql = format!("select {COLUMNS} from developer_key where hash = $1 and revoked_ms is null");
    tx.query_opt(&sql, &[&hash])?.as_ref().map(key).transpose()
}

/// Of an account, newest first.
pub fn of_account(tx: &mut Tx<'_>, account: &str) -> Result<Vec<Key>, StoreError> {
    let sql = format!("select {COLUMNS} from developer_key where account = $1 order by created_ms desc, id desc");
    tx.query(&sql, &[&account])?.iter().map(key).collect()
}

/// Counts a call.
pub fn count_call(tx: &mut Tx<'_>, id: &str, day: &str) -> Result<(), StoreError> {
    tx.execute(
        "insert into developer_usage (developer_key, day, calls) values ($1, $2, 1) \
         on conflict (developer_key, day) do update set calls = developer_usage.calls + 1",
        &[&id, &day],
    )?;
    Ok(())
}

/// Calls counted on a day.
pub fn calls(tx: &mut Tx<'_>, id: &str, day: &str) -> Result<i64, StoreError> {
    let row = tx.query_opt("select calls from developer_usage where developer_key = $1 and day = $2", &[&id, &day])?;
    row.map_or(Ok(0), |row| row.get(0))
}
