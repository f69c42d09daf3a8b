//! Runs: at night and when asked, their scores, their findings, and the cases that follow.

use std::collections::BTreeMap;

use cases::commands::CompleteTask;
use quality::commands::RequestRun;
use quality::queries;
use quality::{Dimension, Score};
use runner::Actor;
use serde_json::Map;
use testkit::on_both;

use crate::world::{County, GAO, LIN, ZHOU, person};

fn doubtful(county: &County) {
    county.load("population", "doubtful", vec![person("高建军", GAO, "云溪县白石镇（待核）"), person("周敏", ZHOU, "和平路1号附近")]);
}

#[test]
fn a_run_has_a_score_for_each_dimension_and_names_places_alone() {
    on_both(|database| {
        let county = County::on(database);
        doubtful(&county);
        county.declare("population");
        county.world.execute(&county.police(), RequestRun { register: "population".into() });
        county.run_jobs();
        let run = county.world.read(|tx| queries::last_run(tx, "population")).unwrap();
        let form = run.results.iter().find(|result| result.rule == "address-form").unwrap();
        assert_eq!((form.failed, form.checked), (1, run.records));
        let found = county.world.read(|tx| queries::findings(tx, &run.id, "address-form"));
        assert_eq!((found.len(), found[0].fields.as_slice(), found[0].other), (1, &["address".to_owned()][..], None));
        assert_eq!(run.dimensions.keys().copied().collect::<Vec<_>>(), Dimension::ALL);
        assert_eq!((run.dimensions[&Dimension::Accurate], run.dimensions[&Dimension::Accessible]), (Score::FULL, Score::FULL));
        assert!(run.score < Some(Score::FULL) && run.dimensions[&Dimension::Normative] < Score::FULL);
        let entries = county.world.read(|tx| Ok(journal::entries_of(tx, "quality:population").unwrap()));
        let payloads: String = entries.iter().filter_map(|entry| entry.payload.clone()).collect();
        assert!(payloads.contains("[\"address-form\","), "{payloads}");
        for secret in [GAO, LIN, "高建军", "白石镇", "\"position\""] {
            assert!(!payloads.contains(secret), "{secret}: {payloads}");
        }
    });
}

#[test]
fn a_run_leaves_no_reading_for_it_shows_nobody_anything() {
    on_both(|database| {
        let county = County::on(database);
        county.declare("population");
        county.world.execute(&Actor::system(), RequestRun { register: "population".into() });
        county.run_jobs();
        let keys = county.world.runner().service::<seal::FieldKeys>().unwrap();
        let seen = county.world.read(|tx| tracker::readings_of(tx, &keys, LIN, i64::MAX, None, 10));
        assert_eq!(seen, []);
    });
}

#[test]
fn the_owner_gets_one_case_a_rule_and_no_second_one_while_it_is_open() {
    on_both(|database| {
        let county = County::on(database);
        doubtful(&county);
        county.declare("population");
        let examine = || {
            county.world.execute(&county.police(), RequestRun { register: "population".into() });
            county.run_jobs();
        };
        examine();
        examine();
        let open = county.world.read(|tx| queries::corrections(tx, "population"));
        let of_form: Vec<_> = open.iter().filter(|one| one.correction.rule == "address-form").collect();
        assert_eq!((of_form.len(), of_form[0].is_open), (1, true));
        assert_eq!(of_form[0].correction.organ, county.organ("public-security"));
        let case = of_form[0].correction.case.clone();
        let keys = county.world.runner().service::<seal::FieldKeys>().unwrap();
        let trace = tracker::in_process("a test");
        let view = county.world.store().read(|tx| cases::queries::case_view(tx, &keys, &case, &trace)).unwrap().unwrap();
        assert_eq!(view.file.due_on, Some("2026-03-23".parse().unwrap()));
        assert_eq!((view.file.answers["failed"].as_i64(), view.tasks[0].post.as_str()), (Some(1), "organ"));
        let places = view.file.answers["places"].as_str().unwrap();
        assert!(places.starts_with('#') && !places.contains("高建军"), "{places}");
        county.world.move_to("2026-03-05T09:00");
        close(&county, &case);
        examine();
        let again = county.world.read(|tx| queries::corrections(tx, "population"));
        assert_eq!(again.iter().filter(|one| one.correction.rule == "address-form").map(|one| one.is_open).collect::<Vec<_>>(), [true, false]);
    });
}

