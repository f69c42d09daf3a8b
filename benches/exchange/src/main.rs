//! What a call of the exchange costs. See the README.
#![expect(clippy::expect_used, reason = "a benchmark that cannot run should say so and stop")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clock::{Clock, SystemClock};
use exchange::{
    CaseBook, CaseState, Code, EnrolKey, EnrolMember, Envelope, Gateway, OfferService, Ports, RecordDuty, RequestMessage, Service, Settings,
    Standing, StandingDuties, SubsystemId, header,
};
use i18n::Text;
use ids::Entropy;
use parties::IdentityNumber;
use registers::{DeclareRegister, LoadRecords, LoadRow, SHIPPED};
use runner::{Actor, Authority, Command, Request, Resource, Ruling, Runner};
use seal::{Algorithm, BatchQueue, KeyRing, OsEntropy, PrivateKey, Signer};
use store::{Config, Durability, Store, StoreError, Tx};
use tracker::Manner;
use zhengshu::exchanging::BaseRegisters;

const THREADS: usize = 32;
const SECONDS: u64 = 8;
const CALLS_MAX: usize = 40_000;
const SIGNED_TOGETHER: usize = 64;
const PROVIDER: &str = "CN-339921/GOV/11339921MB00000026/population";
const CLIENT: &str = "CN-339922/GOV/11339922MB00000011/court";

struct Permit;

impl Authority for Permit {
    fn rule(&self, _: &Actor, _: &str, _: &Resource) -> Ruling {
        Ruling { permitted: true, policies: Vec::new() }
    }
}

struct NoCases;

impl CaseBook for NoCases {
    fn find(&self, _: &mut Tx<'_>, _: &str, _: &str) -> Result<Option<CaseState>, StoreError> {
        Ok(None)
    }
}

struct Node {
    runner: Arc<Runner>,
    gateway: Gateway,
}

fn entropy() -> Box<dyn Entropy> {
    Box::new(OsEntropy)
}

fn main() {
    println!("threads {THREADS}, {SECONDS} s each, SQLite, synchronous=FULL; verified, permitted, answered, tracked, logged, journalled, signed");
    for batch in [1, 256] {
        let folder = tempfile::tempdir().expect("a folder");
        let node = node(folder.path(), batch);
        let client = Arc::new(PrivateKey::generate(Algorithm::Sm2, &mut OsEntropy).expect("a key"));
        furnish(&node, &client);
        let requests = requests(&client, CALLS_MAX);
        let (rate, p50, p99) = measure(&node, requests);
        println!("responses signed {:<28} {rate:>8.0} calls/s   p50 {p50:>6.1} ms   p99 {p99:>6.1} ms", together(batch));
    }
}

fn together(batch: usize) -> String {
    if batch == 1 { "each on its own".to_owned() } else { format!("up to {batch} together") }
}

fn node(folder: &Path, batch_size_max: usize) -> Node {
    let store = Arc::new(Store::open(&Config::Sqlite { path: folder.join("node.db"), durability: Durability::Full }).expect("a database"));
    for (component, migrations) in [
        ("journal", journal::MIGRATIONS),
        ("jobs", jobs::MIGRATIONS),
        ("runner", runner::MIGRATIONS),
        ("parties", parties::MIGRATIONS),
        ("tracker", tracker::MIGRATIONS),
        ("registers", registers::MIGRATIONS),
        ("exchange", exchange::MIGRATIONS),
    ] {
        store.migrate(component, migrations).expect("tables");
    }
    let ring = KeyRing::open_or_create(&folder.join("keys"), &mut OsEntropy).expect("keys");
    let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
    let ports = Arc::new(Ports {
        rights: Arc::new(StandingDuties::new(Arc::new(NoCases))),
        provider: Arc::new(BaseRegisters),
        clock: Arc::clone(&clock),
        settings: Settings { batch_size_max, ..Settings::of("CN-339921") },
    });
    let keys = Arc::new(ring.field_keys().expect("field keys"));
    let runner = Arc::new(Runner::builder(store, "bench", clock, Arc::new(Permit), entropy).with(keys).with(Arc::clone(&ports)).build());
    let gateway = Gateway::new(Arc::clone(&runner), ports, &ring, entropy).expect("a gateway");
    Node { runner, gateway }
}

fn run<C: Command>(node: &Node, command: C) {
    node.runner.execute(Request::by(Actor::system()), command).map(drop).expect("a command that succeeds");
}

fn person() -> IdentityNumber {
    IdentityNumber::compose("339921", "1952-03-07".parse().expect("a day"), 1).expect("a number")
}

/// A file with one resident.
fn load(register: &str) -> LoadRecords {
    let row = serde_json::json!({
        "name": "王小明", "id_number": person().as_str(), "birth_date": "1952-03-07", "sex": person().sex().as_str(),
        "address": "城关镇人民路3号", "division": "339921100",
    });
    let serde_json::Value::Object(cells) = row else { unreachable!("an object was written") };
    let rows = Arc::new(vec![LoadRow { row: 2, cells }]);
    LoadRecords {
        register: register.to_owned(),
        file_sm3: "first".into(),
        valid_from: "2020-01-01".parse().expect("a day"),
        rows,
        unread: Vec::new(),
    }
}

