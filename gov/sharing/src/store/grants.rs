//! Grants as rows, and what they allow in the form decisions read.

use store::{Row, StoreError, Tx};

use crate::model::call::{Candidate, Rights, Used, targets};
use crate::model::{Grant, GrantState};

const COLUMNS: &str = "id, state, reason, stopped_by, issue, terms, note, terms_sm3, case_id, made_ms, version";

/// Writes a new grant and compiles it.
pub fn insert(tx: &mut Tx<'_>, grant: &Grant) -> Result<(), StoreError> {
    tx.execute(
        "insert into sharing_grant (id, resource, register, grantee, provider, state, reason, stopped_by, issue, terms, note, terms_sm3,
         valid_until, case_id, made_ms, version) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        &[
            &grant.id,
            &grant.terms.resource,
            &grant.terms.register,
            &grant.terms.grantee,
            &grant.terms.provider,
            &grant.state.code(),
            &grant.reason,
            &grant.stopped_by,
            &grant.issue,
            &json(&grant.terms),
            &grant.note,
            &grant.terms_sm3,
            &grant.terms.valid_until.to_string(),
            &grant.case,
            &grant.made_ms,
            &grant.version,
        ],
    )?;
    compile(tx, grant)
}

/// Writes a grant that has changed, and compiles it anew.
pub fn update(tx: &mut Tx<'_>, grant: &Grant) -> Result<(), StoreError> {
    tx.execute(
        "update sharing_grant set state = $2, reason = $3, stopped_by = $4, issue = $5, terms = $6, note = $7, terms_sm3 = $8,
         valid_until = $9, version = $10 where id = $1",
        &[
            &grant.id,
            &grant.state.code(),
            &grant.reason,
            &grant.stopped_by,
            &grant.issue,
            &json(&grant.terms),
            &grant.note,
            &grant.terms_sm3,
            &grant.terms.valid_until.to_string(),
            &grant.version,
        ],
    )?;
    tx.execute("delete from sharing_permit where grant_id = $1", &[&grant.id])?;
    compile(tx, grant)
}

fn compile(tx: &mut Tx<'_>, grant: &Grant) -> Result<(), StoreError> {
    let rights = json(&Rights::of(&grant.terms));
    for target in targets(grant) {
        tx.execute(
            "insert into sharing_permit (grantee, target, grant_id, state, rights) values ($1, $2, $3, $4, $5)",
            &[&grant.terms.grantee, &target, &grant.id, &grant.state.code(), &rights],
        )?;
    }
    Ok(())
}

/// The grants of an organ for a target with what was used of them: one read of an index.
pub fn candidates(tx: &mut Tx<'_>, grantee: &str, target: &str, day: &str, minute: i64) -> Result<Vec<Candidate>, StoreError> {
    let rows = tx.query(
        "select p.grant_id, p.state, p.rights, coalesce(u.calls, 0), coalesce(u.minute, 0), coalesce(u.minute_calls, 0)
         from sharing_permit p left join sharing_usage u on u.grant_id = p.grant_id and u.day = $3
         where p.grantee = $1 and p.target = $2 order by p.grant_id",
        &[&grantee, &target, &day],
    )?;
    let candidate = |row: &Row| {
        let this_minute = if row.get::<i64>(4)? == minute { row.get(5)? } else { 0 };
        Ok(Candidate {
            grant: row.get(0)?,
            state: parsed(row, 1, "the state of a grant", GrantState::parse)?,
            rights: parsed(row, 2, "rights", from_json)?,
            used: Used { today: row.get(3)?, this_minute },
        })
    };
    rows.iter().map(candidate).collect()
}

/// What is compiled of a grant: target, state, rights. For the proof that it says the same as the grant.
pub fn compiled(tx: &mut Tx<'_>, grant: &str) -> Result<Vec<(String, String, GrantState, Rights)>, StoreError> {
    let rows = tx.query("select grantee, target, state, rights from sharing_permit where grant_id = $1 order by target", &[&grant])?;
    let one =
        |row: &Row| Ok((row.get(0)?, row.get(1)?, parsed(row, 2, "the state of a grant", GrantState::parse)?, parsed(row, 3, "rights", from_json)?));
    rows.iter().map(one).collect()
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Grant>, StoreError> {
    let sql = format!("select {COLUMNS} from sharing_grant where id = $1");
    tx.query_opt(&sql, &[&id])?.as_ref().map(grant).transpose()
}

pub fn of_case(tx: &mut Tx<'_>, case: &str) -> Result<Option<Grant>, StoreError> {
    let sql = format!("select {COLUMNS} from sharing_grant where case_id = $1 order by id desc limit 1");
    tx.query_opt(&sql, &[&case])?.as_ref().map(grant).transpose()
}

/// Grants an organ has, the newest first.
pub fn of_grantee(tx: &mut Tx<'_>, organ: &str, count_max: u32) -> Result<Vec<Grant>, StoreError> {
    let sql = format!("select {COLUMNS} from sharing_grant where grantee = $1 order by id desc limit $2");
    tx.query(&sql, &[&organ, &count_max])?.iter().map(grant).collect()
}

/// Grants an organ gave, the newest first.
pub fn of_provider(tx: &mut Tx<'_>, organ: &str, count_max: u32) -> Result<Vec<Grant>, StoreError> {
    let sql = format!("select {COLUMNS} from sharing_grant where provider = $1 order by id desc limit $2");
    tx.query(&sql, &[&organ, &count_max])?.iter().map(grant).collect()
}

/// All grants, the newest first.
pub fn all(tx: &mut Tx<'_>, count_max: u32) -> Result<Vec<Grant>, StoreError> {
    let sql = format!("select {COLUMNS} from sharing_grant order by id desc limit $1");
    tx.query(&sql, &[&count_max])?.iter().map(grant).collect()
}

fn grant(row: &Row) -> Result<Grant, StoreError> {
    Ok(Grant {
        id: row.get(0)?,
        state: parsed(row, 1, "the state of a grant", GrantState::parse)?,
        reason: row.get(2)?,
        stopped_by: row.get(3)?,
        issue: row.get(4)?,
        terms: parsed(row, 5, "terms", from_json)?,
        note: row.get(6)?,
        terms_sm3: row.get(7)?,
        case: row.get(8)?,
        made_ms: row.get(9)?,
        version: row.get(10)?,
    })
}

/// Our own plain records always have a JSON form; an unwritable one would be found by the reader.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

pub(super) fn parsed<T>(row: &Row, column: usize, wanted: &'static str, parse: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
    parse(&row.get::<String>(column)?).ok_or(StoreError::Type { column, found: "another text", wanted })
}

pub(super) fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}
