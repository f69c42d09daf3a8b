//! Feeds between two nodes over the loopback: nothing is lost and nothing doubled, whatever gets lost on the way.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use exchange::{
    Asking, BATCH_ENDPOINTS, Carrier, Code, EnrolKey, EnrolMember, Feed, FeedState, INBOX, OfferService, Question, RecordDuty, RequestMessage,
    ResponseMessage, Service, ServiceId, Standing, StartFeed, SubsystemId, TAKE, change_fields,
};
use gateway::HttpCarrier;
use i18n::Text;
use registers::{DeclareRegister, LoadRecords, LoadRow, SHIPPED};
use runner::{Actor, Command, Request};
use seal::Algorithm;
use serde_json::{Value, json};
use tempfile::TempDir;
use testkit::{TestDatabase, on_both};
use tokio::runtime::Runtime;
use tracker::Manner;
use zhengshu::config::Place;
use zhengshu::exchanging::Deliveries;
use zhengshu::node::Node;

use crate::folder::place;

const LAND: &str = "CN-339921/GOV/11339921MB0000007M/addresses";
const RESCUE: &str = "CN-339922/GOV/11339922MB00000011/rescue";

pub(crate) fn id(text: &str) -> SubsystemId {
    text.parse().unwrap()
}

/// Loses the first answers on the way back: the other node has done what it was asked, and this one does not know.
struct Losing {
    carrier: HttpCarrier,
    lost_max: u32,
    lost: AtomicU32,
}

impl Carrier for Losing {
    fn carry(&self, address: &str, request: &RequestMessage, wait_ms_max: i64) -> Result<ResponseMessage, Code> {
        let answer = self.carrier.carry(address, request, wait_ms_max);
        if self.lost.fetch_add(1, Ordering::Relaxed) < self.lost_max { Err(Code::ProviderDown) } else { answer }
    }

    fn pause(&self, _: i64) {}
}

pub(crate) struct Side {
    pub(crate) node: Node,
    _folder: TempDir,
}

impl Side {
    pub(crate) fn on(database: &TestDatabase) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let node = Node::open(&Place { database: database.postgres_address(), ..place(folder.path()) }).unwrap();
        Self { node, _folder: folder }
    }

    pub(crate) fn run<C: Command>(&self, command: C) -> C::Outcome {
        self.node.runner.execute(Request::by(Actor::system()), command).unwrap().outcome
    }

    pub(crate) fn pem(&self) -> String {
        self.node.exchange.public_key(Algorithm::Sm2).to_pem().unwrap()
    }

    pub(crate) fn enrol(&self, member: &str, organ: Option<&str>, address: &str, pem: String) {
        let name = Text::new("子系统", "Subsystem");
        self.run(EnrolMember { id: id(member), name, organ: organ.map(str::to_owned), address: address.into(), ed25519_allowed: false });
        self.run(EnrolKey { member: id(member), pem, valid_days: 100 });
    }

    fn load(&self, file: &str, places: std::ops::Range<u32>) {
        let row = |number: u32| {
            let cells = json!({ "place_code": format!("P{number}"), "kind": "road", "name": format!("第{number}路"), "division": "339921100" });
            LoadRow { row: usize::try_from(number).unwrap() + 2, cells: cells.as_object().unwrap().clone() }
        };
        let rows = Arc::new(places.map(row).collect());
        let valid_from = "2026-01-01".parse().unwrap();
        self.run(LoadRecords { register: "addresses".into(), file_sm3: file.into(), valid_from, rows, unread: Vec::new() });
    }

    fn feed(&self, feed: &str) -> Feed {
        self.node.store.read(|tx| exchange::feed(tx, feed)).unwrap().unwrap()
    }

    pub(crate) fn do_jobs(&self) {
        let worker = self.node.worker("test".into());
        while worker.run_due_unless(self.node.now_ms(), || false).unwrap() > 0 {}
    }

    pub(crate) fn received(&self, service: &ServiceId) -> i64 {
        self.node.store.read(|tx| exchange::received_count(tx, service)).unwrap()
    }

    /// What the receiver's own system takes from behind a place.
    fn taken(&self, service: &ServiceId, after: i64) -> Vec<Value> {
        let asking = Asking {
            client: id(RESCUE),
            service: service.clone(),
            endpoint: TAKE.to_owned(),
            body: json!({ "after": after }),
            user: None,
            case: None,
            purpose: None,
            represented: None,
            query: None,
        };
        self.node.exchange.call_here(&Actor::system(), &asking).unwrap().body["rows"].as_array().unwrap().clone()
    }
}

