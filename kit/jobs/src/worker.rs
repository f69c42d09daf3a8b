//! Doing due jobs.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use store::{Store, StoreError};

use crate::queue::fail_of;
use crate::{Job, complete, give_back, is_due, lease};

const LEASE_MS: i64 = 120_000;
const BATCH: u32 = 16;
/// Half a lease: what is not begun by then is given back, so that nobody else takes over what is being done here.
const BATCH_TIME_MAX: Duration = Duration::from_secs(60);

/// Why a job could not be done, for the operator.
pub type JobFault = Box<dyn std::error::Error + Send + Sync>;

/// What does the jobs of one kind.
pub type Handler = Arc<dyn Fn(&Job) -> Result<(), JobFault> + Send + Sync>;

/// Leases due jobs and hands them to their handlers.
pub struct Worker {
    store: Arc<Store>,
    owner: String,
    handlers: HashMap<&'static str, Handler>,
}

impl Worker {
    /// `owner` names this worker in leases; it must differ between processes.
    #[must_use]
    pub fn new(store: Arc<Store>, owner: String) -> Self {
        Self { store, owner, handlers: HashMap::new() }
    }

    /// Says who does the jobs of a kind.
    #[must_use]
    pub fn with(mut self, kind: &'static str, handler: Handler) -> Self {
        self.handlers.insert(kind, handler);
        self
    }

    /// Does what is due now, one batch; returns how many jobs were tried.
    ///
    /// # Errors
    /// Only the database's; a failed job is put back with its error.
    pub fn run_due(&self, now_ms: i64) -> Result<usize, StoreError> {
        self.run_due_unless(now_ms, || false)
    }

    /// The same, but begins no further job once it is told to stop: what is not begun is given back.
    ///
    /// # Errors
    /// Only the database's; a failed job is put back with its error.
    pub fn run_due_unless(&self, now_ms: i64, told_to_stop: impl Fn() -> bool) -> Result<usize, StoreError> {
        if !self.store.read(|tx| is_due(tx, now_ms))? {
            return Ok(0);
        }
        let owner = self.owner.clone();
        let jobs = self.store.write(move |tx| lease(tx, now_ms, &owner, LEASE_MS, BATCH))?;
        let (leased, start) = (jobs.len(), Instant::now());
        let mut jobs = jobs.into_iter();
        for job in jobs.by_ref() {
            self.finish(job, now_ms)?;
            if start.elapsed() > BATCH_TIME_MAX || told_to_stop() {
                break;
            }
        }
        let rest: Vec<String> = jobs.map(|job| job.id).collect();
        let tried = leased - rest.len();
        if !rest.is_empty() {
            let owner = self.owner.clone();
            self.store.write(move |tx| give_back(tx, &owner, &rest))?;
        }
        Ok(tried)
    }

    /// Does one job and says in the queue how it went.
    fn finish(&self, job: Job, now_ms: i64) -> Result<(), StoreError> {
        let Err(fault) = self.attempt(&job) else {
            return self.store.write(move |tx| complete(tx, &job.id));
        };
        let error = chain(&*fault);
        tracing::warn!(job = %job.id, kind = %job.kind, attempts = job.attempts, error, "a job failed");
        let (owner, id, kind) = (self.owner.clone(), job.id.clone(), job.kind.clone());
        let set_aside = self.store.write(move |tx| fail_of(tx, &job, Some(&owner), &error, now_ms))?;
        if set_aside {
            tracing::error!(job = %id, kind = %kind, "a job was set aside: somebody has to look at it");
        }
        Ok(())
    }

    /// A handler that panics has failed; the worker goes on.
    fn attempt(&self, job: &Job) -> Result<(), JobFault> {
        let Some(handler) = self.handlers.get(job.kind.as_str()) else {
            return Err(format!("no handler for jobs of kind {}", job.kind).into());
        };
        std::panic::catch_unwind(AssertUnwindSafe(|| handler(job))).unwrap_or_else(|panic| {
            let said = panic.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| panic.downcast_ref::<String>().cloned());
            Err(format!("the handler panicked: {}", said.unwrap_or_default()).into())
        })
    }
}

fn chain(fault: &(dyn std::error::Error + Send + Sync)) -> String {
    let mut text = fault.to_string();
    let mut source = fault.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
