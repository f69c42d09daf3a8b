//! A node that serves.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clock::{Clock, SystemClock};
use exchange::{
    Call, EnrolKey, EnrolMember, FieldType, Found, FoundRow, Gateway, KeptBack, NegativeList, NoCases, OfferService, Ports, Provider, Question,
    RecordDuty, Service, ServiceField, Settings, Standing, StandingDuties, SubsystemId,
};
use i18n::Text;
use parties::IdentityNumber;
use runner::{Actor, ActorKind, Command, Cx, Halt, Request, Runner};
use seal::{Algorithm, FieldKeys, KeyRing, OsEntropy};
use serde_json::{Value, json};
use store::{Config, Durability, Store, Tx};
use testkit::PermitAll;
use tracker::{Manner, Reading, Source, SourceKind};

/// A register with one person in it; the registers of a real node are tried in `server`.
struct OnePerson;

impl Provider for OnePerson {
    fn answer(&self, cx: &mut Cx<'_>, call: &Call<'_>) -> Result<Found, Halt> {
        let (Question::Read { key, .. } | Question::Verify { key, .. }) = call.question else { unreachable!("only these are offered") };
        let keys = cx.service::<FieldKeys>()?;
        let reading = Reading {
            subject: key,
            source: Source { kind: SourceKind::Register, name: call.service.register.clone(), title: call.service.title.clone() },
            fields: call.question.fields().into_iter().collect(),
            manner: call.manner,
            organ: Some(call.organ.to_owned()),
            purpose: call.permit.purpose.clone(),
            basis: call.permit.basis.clone(),
            case: None,
            grant: Some(call.permit.grant.clone()),
            message: Some(call.message.to_owned()),
            secret_until: None,
        };
        drop(tracker::record(cx, &keys, reading)?);
        let values = [("name", "王小明"), ("birth_date", "1952-03-07"), ("address", "城关镇人民路3号")];
        let row: BTreeMap<String, Value> = values.map(|(name, value)| (name.to_owned(), json!(value))).into();
        let row = (key == wang().as_str()).then_some(row);
        Ok(match call.question {
            Question::Verify { claims, .. } => {
                let same = |field: &String, claimed: &Value| {
                    let held = row.as_ref().and_then(|row| row.get(field)).and_then(Value::as_str);
                    held.zip(claimed.as_str()).is_some_and(|(held, claimed)| seal::normalised(held) == seal::normalised(claimed))
                };
                let holds = claims.iter().map(|(field, claimed)| (field.clone(), same(field, claimed))).collect();
                Found::Matches { known: row.is_some(), holds, row: row.unwrap_or_default() }
            }
            _ => Found::Rows { rows: row.into_iter().map(FoundRow::from).collect(), next: None },
        })
    }

    fn keeps(&self, _: &mut Tx<'_>, _: &str, _: &str) -> Result<bool, Halt> {
        Ok(true)
    }
}

/// Whether addresses are on the negative list.
#[derive(Default)]
pub struct Listed(pub AtomicBool);

impl NegativeList for Listed {
    fn kept_back(&self, _: &mut Tx<'_>, _: &str, _: &str, fields: &[String]) -> Result<Option<KeptBack>, Halt> {
        let is_listed = self.0.load(Ordering::Relaxed) && fields.iter().any(|field| field == "address");
        Ok(is_listed.then(|| KeptBack { resource: Text::same("住址"), basis: "户口登记条例 第二条".to_owned() }))
    }
}

pub struct Node {
    pub listed: Arc<Listed>,
    pub gateway: Arc<Gateway>,
    pub runner: Arc<Runner>,
    pub keys: Arc<FieldKeys>,
    _folder: tempfile::TempDir,
}

pub fn system_entropy() -> Box<dyn ids::Entropy> {
    Box::new(OsEntropy)
}

pub fn admin() -> Actor {
    Actor::bare("account_admin", ActorKind::Admin)
}

pub fn wang() -> IdentityNumber {
    IdentityNumber::compose("339921", "1952-03-07".parse().unwrap(), 1).unwrap()
}

