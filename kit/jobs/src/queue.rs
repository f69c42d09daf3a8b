//! The queue itself: all of it inside the caller's transaction.

use store::{Row, StoreError, Tx};

/// Tries before a job is set aside for an operator.
pub const ATTEMPTS_MAX: i64 = 8;
const BACK_OFF_FIRST_MS: i64 = 2_000;
const BACK_OFF_TIMES: i64 = 6;
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
    /// Waiting, due or not, or held.
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
    tx.execute("delete from job where job_key = $1 and state in ('ready', 'held')", &[&key])
}

/// Stops what was promised under a key and is not being done yet, until it is released.
///
/// # Errors
/// The database's.
pub fn hold(tx: &mut Tx<'_>, key: &str) -> Result<u64, StoreError> {
    tx.execute("update job set state = 'held' where job_key = $1 and state = 'ready'", &[&key])
}

/// What is held under a key, with the moment when it would have been due.
///
/// # Errors
/// The database's.
pub fn held(tx: &mut Tx<'_>, key: &str) -> Result<Vec<Job>, StoreError> {
    let statement = "select id, kind, payload, due_ms, attempts, last_error from job where job_key = $1 and state = 'held' order by id";
    tx.query(statement, &[&key])?.iter().map(job).collect()
}

/// Lets a held job go on, due at another moment.
///
/// # Errors
/// The database's.
pub fn release(tx: &mut Tx<'_>, id: &str, due_ms: i64) -> Result<(), StoreError> {
    tx.execute("update job set state = 'ready', due_ms = $2 where id = $1 and state = 'held'", &[&id, &due_ms]).map(drop)
}

/// Leases up to `limit` due jobs; also those whose lease ran out. A job whose workers stop again and again is set aside like one that fails.
///
/// # Errors
/// The database's.
pub fn lease(tx: &mut Tx<'_>, now_ms: i64, owner: &str, lease_ms: i64, limit: u32) -> Result<Vec<Job>, StoreError> {
    tx.execute(
        "update job set state = case when attempts + 1 >= $2 then 'dead' else 'ready' end, attempts = attempts + 1,
         last_error = 'the worker stopped before it was done', leased_by = null, leased_until_ms = null
         where state = 'leased' and leased_until_ms < $1",
        &[&now_ms, &ATTEMPTS_MAX],
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

/// The jobs were leased and not begun: they are ready again, and it does not count as a try.
///
/// # Errors
/// The database's.
pub fn give_back(tx: &mut Tx<'_>, owner: &str, ids: &[String]) -> Result<(), StoreError> {
    for id in ids {
        tx.execute(
            "update job set state = 'ready', leased_by = null, leased_until_ms = null where id = $1 and state = 'leased' and leased_by = $2",
            &[&id, &owner],
        )?;
    }
    Ok(())
}

/// The job failed: again later, each time six times as late up to an hour (about three hours in all), until it is set aside.
/// Returns whether it was set aside.
///
/// # Errors
/// The database's.
pub fn fail(tx: &mut Tx<'_>, job: &Job, error: &str, now_ms: i64) -> Result<bool, StoreError> {
    fail_of(tx, job, None, error, now_ms)
}

/// The same, unless another worker has the lease by now.
pub(crate) fn fail_of(tx: &mut Tx<'_>, job: &Job, owner: Option<&str>, error: &str, now_ms: i64) -> Result<bool, StoreError> {
    let attempts = job.attempts + 1;
    let set_aside = attempts >= ATTEMPTS_MAX;
    let state = if set_aside { "dead" } else { "ready" };
    let failures = u32::try_from(job.attempts.clamp(0, ATTEMPTS_MAX)).unwrap_or(0);
    let later = BACK_OFF_FIRST_MS.saturating_mul(BACK_OFF_TIMES.saturating_pow(failures));
    let due = now_ms.saturating_add(later.min(BACK_OFF_MAX_MS));
    let error: String = error.chars().take(ERROR_CHARS_MAX).collect();
    let changed = tx.execute(
        "update job set state = $2, attempts = $3, due_ms = $4, last_error = $5, leased_by = null, leased_until_ms = null
         where id = $1 and (cast($6 as text) is null or leased_by = $6)",
        &[&job.id, &state, &attempts, &due, &error, &owner],
    )?;
    Ok(set_aside && changed == 1)
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
        let count: i64 = row.get(1)?;
        match row.get::<String>(0)?.as_str() {
            "ready" | "held" => overview.ready += count,
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
    Ok(Job { id: row.get(0)?, kind: row.get(1)?, payload: row.get(2)?, due_ms: row.get(3)?, attempts: row.get(4)?, last_error: row.get(5)? })
}
