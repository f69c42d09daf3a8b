//! The two procedure packages of this room: they pass the check, their scenarios hold, and their days are those of the table of limits.

use cases::scenario::{Script, run_scenario};
use sharing::{DISPUTE_ITEM, Limits, REQUEST_ITEM};
use testkit::on_both;

use crate::world::{County, folder};

#[test]
fn the_packages_have_no_error() {
    for slug in [REQUEST_ITEM, DISPUTE_ITEM] {
        let (_, findings) = procedure::parse_and_check(procedure::Files::read_dir(&folder(slug)).unwrap());
        let errors: Vec<String> = findings.iter().map(|finding| format!("{} {}", finding.code, finding.sentence(true))).collect();
        assert!(errors.is_empty(), "{slug}: {errors:#?}");
    }
}

#[test]
fn every_scenario_holds() {
    on_both(|database| {
        let county = County::at(database, "2026-01-05T00:00");
        let mut failures = Vec::new();
        for slug in [REQUEST_ITEM, DISPUTE_ITEM] {
            let package = procedure::read_package(&folder(slug)).unwrap();
            assert!(package.scenarios.len() >= 6);
            for scenario in &package.scenarios {
                county.play(|stage| {
                    let script = Script::parse(&scenario.text).unwrap();
                    if let Err(why) = run_scenario(stage, &package, &script) {
                        failures.push(format!("{slug}/{}: {why}", scenario.path));
                    }
                });
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    });
}

#[test]
fn the_packages_say_the_days_of_the_table() {
    let limits = Limits::default();
    let days = |slug: &str, node: &str| -> u32 {
        let package = procedure::read_package(&folder(slug)).unwrap();
        package.flow.node(node).unwrap().attributes["limit-workdays"].parse().unwrap()
    };
    assert_eq!(days(REQUEST_ITEM, "accept"), limits.compliance_check.workdays);
    assert_eq!(days(REQUEST_ITEM, "review"), limits.answer_conditional.workdays);
    assert_eq!(days(REQUEST_ITEM, "provide"), limits.provide.workdays);
    assert_eq!(days(DISPUTE_ITEM, "coordinate"), limits.coordinate.workdays);
    assert_eq!(days(DISPUTE_ITEM, "decide"), limits.decide_dispute.workdays);
    let package = procedure::read_package(&folder(REQUEST_ITEM)).unwrap();
    assert_eq!(package.item.limits.extension_workdays_max, limits.answer_conditional.extension_workdays_max);
    assert_eq!(package.item.limits.promised.value, limits.answer_conditional.workdays + limits.provide.workdays);
}
