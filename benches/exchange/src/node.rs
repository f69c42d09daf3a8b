//! A node of the exchange over a database of its own, and what a pair of them needs to know of each other.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use clock::{Clock, SystemClock};
use exchange::{
    Call, EnrolKey, EnrolMember, Found, Gateway, NoCases, OfferService, Ports, Provider, RecordDuty, Service, Settings, Standing, StandingDuties,
    SubsystemId,
};
use i18n::Text;
use ids::Entropy;
use parties::IdentityNumber;
use registers::{DeclareRegister, LoadRecords, LoadRow, SHIPPED};
use runner::{Actor, Authority, Command, Cx, Halt, Request, Resource, Ruling, Runner};
use seal::{KeyRing, OsEntropy};
use store::{Config, Durability, Store, Tx};
use tracker::Manner;
use zhengshu::exchanging::BaseRegisters;

pub const PROVIDER: &str = "CN-339921/GOV/11339921MB00000026/population";
pub const CLIENT: &str = "CN-339922/GOV/11339922MB00000011/court";

struct Permit;

impl Authority for Permit {
    fn rule(&self, _: &Actor, _: &str, _: &Resource) -> Ruling {
        Ruling { permitted: true, policies: Vec::new() }
    }
}

/// The registers as every node gives them, in a place without organs.
struct Registers;

impl Provider for Registers {
    fn answer(&self, cx: &mut Cx<'_>, call: &Call<'_>) -> Result<Found, Halt> {
        BaseRegisters.answer(cx, call)
    }

    fn keeps(&self, _: &mut Tx<'_>, _: &str, _: &str) -> Result<bool, Halt> {
        Ok(true)
    }
}

pub struct Node {
    pub runner: Arc<Runner>,
    pub gateway: Arc<Gateway>,
    _folder: tempfile::TempDir,
}

fn entropy() -> Box<dyn Entropy> {
    Box::new(OsEntropy)
}

impl Node {
    /// A node that signs so many messages together at most.
    pub fn new(batch_size_max: usize) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = store(folder.path());
        let ring = KeyRing::open_or_create(&folder.path().join("keys"), &mut OsEntropy).expect("keys");
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let ports = Arc::new(Ports {
            rights: Arc::new(StandingDuties::new(Arc::new(NoCases), Arc::new(exchange::NothingListed))),
            negative: Arc::new(exchange::NothingListed),
            provider: Arc::new(Registers),
            clock: Arc::clone(&clock),
            settings: Settings { batch_size_max, ..Settings::of("CN-339921") },
        });
        let keys = Arc::new(ring.field_keys().expect("field keys"));
        let runner = Arc::new(Runner::builder(store, "bench", clock, Arc::new(Permit), entropy).with(keys).with(Arc::clone(&ports)).build());
        let gateway = Arc::new(Gateway::new(Arc::clone(&runner), ports, &ring, entropy).expect("a gateway"));
        Self { runner, gateway, _folder: folder }
    }

    pub fn run<C: Command>(&self, command: C) {
        self.runner.execute(Request::by(Actor::system()), command).map(drop).expect("a command that succeeds");
    }

    /// Enrols a member; one of this node when it has an organ, one of another node when it has an address.
    pub fn enrol(&self, member: &str, organ: Option<&str>, address: &str, pem: String) {
        let name = Text::new("子系统", "Subsystem");
        let organ = organ.map(str::to_owned);
        self.run(EnrolMember { id: id(member), name, organ, address: address.into(), ed25519_allowed: false });
        self.run(EnrolKey { member: id(member), pem, valid_days: 10 });
    }

    pub fn pem(&self) -> String {
        self.gateway.public_key(seal::Algorithm::Sm2).to_pem().expect("a key as text")
    }

    /// A register with one resident, whose name the client may verify as often as it likes.
    pub fn provide(&self) {
        let (slug, text) = SHIPPED[0];
        self.run(DeclareRegister { text: text.to_owned(), division: "339921".into() });
        self.run(load(slug));
        let declaration = self.runner.store().read(|tx| registers::declaration(tx, slug)).expect("a database").expect("a register");
        let service = id(PROVIDER).service("person").expect("a service");
        let offered = Service {
            id: service.clone(),
            title: Text::new("人口基本信息", "Population"),
            register: "population".into(),
            endpoints: vec!["verify".into()],
            fields: exchange::service_fields(&declaration),
            subject: None,
            body_bytes_max: 10_000,
            kept_days: 30,
            standing: Standing::Active,
        };
        self.run(OfferService { service: offered });
        self.run(RecordDuty {
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
            consent: None,
            from: None,
            days: 10,
        });
    }
}

fn store(folder: &Path) -> Arc<Store> {
    let store = Store::open(&Config::Sqlite { path: folder.join("node.db"), durability: Durability::Full }).expect("a database");
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
    Arc::new(store)
}

pub fn id(text: &str) -> SubsystemId {
    text.parse().expect("an identifier")
}

pub fn person() -> IdentityNumber {
    IdentityNumber::compose("339921", "1952-03-07".parse().expect("a day"), 1).expect("a number")
}

/// The question that is asked all the time: is this the name of that person?
pub fn question() -> String {
    serde_json::json!({ "key": person().as_str(), "claims": { "name": "王小明" } }).to_string()
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
