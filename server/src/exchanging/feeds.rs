//! Feeds: the changes of base registers, delivered to who subscribed to them, at least once and in order.
//!
//! A change names no person and holds no personal value: who needs the record asks for it under a right of its own, and leaves a reading.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use exchange::{BatchRow, Carrier, ChangeSource, Code, FeedState, Operation};
use registers::Change;
use runner::Halt;
use serde_json::json;
use store::Tx;

use crate::node::{Node, StartError};

const ROUND_EVERY: Duration = Duration::from_secs(10);
/// How often the end is looked for while a round is waited for.
const IDLE: Duration = Duration::from_millis(200);
const PAUSE_MS: i64 = 60_000;
const PAUSE_DOUBLINGS_MAX: u32 = 6;
/// Batches of one feed in one round: the others shall have their turn.
const BATCHES_OF_ROUND_MAX: u32 = 20;

/// The change feeds of the base registers.
#[derive(Clone, Copy, Debug, Default)]
pub struct RegisterChanges;

impl ChangeSource for RegisterChanges {
    fn after(&self, tx: &mut Tx<'_>, register: &str, position: i64, count_max: u32) -> Result<Vec<(i64, BatchRow)>, Halt> {
        let changes = registers::changes_after(tx, register, position, count_max)?;
        Ok(changes.into_iter().map(|change| (change.position, row(&change))).collect())
    }
}

/// Every change is a row of its own under its place in the feed.
fn row(change: &Change) -> BatchRow {
    let record = json!({
        "position": change.position,
        "key": change.key,
        "version": change.version,
        "cause": change.cause.as_str(),
        "fields": change.fields.join(","),
        "valid_from": change.valid_from.to_string(),
        "valid_until": change.valid_until.map(|day| day.to_string()),
        "recorded_at_ms": change.recorded_at_ms,
        "sm3": change.sm3,
    });
    BatchRow { cd_operation: Operation::I, cd_time: change.recorded_at_ms, key: change.position.to_string(), record: Some(record) }
}

/// When feeds that failed are tried again; one that fails often waits longer.
#[derive(Debug, Default)]
pub struct Deliveries {
    next_try_ms: HashMap<String, i64>,
}

impl Deliveries {
    /// Delivers what is due of every active feed. Returns how many batches arrived. Waits for other nodes: not for a thread that has else to do.
    ///
    /// # Errors
    /// The database's.
    pub fn round(&mut self, node: &Node, carrier: &dyn Carrier) -> Result<u32, Halt> {
        let mut arrived = 0_u32;
        for feed in node.store.read(exchange::feeds)?.into_iter().filter(|feed| feed.state == FeedState::Active) {
            if self.next_try_ms.get(&feed.id).is_some_and(|due_ms| node.now_ms() < *due_ms) {
                continue;
            }
            self.next_try_ms.remove(&feed.id);
            for _ in 0..BATCHES_OF_ROUND_MAX {
                match node.exchange.deliver(&feed.id, &RegisterChanges, carrier)? {
                    None => break,
                    Some(Code::Answered) => arrived = arrived.saturating_add(1),
                    Some(code) => {
                        tracing::warn!(feed = %feed.id, code = code.as_str(), "a feed was not delivered");
                        let doublings = feed.tries.min(PAUSE_DOUBLINGS_MAX);
                        self.next_try_ms.insert(feed.id.clone(), node.now_ms().saturating_add(PAUSE_MS << doublings));
                        break;
                    }
                }
            }
        }
        Ok(arrived)
    }
}

/// Starts the thread that delivers feeds until it is told to stop.
///
/// # Errors
/// When there can be no client for calls to other nodes.
pub(crate) fn start(node: Arc<Node>, stop: Arc<AtomicBool>) -> Result<JoinHandle<()>, StartError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let carrier = super::tls::carrier(&node.place.data, node.site.exchange_tls.as_ref(), runtime.handle().clone())?;
    Ok(std::thread::spawn(move || {
        // The runtime lives as long as the carrier that works on it.
        let _runtime = runtime;
        let mut deliveries = Deliveries::default();
        let mut waited = ROUND_EVERY;
        while !stop.load(Ordering::Relaxed) {
            if waited < ROUND_EVERY {
                std::thread::sleep(IDLE);
                waited = waited.saturating_add(IDLE);
                continue;
            }
            waited = Duration::ZERO;
            if let Err(fault) = deliveries.round(&node, &carrier) {
                tracing::error!(error = %crate::node::described(fault), "the feeds could not be delivered");
            }
        }
    }))
}