fn close(county: &County, case: &str) {
    let complete = |actor: &Actor, node: &str, outcome: &str| {
        let opinion = "已逐条核对，地址已更正。".to_owned();
        let command = CompleteTask { task: format!("{case}:{node}"), outcome: outcome.into(), opinion, fields: Map::new(), seen: None };
        county.world.execute(actor, command);
    };
    complete(&county.clerk("public-security", "organ"), "rectify", "resolved");
    complete(&county.clerk("data-resources", "sharing"), "confirm", "done");
}

#[test]
fn a_register_is_examined_each_night_and_the_next_one_is_promised() {
    on_both(|database| {
        let county = County::on(database);
        county.declare("population");
        let runs = || county.world.read(|tx| queries::runs(tx, "population")).len();
        county.world.move_to("2026-03-03T02:29");
        county.run_jobs();
        assert_eq!(runs(), 0);
        county.world.move_to("2026-03-03T02:31");
        county.run_jobs();
        assert_eq!(runs(), 1);
        county.world.move_to("2026-03-04T02:31");
        county.run_jobs();
        assert_eq!(runs(), 2);
    });
}

#[test]
fn another_register_that_says_something_else_is_found_with_both_places() {
    on_both(|database| {
        let county = County::on(database);
        county.declare("certificates");
        let held = county.world.store().read(|tx| registers::changes_after(tx, "legal-persons", 0, 10)).unwrap();
        let company = held[0].key.clone().unwrap();
        let licence = |number: &str, holder: &str| {
            serde_json::json!({
                "number": number, "type": "business-licence", "holder": holder, "holder_number": company,
                "issued_by": "云溪县市场监督管理局", "issued_on": "2026-01-05", "status": "valid",
            })
        };
        county.load("certificates", "licences", vec![licence("云市监营〔2026〕1号", "另一家店")]);
        county.world.execute(&Actor::system(), RequestRun { register: "certificates".into() });
        county.run_jobs();
        let run = county.world.read(|tx| queries::last_run(tx, "certificates")).unwrap();
        let found = county.world.read(|tx| queries::findings(tx, &run.id, "holder-as-registered"));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].position, found[0].other, found[0].fields.as_slice()), (1, Some(held[0].position), &["holder".to_owned()][..]));
    });
}

#[test]
fn the_trend_shows_the_last_run_of_each_month_for_each_organ() {
    on_both(|database| {
        let county = County::on(database);
        doubtful(&county);
        county.declare("population");
        county.world.execute(&Actor::system(), RequestRun { register: "population".into() });
        county.run_jobs();
        let first = county.world.read(|tx| queries::last_run(tx, "population")).unwrap().score;
        county.load("population", "mended", vec![person("高建军", GAO, "云溪县白石镇振兴路18号")]);
        county.world.move_to("2026-04-01T03:00");
        county.run_jobs();
        let last = county.world.read(|tx| queries::last_run(tx, "population")).unwrap().score;
        let (months, organs) = county.world.read(|tx| queries::trend(tx, "2026-04-01".parse().unwrap()));
        let trends: BTreeMap<_, _> = organs.into_iter().map(|one| (one.organ, one.months)).collect();
        assert_eq!(months.len(), queries::TREND_MONTHS);
        assert_eq!(trends[&county.organ("public-security")], [None, None, None, None, first, last]);
    });
}

#[test]
fn what_is_not_there_or_not_ours_is_not_examined() {
    on_both(|database| {
        let county = County::on(database);
        let asked = |register: &str| RequestRun { register: register.into() };
        assert_eq!(county.world.refuse(&county.police(), asked("population")).code, "rules-missing");
        assert_eq!(county.world.refuse(&county.police(), asked("dreams")).code, "register-unknown");
        county.declare("population");
        assert_eq!(county.world.refuse(&county.clerk("civil-affairs", "data-officer"), asked("population")).code, "not-permitted");
    });
}