impl Node {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::open(&Config::Sqlite { path: folder.path().join("node.db"), durability: Durability::None }).unwrap());
        for (component, migrations) in [
            ("journal", journal::MIGRATIONS),
            ("jobs", jobs::MIGRATIONS),
            ("runner", runner::MIGRATIONS),
            ("parties", parties::MIGRATIONS),
            ("tracker", tracker::MIGRATIONS),
            ("exchange", exchange::MIGRATIONS),
        ] {
            store.migrate(component, migrations).unwrap();
        }
        let ring = KeyRing::open_or_create(&folder.path().join("keys"), &mut OsEntropy).unwrap();
        let keys = Arc::new(ring.field_keys().unwrap());
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let listed = Arc::new(Listed::default());
        let negative = Arc::clone(&listed) as Arc<dyn NegativeList>;
        let ports = Arc::new(Ports {
            rights: Arc::new(StandingDuties::new(Arc::new(NoCases), Arc::clone(&negative))),
            negative,
            provider: Arc::new(OnePerson),
            clock: Arc::clone(&clock),
            settings: Settings { wait_ms_max: 1_000, ..Settings::of("CN-339921") },
        });
        let builder = Runner::builder(store, "node", clock, Arc::new(PermitAll), system_entropy);
        let runner = Arc::new(builder.with(Arc::clone(&keys)).with(Arc::clone(&ports)).build());
        let gateway = Arc::new(Gateway::new(Arc::clone(&runner), ports, &ring, system_entropy).unwrap());
        Self { listed, gateway, runner, keys, _folder: folder }
    }

    pub fn run<C: Command>(&self, command: C) -> C::Outcome {
        self.runner.execute(Request::by(admin()), command).unwrap().outcome
    }

    pub fn pem(&self) -> String {
        self.gateway.public_key(Algorithm::Sm2).to_pem().unwrap()
    }

    pub fn enrol(&self, id: &SubsystemId, organ: Option<&str>, address: &str, pem: String) {
        let name = Text::new("子系统", "Subsystem");
        self.run(EnrolMember { id: id.clone(), name, organ: organ.map(str::to_owned), address: address.into(), ed25519_allowed: false });
        self.run(EnrolKey { member: id.clone(), pem, valid_days: 100 });
    }

    /// Offers the population, and lets a client read and verify names.
    pub fn provide(&self, provider: &SubsystemId, client: &SubsystemId) {
        let field = |(name, kind): (&str, FieldType)| ServiceField { name: name.to_owned(), title: Text::same(name), kind };
        let fields =
            [("name", FieldType::Text), ("birth_date", FieldType::Date), ("address", FieldType::Text), ("mobile", FieldType::Text)].map(field);
        let service = provider.service("person").unwrap();
        self.run(OfferService {
            service: Service {
                id: service.clone(),
                title: Text::new("人口基本信息", "Population"),
                register: "population".into(),
                endpoints: vec!["read".into(), "verify".into()],
                fields: fields.to_vec(),
                subject: None,
                body_bytes_max: 10_000,
                kept_days: 30,
                standing: Standing::Active,
            },
        });
        self.run(RecordDuty {
            client: client.clone(),
            service,
            fields: ["name", "birth_date", "address"].map(str::to_owned).to_vec(),
            masks: BTreeMap::from([("address".to_owned(), "address".to_owned())]),
            rows: BTreeMap::new(),
            manners: vec![Manner::Full, Manner::YesNo],
            calls_per_minute_max: 10_000,
            calls_per_day_max: 1_000_000,
            cell_count_min: 10,
            purpose: Text::new("核对当事人身份", "To check a party's identity"),
            basis: "民事诉讼法 第六十七条".into(),
            needs_case: false,
            consent: None,
            from: None,
            days: 90,
        });
    }

    pub async fn serve(&self) -> SocketAddr {
        serve(gateway::routes(Arc::clone(&self.gateway), Arc::clone(self.runner.store()))).await
    }
}

pub async fn serve(router: axum::Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}
