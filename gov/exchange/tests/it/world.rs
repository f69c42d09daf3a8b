//! A node with two organs' subsystems, a population service, and a register of two people.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};

use clock::Clock;
use exchange::{
    Asking, Call, CaseBook, CaseState, EnrolKey, EnrolMember, Envelope, FieldType, Found, FoundRow, Gateway, KeptBack, NegativeList, OfferService,
    Ports, Provider, Question, RecordDuty, RequestMessage, Service, ServiceField, ServiceId, Settings, Standing, StandingDuties, SubsystemId, header,
};
use i18n::Text;
use runner::{Actor, ActorKind, Cx, Halt};
use seal::{Algorithm, BatchQueue, FieldKeys, KeyRing, OsEntropy, PrivateKey, Signer};
use serde_json::{Value, json};
use store::{StoreError, Tx};
use testkit::{PermitAll, TestDatabase, World};
use tracker::{CaseRef, Manner, Reading, Source, SourceKind};

pub const WANG: &str = "339921195203070016";
pub const CIVIL: &str = "CN-339921/GOV/11339921MB00000018/civil";
pub const POLICE: &str = "CN-339921/GOV/11339921MB00000026/population";
pub const STRANGER: &str = "CN-339999/GOV/11339999MB00000010/remote";
pub const PERSON: &str = "CN-339921/GOV/11339921MB00000026/population/person";
pub const CASE: &str = "339921-2026-000001";

/// What the register does next; a register that is well does what it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Well,
    Lying,
    Generous,
    Down,
}

pub struct Register(pub Mutex<Mood>);

impl Provider for Register {
    fn answer(&self, cx: &mut Cx<'_>, call: &Call<'_>) -> Result<Found, Halt> {
        let mood = *self.0.lock().unwrap();
        if mood == Mood::Down {
            return Err(runner::Fault::because("the register is being repaired").into());
        }
        let keys = cx.service::<FieldKeys>()?;
        let age: Value = if mood == Mood::Lying { "seventy".into() } else { 73.into() };
        let row = |key: &str| {
            let mut row =
                BTreeMap::from([("name".to_owned(), json!("王小明")), ("age".to_owned(), age.clone()), ("division".to_owned(), json!("339921100"))]);
            if mood == Mood::Generous {
                row.insert("health".into(), json!("ill"));
            }
            (key == WANG).then_some(row)
        };
        let (subject, found) = match call.question {
            Question::Read { key, .. } => (key.clone(), rows(row(key))),
            Question::Search { .. } => (WANG.to_owned(), rows(row(WANG))),
            Question::Verify { key, claims } => {
                let row = row(key);
                let holds = claims.iter().map(|(field, value)| (field.clone(), row.as_ref().and_then(|row| row.get(field)) == Some(value)));
                (key.clone(), Found::Matches { known: row.is_some(), holds: holds.collect(), row: row.clone().unwrap_or_default() })
            }
            Question::Aggregate { .. } => {
                let groups = [("339921100", 40), ("339921101", 2), ("339921102", 12)];
                return Ok(Found::Groups(groups.map(|(division, count)| (vec![json!(division)], Some(count))).to_vec()));
            }
        };
        let reading = Reading {
            subject: &subject,
            source: Source { kind: SourceKind::Register, name: call.service.register.clone(), title: call.service.title.clone() },
            fields: call.question.fields().into_iter().collect(),
            manner: call.manner,
            organ: Some(call.organ.to_owned()),
            purpose: call.permit.purpose.clone(),
            basis: call.permit.basis.clone(),
            case: call.permit.case.clone(),
            grant: Some(call.permit.grant.clone()),
            message: Some(call.message.to_owned()),
            secret_until: None,
        };
        drop(match &call.permit.consent {
            Some(name) => tracker::record_consented(cx, &keys, reading, name)?,
            None => tracker::record(cx, &keys, reading)?,
        });
        Ok(found)
    }

    fn keeps(&self, _: &mut Tx<'_>, organ: &str, register: &str) -> Result<bool, Halt> {
        Ok(organ == "organ_police" && register == "population")
    }
}

fn rows(row: Option<BTreeMap<String, Value>>) -> Found {
    Found::Rows { rows: row.into_iter().map(FoundRow::from).collect(), next: None }
}

