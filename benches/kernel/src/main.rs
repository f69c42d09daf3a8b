//! What the kernel costs. See the README.
#![expect(clippy::expect_used, reason = "a benchmark that cannot run should say so and stop")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use clock::SystemClock;
use ids::{Entropy, SeededEntropy};
use runner::{Actor, ActorKind, Authority, Command, Cx, Event, Halt, Moment, Request, Resource, Ruling, Runner};
use serde::{Deserialize, Serialize};
use store::{Config, Durability, Migration, Store, StoreError, Tx};

static SERIAL: AtomicU64 = AtomicU64::new(0);
const THREADS: usize = 32;
const SECONDS: u64 = 5;
const TABLE: &[Migration] = &[Migration {
    number: 1,
    name: "visits",
    sql: "create table visit (id text not null primary key, officer text not null, place text not null, found text not null, at_ms bigint not null);
          create index ix_visit__officer on visit (officer, at_ms)",
}];
const INSERT_VISIT: &str = "insert into visit (id, officer, place, found, at_ms) values ($1, $2, $3, $4, $5)";
const FOUND: &str = "现场整洁，消防通道畅通，从业人员健康证明齐全，台账记录完整。";

struct Permit;

impl Authority for Permit {
    fn rule(&self, _: &Actor, _: &str, _: &Resource) -> Ruling {
        Ruling { permitted: true, policies: Vec::new() }
    }
}

#[derive(Serialize, Deserialize)]
struct RecordVisit {
    place: String,
}

#[derive(Serialize)]
struct VisitRecorded {
    id: String,
    place: String,
    found: String,
}

impl Event for VisitRecorded {
    fn kind(&self) -> &'static str {
        "visit-recorded"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        tx.execute(INSERT_VISIT, &[&self.id, &moment.actor, &self.place, &self.found, &moment.at_ms]).map(drop)
    }
}

impl Command for RecordVisit {
    type Outcome = String;
    const ACTION: &'static str = "visit.record";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        cx.authorise(&Resource::of("visit"))?;
        let id = cx.ids().next_text("visit");
        cx.loaded_version(&id, 0);
        cx.record(&id, &VisitRecorded { id: id.clone(), place: self.place.clone(), found: FOUND.into() })?;
        Ok(id)
    }
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let bare = bare(&folder.path().join("bare.db"));
    let same = same_statements(&folder.path().join("same.db"));
    let commands = commands(&folder.path().join("commands.db"));
    println!("threads {THREADS}, {SECONDS} s each, SQLite, synchronous=FULL, group commit");
    println!("bare: one insert (same row, same index)          {bare:>9.0} /s");
    println!("bare: the same statements without the runner     {same:>9.0} /s");
    println!("commands through the runner, journalled          {commands:>9.0} /s");
    println!("ratio to the same statements                     {:>9.2}", commands / same);
    println!("ratio to one bare insert                         {:>9.2}", commands / bare);
    journal_figures(&folder.path().join("journal.db"));
}

fn open(path: &Path) -> Arc<Store> {
    let store = Arc::new(Store::open(&Config::Sqlite { path: path.to_owned(), durability: Durability::Full }).expect("a database"));
    for (component, migrations) in [("journal", journal::MIGRATIONS), ("jobs", jobs::MIGRATIONS), ("runner", runner::MIGRATIONS), ("visits", TABLE)] {
        store.migrate(component, migrations).expect("tables");
    }
    store
}

/// In order of time, as the product's own identifiers are.
fn next_id() -> String {
    format!("visit_{:026}", SERIAL.fetch_add(1, Ordering::Relaxed))
}

/// Runs `piece` from all threads for the time; returns pieces per second.
fn load(piece: impl Fn(usize, u64) + Sync) -> f64 {
    let end = Instant::now() + Duration::from_secs(SECONDS);
    let start = Instant::now();
    let done: u64 = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                let piece = &piece;
                scope.spawn(move || {
                    let mut count = 0;
                    while Instant::now() < end {
                        piece(thread, count);
                        count += 1;
                    }
                    count
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().expect("a thread that ends")).sum()
    });
    f64::from(u32::try_from(done).unwrap_or(u32::MAX)) / start.elapsed().as_secs_f64()
}

