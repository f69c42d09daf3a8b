use store::{Row, StoreError, Tx};

/// A register's present state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub slug: String,
    pub version: i64,
    pub division: String,
    pub sm3: String,
    pub position: i64,
    pub key_count: i64,
    pub fresh_at_ms: Option<i64>,
}

const COLUMNS: &str = "slug, version, division, sm3, position, key_count, fresh_at_ms";

fn head_of(row: &Row) -> Result<Head, StoreError> {
    Ok(Head {
        slug: row.get(0)?,
        version: row.get(1)?,
        division: row.get(2)?,
        sm3: row.get(3)?,
        position: row.get(4)?,
        key_count: row.get(5)?,
        fresh_at_ms: row.get(6)?,
    })
}

pub fn head(tx: &mut Tx<'_>, slug: &str) -> Result<Option<Head>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from register_head where slug = $1"), &[&slug])?.as_ref().map(head_of).transpose()
}

pub fn heads(tx: &mut Tx<'_>) -> Result<Vec<Head>, StoreError> {
    tx.query(&format!("select {COLUMNS} from register_head order by slug"), &[])?.iter().map(head_of).collect()
}

/// The text of one version of a declaration.
pub fn text(tx: &mut Tx<'_>, slug: &str, version: i64) -> Result<String, StoreError> {
    tx.scalar("select declared from register_declaration where slug = $1 and version = $2", &[&slug, &version])
}

/// All versions, newest first: number and moment.
pub fn versions(tx: &mut Tx<'_>, slug: &str) -> Result<Vec<(i64, i64)>, StoreError> {
    let rows = tx.query("select version, at_ms from register_declaration where slug = $1 order by version desc", &[&slug])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Writes a version and makes it the present one.
pub fn declare(tx: &mut Tx<'_>, slug: &str, version: i64, division: &str, sm3: &str, declared: &str, at_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "insert into register_declaration (slug, version, division, sm3, declared, at_ms) values ($1, $2, $3, $4, $5, $6)",
        &[&slug, &version, &division, &sm3, &declared, &at_ms],
    )?;
    let changed =
        tx.execute("update register_head set version = $2, division = $3, sm3 = $4 where slug = $1", &[&slug, &version, &division, &sm3])?;
    if changed == 0 {
        tx.execute(
            "insert into register_head (slug, version, division, sm3, position, key_count) values ($1, $2, $3, $4, 0, 0)",
            &[&slug, &version, &division, &sm3],
        )?;
    }
    Ok(())
}

/// Where a register stands after something was written.
pub fn advance(tx: &mut Tx<'_>, slug: &str, position: i64, key_count: i64, fresh_at_ms: Option<i64>) -> Result<(), StoreError> {
    tx.execute(
        "update register_head set position = $2, key_count = $3, fresh_at_ms = coalesce($4, fresh_at_ms) where slug = $1",
        &[&slug, &position, &key_count, &fresh_at_ms],
    )?;
    Ok(())
}