pub struct Cases(pub Mutex<bool>);

impl CaseBook for Cases {
    fn find(&self, _: &mut Tx<'_>, number: &str, _: &str) -> Result<Option<CaseState>, StoreError> {
        let case = CaseRef { id: "case_1".into(), number: number.into(), title: Text::new("高龄津贴", "Old-age allowance") };
        let declared = Some(vec!["name".to_owned(), "age".to_owned()]);
        let state = CaseState { case, open: *self.0.lock().unwrap(), item: "allowance".into(), organ: "organ_civil".into(), declared };
        Ok((number == CASE).then_some(state))
    }
}

pub struct Town {
    pub world: World,
    pub gateway: Gateway,
    pub register: Arc<Register>,
    pub cases: Arc<Cases>,
    pub listed: Arc<Listed>,
    pub keys: Arc<FieldKeys>,
    pub remote: BatchQueue,
    next: AtomicI64,
    _folder: tempfile::TempDir,
}

pub fn id<T: std::str::FromStr<Err = exchange::Code>>(text: &str) -> T {
    text.parse().unwrap()
}

pub fn admin() -> Actor {
    Actor::bare("account_admin", ActorKind::Admin)
}

pub fn system_entropy() -> Box<dyn ids::Entropy> {
    Box::new(OsEntropy)
}

pub fn remote_key(algorithm: Algorithm) -> PrivateKey {
    PrivateKey::from_scalar(algorithm, &[9; 32]).unwrap()
}

pub fn service(fields: &[(&str, FieldType)]) -> Service {
    let field = |(name, kind): &(&str, FieldType)| ServiceField { name: (*name).into(), title: Text::same(*name), kind: *kind };
    Service {
        id: id(PERSON),
        title: Text::new("人口基本信息", "Population"),
        register: "population".into(),
        endpoints: Question::ENDPOINTS.map(str::to_owned).to_vec(),
        fields: fields.iter().map(field).collect(),
        subject: None,
        body_bytes_max: 10_000,
        kept_days: 30,
        standing: Standing::Active,
    }
}

pub fn duty(client: &str, manners: &[Manner], needs_case: bool) -> RecordDuty {
    RecordDuty {
        client: id(client),
        service: id(PERSON),
        fields: ["name", "age", "division"].map(str::to_owned).to_vec(),
        masks: BTreeMap::new(),
        rows: BTreeMap::new(),
        manners: manners.to_vec(),
        calls_per_minute_max: 5,
        calls_per_day_max: 8,
        cell_count_min: 10,
        purpose: Text::new("发放高龄津贴", "To pay the old-age allowance"),
        basis: "老年人权益保障法 第三十三条".into(),
        needs_case,
        consent: None,
        from: None,
        days: 90,
    }
}

/// Whether the police keep divisions back.
pub struct Listed(pub Mutex<bool>);

impl NegativeList for Listed {
    fn kept_back(&self, _tx: &mut Tx<'_>, organ: &str, register: &str, fields: &[String]) -> Result<Option<KeptBack>, Halt> {
        let is_listed = *self.0.lock().unwrap() && organ == "organ_police" && register == "population" && fields.contains(&"division".to_owned());
        Ok(is_listed.then(|| KeptBack { resource: Text::same("户籍"), basis: "户口登记条例 第二条".to_owned() }))
    }
}

