//! Registers kept by somebody else: asked outside of any transaction, shown only after the reading was recorded.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use registers::{Connections, DeclareRegister, look_up};
use runner::{Actor, Authority, Request, Resource, Ruling};
use serde_json::{Map, Value};
use sources::{Source, SourceError};
use testkit::{PermitAll, TestDatabase, World, on_both};
use tracker::Manner;

use crate::world::*;

/// A population register elsewhere, which counts how often it is asked.
struct Elsewhere(Arc<AtomicUsize>);

impl Source for Elsewhere {
    fn by_key(&self, key: &[(&str, &str)]) -> Result<Vec<Map<String, Value>>, SourceError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        match key {
            [("id_number", LIN)] => Ok(vec![map(person("林晓禾", LIN, "138 0000 0001", "云溪县城关镇和平路12号", "339921100"))]),
            [("id_number", GAO)] => Ok(vec![Map::new(), Map::new()]),
            [("id_number", ZHOU)] => Err(SourceError::Unexpected { place: "test".into(), what: "nothing" }),
            _ => Ok(Vec::new()),
        }
    }
}

/// Permits declaring alone.
struct Nobody;

impl Authority for Nobody {
    fn rule(&self, _: &Actor, action: &str, _: &Resource) -> Ruling {
        Ruling { permitted: action == "register.declare", policies: Vec::new() }
    }
}

fn elsewhere(database: TestDatabase, authority: impl Authority + 'static) -> (World, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let connections = Connections::default().with("police", Box::new(Elsewhere(Arc::clone(&count))));
    let world = World::on(database, "2026-03-02T09:00", authority)
        .migrate("tracker", tracker::MIGRATIONS)
        .migrate("parties", parties::MIGRATIONS)
        .migrate("registers", registers::MIGRATIONS)
        .with(keys())
        .with(Arc::new(connections))
        .build();
    let text = text_of("population")
        .replace("update_period = \"daily\"\n", "update_period = \"daily\"\norigin = { kind = \"asked\", connection = \"police\" }\n");
    world.execute(&Actor::system(), DeclareRegister { text, division: "339921".into() });
    (world, count)
}

#[test]
fn what_others_keep_is_asked_shown_and_recorded_but_not_copied() {
    on_both(|database| {
        let (world, count) = elsewhere(database, PermitAll);
        let ask = |key: &str| look_up(world.runner(), &Request::by(clerk()), &asked("population", &["name", "mobile"], Manner::Masked), key);
        let record = ask(LIN).unwrap().unwrap();
        assert_eq!((record.values["name"].as_str(), record.values["mobile"].as_str(), record.values.len()), (Some("林**"), Some("138****0001"), 2));
        assert_eq!(seen_by(&world, LIN).len(), 1);
        assert_eq!(ask(NOBODY).unwrap(), None);
        assert_eq!(seen_by(&world, NOBODY).len(), 1);
        assert_eq!(count.load(Ordering::Relaxed), 2);
        let kept: i64 = world.read(|tx| tx.scalar("select count(*) from register_record", &[]));
        assert_eq!(kept, 0);
        let code = |key: &str| ask(key).unwrap_err().refusal().unwrap().code.to_string();
        assert_eq!(code(GAO), "source-ambiguous");
        assert_eq!(code(ZHOU), "source-unreachable");
        assert!(seen_by(&world, GAO).is_empty() && seen_by(&world, ZHOU).is_empty(), "nobody was shown anything");
    });
}

#[test]
fn nobody_is_asked_for_whoever_may_not_read() {
    on_both(|database| {
        let (world, count) = elsewhere(database, Nobody);
        let halt = look_up(world.runner(), &Request::by(clerk()), &asked("population", &["name"], Manner::Full), LIN).unwrap_err();
        assert_eq!(halt.refusal().unwrap().code, "not-permitted");
        assert_eq!(count.load(Ordering::Relaxed), 0);
    });
}

#[test]
fn a_register_kept_elsewhere_takes_no_files_and_is_not_read_inside_a_command() {
    on_both(|database| {
        let (world, _) = elsewhere(database, PermitAll);
        assert_eq!(world.refuse(&clerk(), load_of("population", "x", vec![])).code, "register-kept-elsewhere");
        let read = registers::ReadRecord { asked: asked("population", &["name"], Manner::Full), key: LIN.into() };
        assert_eq!(world.refuse(&clerk(), read).code, "register-kept-elsewhere");
    });
}
