use std::sync::Arc;

use i18n::Text;
use registers::{Asked, DeclareRegister, LoadRecords, LoadRow, Loaded};
use runner::{Actor, ActorKind};
use seal::FieldKeys;
use serde_json::{Map, Value, json};
use testkit::{PermitAll, TestDatabase, World, WorldBuilder, staff};
use tracker::{Manner, Seen};

pub const LIN: &str = "339921199005170241";
pub const ZHOU: &str = "33992119720614012X";
pub const GAO: &str = "33992119790402031X";
pub const NOBODY: &str = "339921194003080135";

pub fn keys() -> Arc<FieldKeys> {
    Arc::new(FieldKeys::new([(1, [7; 32])]).unwrap())
}

pub fn text_of(slug: &str) -> String {
    std::fs::read_to_string(format!("{}/../../registers/{slug}.toml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

pub fn empty(database: TestDatabase) -> World {
    builder(database).build()
}

fn builder(database: TestDatabase) -> WorldBuilder {
    World::on(database, "2026-03-02T09:00", PermitAll)
        .migrate("tracker", tracker::MIGRATIONS)
        .migrate("parties", parties::MIGRATIONS)
        .migrate("registers", registers::MIGRATIONS)
        .with(keys())
}

pub fn clerk() -> Actor {
    staff("account_li", "organ_police", "339921", &["data-officer"])
}

/// Somebody with this identity number, acting for herself.
pub fn person_party(world: &World, number: &str) -> Actor {
    let register = parties::RegisterPerson {
        name: "某人".into(),
        identity_number: number.into(),
        division: parties::DivisionCode::parse("339921").unwrap(),
        address: "云溪县".into(),
        mobile: None,
    };
    let party = world.execute(&Actor::system(), register).outcome;
    Actor { party: Some(party.to_string()), ..Actor::bare("account_self", ActorKind::Person) }
}

pub fn declare(world: &World, slug: &str) {
    world.execute(&Actor::system(), DeclareRegister { text: text_of(slug), division: "339921".into() });
}

/// The population register with three residents.
pub fn world(database: TestDatabase) -> World {
    filled(empty(database))
}

/// The same, and a service for commands.
pub fn world_with<T: std::any::Any + Send + Sync>(database: TestDatabase, service: Arc<T>) -> World {
    filled(builder(database).with(service).build())
}

fn filled(world: World) -> World {
    declare(&world, "population");
    let rows = vec![
        person("林晓禾", LIN, "13800000001", "云溪县城关镇和平路12号", "339921100"),
        person("周敏", ZHOU, "13800000006", "云溪县溪口街道滨溪路61号", "339921001"),
        person("高建军", GAO, "13800000008", "云溪县白石镇振兴路18号", "339921101"),
    ];
    let loaded = load(&world, "population", "first", rows);
    assert_eq!((loaded.report.added, &loaded.report.problems[..]), (3, &[][..]));
    world
}

pub fn person(name: &str, number: &str, mobile: &str, address: &str, division: &str) -> Value {
    let parsed = parties::IdentityNumber::parse(number).unwrap();
    json!({
        "name": name, "id_number": number, "birth_date": parsed.birth_date().to_string(), "sex": parsed.sex().as_str(),
        "mobile": mobile, "address": address, "division": division,
    })
}

pub fn load(world: &World, register: &str, file: &str, rows: Vec<Value>) -> Loaded {
    world.execute(&clerk(), load_of(register, file, rows)).outcome
}

pub fn load_of(register: &str, file: &str, rows: Vec<Value>) -> LoadRecords {
    let row = |(index, value): (usize, Value)| LoadRow { row: index + 2, cells: value.as_object().unwrap().clone() };
    LoadRecords {
        register: register.into(),
        file_sm3: seal::hash::sm3_hex(file.as_bytes()),
        valid_from: jiff::civil::date(2026, 1, 1),
        rows: Arc::new(rows.into_iter().enumerate().map(row).collect()),
        unread: Vec::new(),
    }
}

pub fn asked(register: &str, fields: &[&str], manner: Manner) -> Asked {
    let purpose = Text::new("核对申请人住址", "To check the applicant's address");
    Asked {
        organ: Some("organ_police".into()), ..Asked::new(register, fields, manner, purpose, "食品经营许可和备案管理办法 第十二条")
    }
}

pub fn seen_by(world: &World, subject: &str) -> Vec<Seen> {
    use clock::Clock;
    let now_ms = world.clock().now().as_millisecond();
    world.read(|tx| tracker::readings_of(tx, &keys(), subject, now_ms, None, 200))
}

pub fn map(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}