impl Town {
    pub fn new(database: TestDatabase) -> Self {
        let keys = Arc::new(FieldKeys::new([(1, [7; 32])]).unwrap());
        let folder = tempfile::tempdir().unwrap();
        let ring = KeyRing::open_or_create(folder.path(), &mut OsEntropy).unwrap();
        let register = Arc::new(Register(Mutex::new(Mood::Well)));
        let cases = Arc::new(Cases(Mutex::new(true)));
        let listed = Arc::new(Listed(Mutex::new(false)));
        let builder = World::on(database, "2026-03-02T09:00", PermitAll)
            .migrate("parties", parties::MIGRATIONS)
            .migrate("tracker", tracker::MIGRATIONS)
            .migrate("exchange", exchange::MIGRATIONS)
            .with(Arc::new(tracker::ConsentSeal::new(&[3; 32]).unwrap()))
            .with(Arc::clone(&keys));
        let ports = Arc::new(Ports {
            rights: Arc::new(StandingDuties::new(Arc::clone(&cases) as Arc<dyn CaseBook>, Arc::clone(&listed) as Arc<dyn NegativeList>)),
            negative: Arc::clone(&listed) as Arc<dyn NegativeList>,
            provider: Arc::clone(&register) as Arc<dyn Provider>,
            clock: builder.clock(),
            settings: Settings::of("CN-339921"),
        });
        let world = builder.with(Arc::clone(&ports)).build();
        let gateway = Gateway::new(Arc::clone(world.runner()), ports, &ring, system_entropy).unwrap();
        let remote = BatchQueue::new(Arc::new(remote_key(Algorithm::Sm2)), 16);
        let town = Self { world, gateway, register, cases, listed, keys, remote, next: AtomicI64::new(1), _folder: folder };
        town.enrol(CIVIL, Some("organ_civil"), "", false);
        town.enrol(POLICE, Some("organ_police"), "", false);
        town.enrol(STRANGER, None, "https://remote.example", false);
        let node = town.gateway.public_key(Algorithm::Sm2).to_pem().unwrap();
        town.key(CIVIL, &node);
        town.key(POLICE, &node);
        town.key(STRANGER, &remote_key(Algorithm::Sm2).public_key().to_pem().unwrap());
        let fields = [("name", FieldType::Text), ("age", FieldType::Integer), ("division", FieldType::Text)];
        town.world.execute(&admin(), OfferService { service: service(&fields) });
        town
    }

    pub fn enrol(&self, id_: &str, organ: Option<&str>, address: &str, ed25519_allowed: bool) {
        let name = Text::new("子系统", "Subsystem");
        let command = EnrolMember { id: id(id_), name, organ: organ.map(str::to_owned), address: address.into(), ed25519_allowed };
        self.world.execute(&admin(), command);
    }

    pub fn key(&self, member: &str, pem: &str) -> String {
        self.world.execute(&admin(), EnrolKey { member: id(member), pem: pem.into(), valid_days: 365 }).outcome
    }

    pub fn may(&self, client: &str, manners: &[Manner], needs_case: bool) -> String {
        self.world.execute(&admin(), duty(client, manners, needs_case)).outcome
    }

    pub fn now_ms(&self) -> i64 {
        self.world.runner().clock().now().as_millisecond()
    }

    /// A request of the other node, unsigned.
    pub fn request(&self, endpoint: &str, body: &Value) -> RequestMessage {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let headers = [
            (header::CLIENT, STRANGER.to_owned()),
            (header::ID, format!("message-{number}")),
            (header::TIME, self.now_ms().to_string()),
            (header::CONTENT_TYPE, "application/json".to_owned()),
            (header::USER, "CN-officer-7".to_owned()),
        ];
        RequestMessage {
            method: "POST".into(),
            path: format!("/r1/{PERSON}/{endpoint}"),
            query: None,
            headers: headers.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            body: serde_json::to_vec(body).unwrap(),
        }
    }

    pub fn signed(&self, mut request: RequestMessage) -> RequestMessage {
        let signed = self.remote.sign(request.signed_text().as_bytes()).unwrap();
        let envelope = Envelope::new(self.remote.public_key(), &signed);
        request.headers.push((header::SIGNATURE.into(), envelope.to_string()));
        request
    }

    pub fn read_wang(&self) -> RequestMessage {
        self.signed(self.request("read", &json!({"key": WANG, "fields": ["name", "age"]})))
    }

    pub fn asking(&self, endpoint: &str, body: Value, case: Option<&str>) -> Asking {
        Asking {
            client: id::<SubsystemId>(CIVIL),
            service: id::<ServiceId>(PERSON),
            endpoint: endpoint.into(),
            body,
            user: None,
            case: case.map(str::to_owned),
            purpose: None,
            represented: None,
            query: None,
        }
    }

    pub fn readings(&self) -> Vec<tracker::Seen> {
        let now_ms = self.now_ms();
        self.world.read(|tx| tracker::readings_of(tx, &self.keys, WANG, now_ms, None, 50))
    }
}

pub fn set_header(request: &mut RequestMessage, name: &str, value: &str) {
    request.headers.retain(|(found, _)| found != name);
    request.headers.push((name.into(), value.into()));
}
