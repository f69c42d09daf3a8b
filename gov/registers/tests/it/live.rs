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

/// Permits what makes the world alone.
struct Nobody;

impl Authority for Nobody {
    fn rule(&self, _: &Actor, action: &str, _: &Resource) -> Ruling {
        Ruling { permitted: ["register.declare", "parties.manage"].contains(&action), policies: Vec::new() }
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
        // A connection that the site file does not have answers as little.
        let text = text_of("population")
            .replace("update_period = \"daily\"\n", "update_period = \"daily\"\norigin = { kind = \"asked\", connection = \"poilce\" }\n");
        world.execute(&Actor::system(), DeclareRegister { text, division: "339921".into() });
        assert_eq!(code(LIN), "source-unreachable");
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

#[test]
fn what_others_keep_about_oneself_is_asked_once_held_for_the_day_and_then_forgotten() {
    on_both(|database| {
        let (world, count) = elsewhere(database, PermitAll);
        let lin = person_party(&world, LIN);
        let own =
            |actor: &Actor, day: &str| world.store().read(|tx| registers::read_own(tx, &keys(), actor, "population", day.parse().unwrap())).unwrap();
        let ask = |actor: &Actor| registers::ask_about_own(world.runner(), actor, "population");
        let asked_so_often = || count.load(Ordering::Relaxed);
        assert!(own(&lin, "2026-03-02").is_empty());
        ask(&lin).unwrap();
        ask(&lin).unwrap();
        assert_eq!(asked_so_often(), 1, "an answer of the same quarter of an hour is not asked for again");
        let record = own(&lin, "2026-03-02").remove(0);
        assert_eq!((record.values["name"].as_str(), record.values["mobile"].as_str()), (Some("林晓禾"), Some("13800000001")));
        assert_eq!((record.position, record.sm3.len()), (0, 64));
        assert!(seen_by(&world, LIN).is_empty(), "nobody else sees it");
        let plain: String = world.read(|tx| tx.scalar("select plain || sealed from register_answer", &[]));
        assert!(!plain.contains("林晓禾") && !plain.contains(LIN), "{plain}");
        assert!(own(&lin, "2026-03-03").is_empty(), "it holds for the day");

        world.move_to("2026-03-02T09:20");
        ask(&lin).unwrap();
        assert_eq!(asked_so_often(), 2, "what is older is asked for anew");
        registers::forget_answers(world.runner()).unwrap();
        assert_eq!(own(&lin, "2026-03-02").len(), 1);
        world.move_to("2026-03-03T00:01");
        registers::forget_answers(world.runner()).unwrap();
        let left: i64 = world.read(|tx| tx.scalar("select count(*) from register_answer", &[]));
        assert_eq!(left, 0);

        // An office that does not answer, has two records, or none.
        let [zhou, gao, nobody] = [ZHOU, GAO, NOBODY].map(|number| person_party(&world, number));
        let code = |actor: &Actor| ask(actor).map_err(|halt| halt.refusal().unwrap().code.to_string());
        assert_eq!((code(&zhou), code(&gao)), (Err("source-unreachable".into()), Err("source-ambiguous".into())));
        assert_eq!(code(&nobody), Ok(()));
        assert!(own(&nobody, "2026-03-03").is_empty());
        let before = asked_so_often();
        ask(&clerk()).unwrap();
        assert_eq!(asked_so_often(), before, "a clerk has no own record");
    });
}

#[test]
fn nobody_is_asked_about_somebody_who_may_not_see_it() {
    on_both(|database| {
        let (world, count) = elsewhere(database, Nobody);
        let lin = person_party(&world, LIN);
        let halt = registers::ask_about_own(world.runner(), &lin, "population").unwrap_err();
        assert_eq!((halt.refusal().unwrap().code.as_ref(), count.load(Ordering::Relaxed)), ("not-permitted", 0));
    });
}
