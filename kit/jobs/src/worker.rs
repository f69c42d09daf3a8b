//! Doing due jobs.

use std::collections::HashMap;
use std::sync::Arc;

use store::{Store, StoreError};

use crate::{Job, complete, fail, is_due, lease};

const LEASE_MS: i64 = 120_000;
const BATCH: u32 = 16;

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
        if !self.store.read(|tx| is_due(tx, now_ms))? {
            return Ok(0);
        }
        let owner = self.owner.clone();
        let jobs = self.store.write(move |tx| lease(tx, now_ms, &owner, LEASE_MS, BATCH))?;
        for job in &jobs {
            let result = match self.handlers.get(job.kind.as_str()) {
                Some(handler) => handler(job),
                None => Err(format!("no handler for jobs of kind {}", job.kind).into()),
            };
            let job = job.clone();
            match result {
                Ok(()) => self.store.write(move |tx| complete(tx, &job.id))?,
                Err(fault) => {
                    let error = chain(&*fault);
                    tracing::warn!(job = %job.id, kind = %job.kind, attempts = job.attempts, error, "a job failed");
                    self.store.write(move |tx| fail(tx, &job, &error, now_ms))?;
                }
            }
        }
        Ok(jobs.len())
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