fn bare(path: &Path) -> f64 {
    let store = open(path);
    load(|_, _| {
        let id = next_id();
        store.write(move |tx| tx.execute(INSERT_VISIT, &[&id, &"account_1", &"桂花路8号", &FOUND, &1_700_000_000_000_i64])).expect("an insert");
    })
}

/// Every statement that the runner makes SQLite do, with constant hashes: what durability and rows cost by themselves.
fn same_statements(path: &Path) -> f64 {
    let store = open(path);
    load(|_, _| {
        let id = next_id();
        store
            .write(move |tx| {
                tx.execute(INSERT_VISIT, &[&id, &"account_1", &"桂花路8号", &FOUND, &1_700_000_000_000_i64])?;
                let size: i64 = tx.scalar("select size from journal_head where id = 1", &[])?;
                let (salt, hash) = (vec![7_u8; 16], [7_u8; 32]);
                tx.execute(
                    "insert into journal_entry (idx, at_ms, node, actor, on_behalf, action, stream, version, kind, salt, commitment, payload,
                     leaf_sm3, leaf_sha256) values ($1, $2, $3, $4, null, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
                    &[
                        &size,
                        &1_700_000_000_000_i64,
                        &"bench",
                        &"account_1",
                        &"visit.record",
                        &id,
                        &1_i64,
                        &"visit-recorded",
                        &salt,
                        &hash,
                        &FOUND,
                        &hash,
                        &hash,
                    ],
                )?;
                tx.execute("update journal_head set size = $1, frontier = $2 where id = 1", &[&(size + 1), &vec![7_u8; 640]])
            })
            .expect("statements");
    })
}

fn runner(store: &Arc<Store>) -> Runner {
    let seed = std::sync::atomic::AtomicU64::new(1);
    let entropy = move || -> Box<dyn Entropy> { Box::new(SeededEntropy::new(seed.fetch_add(1, std::sync::atomic::Ordering::Relaxed))) };
    Runner::builder(Arc::clone(store), "bench", Arc::new(SystemClock::new()), Arc::new(Permit), entropy).build()
}

fn commands(path: &Path) -> f64 {
    let store = open(path);
    let runner = runner(&store);
    load(|_, _| {
        let actor = Actor::bare("account_1", ActorKind::Staff);
        runner.execute(Request::by(actor), RecordVisit { place: "桂花路8号".into() }).expect("a command");
    })
}

fn journal_figures(path: &Path) {
    let store = open(path);
    let appended = load(|_, count| {
        let id = next_id();
        store
            .write(move |tx| {
                let draft = journal::Draft {
                    at_ms: 1_700_000_000_000,
                    node: "bench".into(),
                    actor: "account_1".into(),
                    on_behalf: None,
                    action: "visit.record".into(),
                    stream: id.clone(),
                    version: 1,
                    kind: "visit-recorded".into(),
                    payload: FOUND.into(),
                };
                journal::append(tx, &[draft], &mut SeededEntropy::new(count)).map(drop)
            })
            .expect("an append");
    });
    println!("journal: appends with synchronous inclusion      {appended:>9.0} /s");
    let size = store.read(|tx| journal::head(tx, "bench")).expect("a head").size;
    let (count, start) = (2_000_i64, Instant::now());
    let mut bytes = 0;
    for n in 0..count {
        let proof = store.read(|tx| journal::inclusion(tx, n * size / count, size)).expect("a proof");
        bytes = serde_json::to_vec(&proof).expect("json").len();
    }
    let each = start.elapsed().as_secs_f64() * 1e6 / 2_000.0;
    println!("journal: inclusion proof over {size} entries    {each:>9.0} µs, {bytes} bytes of JSON (both trees)");
}