fn described(id: ServiceId, register: &str, endpoints: &[&str]) -> Service {
    Service {
        id,
        title: Text::new("地名", "Places"),
        register: register.to_owned(),
        endpoints: endpoints.iter().map(|endpoint| (*endpoint).to_owned()).collect(),
        fields: change_fields(),
        subject: None,
        body_bytes_max: 4 * 1024 * 1024,
        kept_days: 30,
        standing: Standing::Active,
    }
}

/// The node that takes changes, and what it takes them by.
fn offer(receiver: &Side) -> ServiceId {
    let service = id(RESCUE).service("places").unwrap();
    let names = change_fields().into_iter().map(|field| field.name).collect();
    receiver.run(OfferService { service: described(service.clone(), &format!("{INBOX}places"), &BATCH_ENDPOINTS) });
    receiver.run(RecordDuty {
        client: id(LAND),
        service: service.clone(),
        fields: names,
        masks: BTreeMap::new(),
        rows: BTreeMap::new(),
        manners: vec![Manner::Full],
        calls_per_minute_max: 10_000,
        calls_per_day_max: 100_000,
        cell_count_min: 10,
        purpose: Text::new("跨县救援定位", "To find places across the border of counties"),
        basis: "消防法 第四十四条".into(),
        needs_case: false,
        consent: None,
        from: None,
        days: 90,
    });
    service
}

#[test]
fn changes_of_a_register_reach_another_node_at_least_once_and_are_there_once() {
    on_both(|first| {
        // The other node has a database of its own kind.
        let second = if first.postgres_address().is_some() { TestDatabase::postgres() } else { TestDatabase::sqlite() };
        let (sender, receiver) = (Side::on(&first), Side::on(&second));
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let routes = gateway::routes(Arc::clone(&receiver.node.exchange), Arc::clone(&receiver.node.store));
        runtime.spawn(async move { axum::serve(listener, routes).await });
        let basics = town::scenario_world(&sender.node.runner).unwrap();
        let keeper = basics.organ("natural-resources").unwrap().id.to_string();
        sender.enrol(LAND, Some(&keeper), "", sender.pem());
        sender.enrol(RESCUE, None, &address, receiver.pem());
        receiver.enrol(RESCUE, Some("organ_rescue"), "", receiver.pem());
        receiver.enrol(LAND, None, "https://land.example", sender.pem());
        let service = offer(&receiver);
        let (_, text) = SHIPPED.iter().find(|(slug, _)| *slug == "addresses").unwrap();
        sender.run(DeclareRegister { text: (*text).to_owned(), division: "339921".into() });
        sender.run(OfferService { service: described(id(LAND).service("addresses").unwrap(), "addresses", &Question::ENDPOINTS) });
        sender.load("first", 0..40);
        let feed = sender.run(StartFeed { client: id(LAND), service: service.clone(), register: "addresses".into() });

        // Every answer to the first calls is lost, whatever was done: the batch stays pending and is sent again.
        let carrier = |lost_max| Losing { carrier: HttpCarrier::new(runtime.handle().clone()).unwrap(), lost_max, lost: AtomicU32::new(0) };
        let mut deliveries = Deliveries::default();
        assert_eq!(deliveries.round(&sender.node, &carrier(u32::MAX)).unwrap(), 0);
        let pending = sender.feed(&feed);
        assert_eq!((pending.position, pending.tries, pending.state), (0, 1, FeedState::Active));
        sender.load("second", 40..50);
        assert_eq!(deliveries.round(&sender.node, &carrier(0)).unwrap(), 0, "after a failure it waits");
        // A process that starts anew tries at once; a lost answer is asked for again within the call.
        assert_eq!(Deliveries::default().round(&sender.node, &carrier(1)).unwrap(), 2, "the old batch under its number, then the new one");
        receiver.do_jobs();
        assert_eq!((sender.feed(&feed).position, receiver.received(&service)), (50, 50));
        let taken = receiver.taken(&service, 0);
        assert_eq!(taken.len(), 50);
        let change = taken[40]["record"].as_object().unwrap();
        assert_eq!((change["key"].as_str(), change["cause"].as_str(), change["version"].as_i64()), (Some("P40"), Some("added"), Some(1)));
        assert!(!change.contains_key("name"), "a change holds no values");

        // The same batch once more, as after a crash before its end was written: it is there once.
        assert_eq!(Deliveries::default().round(&sender.node, &carrier(0)).unwrap(), 0, "nothing new");
        let batches: Vec<String> =
            sender.node.store.read(|tx| exchange::latest_calls(tx, 100)).unwrap().iter().map(|call| call.endpoint.clone()).collect();
        assert!(batches.iter().filter(|endpoint| *endpoint == "open").count() > 2, "the first batch was announced more than once: {batches:?}");
        assert_eq!(receiver.node.store.read(exchange::dead_rows).unwrap(), []);
        drop(runtime);
    });
}
