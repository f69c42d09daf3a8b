//! The queue itself: all of it inside the caller's transaction.

use store::{Row, StoreError, Tx};

/// Tries before a job is set aside for an operator.
pub const ATTEMPTS_MAX: i64 = 8;
const BACK_OFF_FIRST_MS: i64 = 2_000;
const BACK_OFF_MAX_MS: i64 = 3_600_000;
const ERROR_CHARS_MAX: usize = 2_000;

/// A promise to do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// Unique; made from the context's source.
    pub id: String,
    /// Which handler.
    pub kind: String,
    /// JSON for the handler.
    pub payload: String,
    /// By which it can be cancelled, for example `case_…/timer-3`.
    pub key: Option<String>,
    /// Not before this moment, in milliseconds since 1970.
    pub due_ms: i64,
}

/// A job as leased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Unique.
    pub id: String,
    /// Which handler.
    pub kind: String,
    /// JSON.
    pub payload: String,
    /// When it was due.
    pub due_ms: i64,
    /// Tries before this one.
    pub attempts: i64,
    /// Why the last try failed.
    pub last_error: Option<String>,
}

/// How many jobs are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Overview {
    /// Waiting, due or not.
    pub ready: i64,
    /// Being done.
    pub leased: i64,
    /// Set aside for an operator.
    pub dead: i64,
}

/// Promises a job.
///
/// # Errors
/// The database's.
pub fn enqueue(tx: &mut Tx<'_>, job: &NewJob) -> Result<(), StoreError> {
    tx.execute(
        "insert into job (id, kind, payload, job_key, due_ms, state, attempts) values ($1, $2, $3, $4, $5, 'ready', 0)",
        &[&job.id, &job.kind, &job.payload, &job.key, &job.due_ms],
    )?;
    Ok(())
}

/// Takes back what was promised under a key and is not being done yet.
///
/// # Errors
/// The database's.
pub fn cancel(tx: &mut Tx<'_>, key: &str) -> Result<u64, StoreError> {
    tx.execute("delete from job where job_key = $1 and state = 'ready'", &[&key])
}

/// Leases up to `limit` due jobs; also those whose lease ran out.
///
/// # Errors
/// The database's.
pub fn lease(tx: &mut Tx<'_>, now_ms: i64, owner: &str, lease_ms: i64, limit: u32) -> Result<Vec<Job>, StoreError> {
    tx.execute(
        "update job set state = 'ready', attempts = attempts + 1, last_error = 'the worker stopped before it was done'
         where state = 'leased' and leased_until_ms < $1",
        &[&now_ms],
    )?;
    let until = now_ms.saturating_add(lease_ms);
    let rows = tx.query(
        "update job set state = 'leased', leased_by = $2, leased_until_ms = $3
         where state = 'ready' and id in (select id from job where state = 'ready' and due_ms <= $1 order by due_ms, id limit $4)
         returning id, kind, payload, due_ms, attempts, last_error",
        &[&now_ms, &owner, &until, &i64::from(limit)],
    )?;
    let mut jobs: Vec<Job> = rows.iter().map(job).collect::<Result<_, _>>()?;
    jobs.sort_by(|a, b| (a.due_ms, &a.id).cmp(&(b.due_ms, &b.id)));
    Ok(jobs)
}

/// The job is done and forgotten.
///
/// # Errors
/// The database's.
pub fn complete(tx: &mut Tx<'_>, id: &str) -> Result<(), StoreError> {
    tx.execute("delete from job where id = $1", &[&id]).map(drop)
}

/// The job failed: again later, each time twice as late, until it is set aside.
///
/// # Errors
/// The database's.
pub fn fail(tx: &mut Tx<'_>, job: &Job, error: &str, now_ms: i64) -> Result<(), StoreError> {
    let attempts = job.attempts + 1;
    let state = if attempts >= ATTEMPTS_MAX { "dead" } else { "ready" };
    let doubled = BACK_OFF_FIRST_MS.saturating_mul(1_i64 << job.attempts.clamp(0, 20));
    let due = now_ms.saturating_add(doubled.min(BACK_OFF_MAX_MS));
    let error: String = error.chars().take(ERROR_CHARS_MAX).collect();
    tx.execute(
        "update job set state = $2, attempts = $3, due_ms = $4, last_error = $5, leased_by = null, leased_until_ms = null where id = $1",
        &[&job.id, &state, &attempts, &due, &error],
    )?;
    Ok(())
}

/// Whether there is anything to lease: a job that is due, or one whose lease ran out.
///
/// # Errors
/// The database's.
pub fn is_due(tx: &mut Tx<'_>, now_ms: i64) -> Result<bool, StoreError> {
    let statement = "select 1 from job where (state = 'ready' and due_ms <= $1) or (state = 'leased' and leased_until_ms < $1) limit 1";
    Ok(tx.query_opt(statement, &[&now_ms])?.is_some())
}

/// When the next job is due.
///
/// # Errors
/// The database's.
pub fn next_due(tx: &mut Tx<'_>) -> Result<Option<i64>, StoreError> {
    tx.scalar("select min(due_ms) from job where state = 'ready'", &[])
}

/// Counts by state.
///
/// # Errors
/// The database's.
pub fn overview(tx: &mut Tx<'_>) -> Result<Overview, StoreError> {
    let mut overview = Overview::default();
    for row in tx.query("select state, count(*) from job group by state", &[])? {
        let count = row.get(1)?;
        match row.get::<String>(0)?.as_str() {
            "ready" => overview.ready = count,
            "leased" => overview.leased = count,
            _ => overview.dead = count,
        }
    }
    Ok(overview)
}

/// The dead ones, for the operator.
///
/// # Errors
/// The database's.
pub fn dead_jobs(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<Job>, StoreError> {
    let statement = "select id, kind, payload, due_ms, attempts, last_error from job where state = 'dead' order by due_ms limit $1";
    tx.query(statement, &[&i64::from(limit)])?.iter().map(job).collect()
}

/// An operator has a dead job done again; `false` when it is not dead.
///
/// # Errors
/// The database's.
pub fn replay(tx: &mut Tx<'_>, id: &str, now_ms: i64) -> Result<bool, StoreError> {
    let changed = tx.execute("update job set state = 'ready', attempts = 0, due_ms = $2 where id = $1 and state = 'dead'", &[&id, &now_ms])?;
    Ok(changed == 1)
}

/// An operator gives a dead job up; `false` when it is not dead.
///
/// # Errors
/// The database's.
pub fn drop_dead(tx: &mut Tx<'_>, id: &str) -> Result<bool, StoreError> {
    Ok(tx.execute("delete from job where id = $1 and state = 'dead'", &[&id])? == 1)
}

fn job(row: &Row) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.get(0)?,
        kind: row.get(1)?,
        payload: row.get(2)?,
        due_ms: row.get(3)?,
        attempts: row.get(4)?,
        last_error: row.get(5)?,
    })
}
