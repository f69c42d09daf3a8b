//! Timers of the seeded cases, each at its own time, and the printing that is left for later.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use clock::Timestamp;
use documents::RENDER_DOCUMENT;
use jobs::{Handler, Job, NewJob};
use runner::{Fault, Halt, Runner};
use store::{Store, StoreError};

const OWNER: &str = "town";
const LEASE_MS: i64 = 600_000;
const BATCH: u32 = 256;

/// Does what the node's worker would have done, but leaves the printing of documents to it: that takes long, and nobody waits for the PDFs
/// of last year.
pub(crate) struct Timers {
    store: Arc<Store>,
    handlers: HashMap<&'static str, Handler>,
    present: Timestamp,
    postponed: AtomicUsize,
}

/// About as long as it takes to print one.
const PRINT_EVERY_MS: i64 = 500;

impl Timers {
    pub fn new(runner: &Arc<Runner>, present: Timestamp) -> Self {
        let handlers = cases::handlers(runner).into_iter().chain(sharing::handlers(runner)).chain(quality::handlers(runner)).collect();
        Self { store: Arc::clone(runner.store()), handlers, present, postponed: AtomicUsize::new(0) }
    }

    /// When something is due next.
    pub fn next_due(&self) -> Result<Option<i64>, StoreError> {
        self.store.read(jobs::next_due)
    }

    /// How many documents are left to be printed.
    pub fn postponed(&self) -> usize {
        self.postponed.load(Ordering::Relaxed)
    }

    /// Does what is due.
    pub fn run_due(&self, now_ms: i64) -> Result<(), Halt> {
        // One after the other, so that what is decided in the first minutes of the demonstration need not wait for the old ones.
        let before = i64::try_from(self.postponed()).unwrap_or(i64::MAX);
        let first_ms = self.present.as_millisecond().saturating_add(before.saturating_mul(PRINT_EVERY_MS)).saturating_add(1);
        let due = self.store.write(move |tx| {
            let (printing, due): (Vec<Job>, Vec<Job>) =
                jobs::lease(tx, now_ms, OWNER, LEASE_MS, BATCH)?.into_iter().partition(|job| job.kind == RENDER_DOCUMENT);
            for (job, later) in printing.iter().zip(0_i64..) {
                let later_ms = first_ms.saturating_add(later.saturating_mul(PRINT_EVERY_MS));
                jobs::complete(tx, &job.id)?;
                let again = NewJob { id: job.id.clone(), kind: job.kind.clone(), payload: job.payload.clone(), key: None, due_ms: later_ms };
                jobs::enqueue(tx, &again)?;
            }
            Ok::<_, StoreError>((printing.len(), due))
        });
        let (printing, due) = due?;
        self.postponed.fetch_add(printing, Ordering::Relaxed);
        for job in due {
            let handler = self.handlers.get(job.kind.as_str()).ok_or_else(|| Fault::because(format!("nobody does jobs of kind {}", job.kind)))?;
            handler(&job).map_err(Fault)?;
            self.store.write(move |tx| jobs::complete(tx, &job.id))?;
        }
        Ok(())
    }
}
