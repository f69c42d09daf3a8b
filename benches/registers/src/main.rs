//! What reading a large register costs. See the README.
#![expect(clippy::expect_used, reason = "a benchmark that cannot run should say so and stop")]

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use clock::SystemClock;
use i18n::Text;
use ids::{Entropy, SeededEntropy};
use parties::IdentityNumber;
use registers::{Asked, DeclareRegister, LoadRecords, LoadRow, ReadRecord, SHIPPED, read_by_key};
use runner::{Actor, Authority, Command, Cx, Halt, Request, Resource, Ruling, Runner};
use seal::{FieldKeys, OsEntropy};
use serde::Serialize;
use serde_json::json;
use store::{Config, Durability, Store};
use tracker::Manner;

const RECORDS: u64 = 10_000_000;
const FILE_ROWS: u64 = 50_000;
const READINGS: usize = 20_000;
const AT_ONCE: usize = 200;
const THREADS: usize = 16;
/// Sequences of a day and address code.
const A_DAY: u64 = 999;

struct Permit;

impl Authority for Permit {
    fn rule(&self, _: &Actor, _: &str, _: &Resource) -> Ruling {
        Ruling { permitted: true, policies: Vec::new() }
    }
}

/// Reads many keys in one transaction, and says how long each took, in microseconds.
#[derive(Serialize)]
struct ReadMany {
    keys: Vec<String>,
}

impl Command for ReadMany {
    type Outcome = Vec<u64>;
    const ACTION: &'static str = "register.read";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Vec<u64>, Halt> {
        cx.authorise(&Resource::of("register"))?;
        let mut micros = Vec::with_capacity(self.keys.len());
        for key in &self.keys {
            let start = Instant::now();
            read_by_key(cx, &asked(), key)?.expect("a record");
            micros.push(u64::try_from(start.elapsed().as_micros()).expect("a short time"));
        }
        Ok(micros)
    }
}

fn asked() -> Asked {
    Asked::new("population", &["name", "address", "division"], Manner::Full, Text::new("测速", "To measure"), "—")
}

fn main() {
    let records = std::env::args().nth(1).map_or(RECORDS, |count| count.parse().expect("a number of records"));
    let folder = tempfile::tempdir().expect("a folder");
    let runner = Arc::new(runner(&folder.path().join("registers.db")));
    let (slug, text) = SHIPPED[0];
    assert_eq!(slug, "population");
    execute(&runner, DeclareRegister { text: text.to_owned(), division: "339921".into() });
    let start = Instant::now();
    for first in (0..records).step_by(usize::try_from(FILE_ROWS).expect("a small number")) {
        load(&runner, first, FILE_ROWS.min(records - first));
    }
    let loading = start.elapsed();
    println!("{records} records loaded in {:.1} s, {:.0} /s", loading.as_secs_f64(), rate(records, loading));
    let mut inside = Vec::with_capacity(READINGS);
    for _ in 0..READINGS / AT_ONCE {
        inside.extend(execute(&runner, ReadMany { keys: (0..AT_ONCE).map(|_| random_key(records)).collect() }));
    }
    report("read by key, in the transaction", inside);
    let mut single = Vec::new();
    for _ in 0..READINGS / 20 {
        single.push(timed_reading(&runner, records));
    }
    report("read by key, as a command, one after the other", single);
    many_threads(&runner, records);
}

fn many_threads(runner: &Arc<Runner>, records: u64) {
    let all = Mutex::new(Vec::new());
    let start = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let own: Vec<u64> = (0..READINGS / THREADS).map(|_| timed_reading(runner, records)).collect();
                all.lock().expect("no panic").extend(own);
            });
        }
    });
    let took = start.elapsed();
    let all = all.into_inner().expect("no panic");
    let count = u64::try_from(all.len()).expect("a small number");
    report("read by key, as a command, 16 threads", all);
    println!("{:<50} {:>8.0} /s", "", rate(count, took));
}

fn timed_reading(runner: &Runner, records: u64) -> u64 {
    let start = Instant::now();
    execute(runner, ReadRecord { asked: asked(), key: random_key(records) }).expect("a record");
    u64::try_from(start.elapsed().as_micros()).expect("a short time")
}

fn report(what: &str, mut micros: Vec<u64>) {
    micros.sort_unstable();
    let at = |share: usize| micros.get((micros.len() * share / 1000).min(micros.len() - 1)).copied().unwrap_or_default();
    println!("{what:<50} p50 {:>6} µs   p99 {:>6} µs   p99.9 {:>6} µs", at(500), at(990), at(999));
}

fn rate(count: u64, took: Duration) -> f64 {
    f64::from(u32::try_from(count).expect("below four thousand million")) / took.as_secs_f64()
}

fn runner(path: &std::path::Path) -> Runner {
    let store = Arc::new(Store::open(&Config::Sqlite { path: path.to_owned(), durability: Durability::Full }).expect("a database"));
    store.migrate("journal", journal::MIGRATIONS).expect("tables");
    store.migrate("jobs", jobs::MIGRATIONS).expect("tables");
    store.migrate("runner", runner::MIGRATIONS).expect("tables");
    store.migrate("parties", parties::MIGRATIONS).expect("tables");
    store.migrate("tracker", tracker::MIGRATIONS).expect("tables");
    store.migrate("registers", registers::MIGRATIONS).expect("tables");
    let clock = Arc::new(SystemClock::not_before(clock::from_millis(0).expect("a moment")));
    let entropy = || -> Box<dyn Entropy> { Box::new(OsEntropy) };
    let keys = Arc::new(FieldKeys::new([(1, [7; 32])]).expect("a key"));
    Runner::builder(store, "bench.node", clock, Arc::new(Permit), entropy).with(keys).build()
}

fn execute<C: Command>(runner: &Runner, command: C) -> C::Outcome {
    runner.execute(Request::by(Actor::system()), command).expect("a command that works").outcome
}

fn load(runner: &Runner, first: u64, count: u64) {
    let rows = (first..first + count).map(|serial| {
        let number = number(serial);
        let row = json!({
            "name": format!("居民{serial}"), "id_number": number.as_str(), "birth_date": number.birth_date().to_string(),
            "sex": number.sex().as_str(), "address": format!("云溪县中山路{serial}号"), "division": "339921100",
        });
        LoadRow { row: 1, cells: row.as_object().cloned().expect("an object") }
    });
    let report = execute(
        runner,
        LoadRecords {
            register: "population".into(),
            file_sm3: seal::hash::sm3_hex(first.to_string().as_bytes()),
            valid_from: jiff::civil::date(2026, 1, 1),
            rows: Arc::new(rows.collect()),
            unread: Vec::new(),
        },
    )
    .report;
    assert_eq!(report.problems, [], "generated rows are right");
}

/// The identity number of a generated resident: by address code, day and sequence.
fn number(serial: u64) -> IdentityNumber {
    let (sequence, rest) = (serial % A_DAY + 1, serial / A_DAY);
    let birth = jiff::civil::date(1940, 1, 1) + jiff::Span::new().days(i64::try_from(rest % 25_000).expect("days of a life"));
    let address = 339_900 + rest / 25_000;
    IdentityNumber::compose(&address.to_string(), birth, u16::try_from(sequence).expect("below a thousand")).expect("a number")
}

fn random_key(records: u64) -> String {
    static SERIAL: AtomicU64 = AtomicU64::new(1);
    let mut bytes = [0; 8];
    SeededEntropy::new(SERIAL.fetch_add(1, Ordering::Relaxed)).fill(&mut bytes);
    number(u64::from_le_bytes(bytes) % records).as_str().to_owned()
}