fn furnish(node: &Node, client: &PrivateKey) {
    let id = |text: &str| -> SubsystemId { text.parse().expect("an identifier") };
    let (slug, text) = SHIPPED[0];
    run(node, DeclareRegister { text: text.to_owned(), division: "339921".into() });
    run(node, load(slug));
    let declaration = node.runner.store().read(|tx| registers::declaration(tx, slug)).expect("a database").expect("a register");
    let name = Text::new("子系统", "Subsystem");
    run(
        node,
        EnrolMember { id: id(PROVIDER), name: name.clone(), organ: Some("organ_police".into()), address: String::new(), ed25519_allowed: false },
    );
    run(node, EnrolMember { id: id(CLIENT), name, organ: None, address: "https://court.example".into(), ed25519_allowed: false });
    run(node, EnrolKey { member: id(CLIENT), pem: client.public_key().to_pem().expect("a key as text"), valid_days: 10 });
    let service = id(PROVIDER).service("person").expect("a service");
    let offered = Service {
        id: service.clone(),
        title: Text::new("人口基本信息", "Population"),
        register: "population".into(),
        endpoints: vec!["verify".into()],
        fields: town::service_fields(&declaration),
        body_bytes_max: 10_000,
        kept_days: 30,
        standing: Standing::Active,
    };
    run(node, OfferService { service: offered });
    let duty = RecordDuty {
        client: id(CLIENT),
        service,
        fields: vec!["name".into()],
        masks: BTreeMap::new(),
        rows: BTreeMap::new(),
        manners: vec![Manner::YesNo],
        calls_per_minute_max: 10_000_000,
        calls_per_day_max: 100_000_000,
        cell_count_min: 10,
        purpose: Text::new("核对当事人身份", "To check a party's identity"),
        basis: "民事诉讼法 第六十七条".into(),
        needs_case: false,
        days: 10,
    };
    run(node, duty);
}

/// Signed requests, made before the clock runs.
fn requests(client: &Arc<PrivateKey>, count: usize) -> Vec<RequestMessage> {
    let at_ms = SystemClock::new().now().as_millisecond();
    let body = serde_json::to_vec(&serde_json::json!({ "key": person().as_str(), "claims": { "name": "王小明" } })).expect("a body");
    let request = |number: usize| {
        let headers = [(header::CLIENT, CLIENT.to_owned()), (header::ID, format!("m-{number}")), (header::TIME, at_ms.to_string())];
        RequestMessage {
            method: "POST".into(),
            path: format!("/r1/{PROVIDER}/person/verify"),
            query: None,
            headers: headers.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            body: body.clone(),
        }
    };
    let mut made: Vec<RequestMessage> = (0..count).map(request).collect();
    let queue = BatchQueue::new(Arc::clone(client) as Arc<dyn Signer>, 1);
    for batch in made.chunks_mut(SIGNED_TOGETHER) {
        let leaves: Vec<_> = batch.iter().map(|request| seal::batch_leaf(request.signed_text().as_bytes())).collect();
        let signed = seal::sign_batch(&**client, &leaves).expect("signatures");
        for (request, signature) in batch.iter_mut().zip(&signed) {
            request.headers.push((header::SIGNATURE.to_owned(), Envelope::new(queue.public_key(), signature).to_string()));
        }
    }
    made
}

/// Calls per second, and the times below which half and 99 of 100 stayed, in milliseconds.
fn measure(node: &Node, requests: Vec<RequestMessage>) -> (f64, f64, f64) {
    let (next, refused) = (AtomicUsize::new(0), AtomicU64::new(0));
    let end = Instant::now() + Duration::from_secs(SECONDS);
    let begin = Instant::now();
    let mut times: Vec<Duration> = std::thread::scope(|scope| {
        let worker = || {
            let mut times = Vec::new();
            while Instant::now() < end {
                let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                let started = Instant::now();
                if node.gateway.answer(request.clone()).code != Code::Answered {
                    refused.fetch_add(1, Ordering::Relaxed);
                }
                times.push(started.elapsed());
            }
            times
        };
        let running: Vec<_> = (0..THREADS).map(|_| scope.spawn(worker)).collect();
        running.into_iter().flat_map(|thread| thread.join().expect("a thread that ends")).collect()
    });
    let took = begin.elapsed().as_secs_f64();
    assert_eq!(refused.load(Ordering::Relaxed), 0, "every call of the benchmark is answered");
    times.sort();
    let at = |share: usize| times.get(times.len().saturating_sub(1) * share / 100).map_or(0.0, |time| time.as_secs_f64() * 1_000.0);
    (u32::try_from(times.len()).map_or(0.0, f64::from) / took, at(50), at(99))
}
