//! Each kind of check, on records that satisfy it and records that do not.

use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::model::dimension::Dimension;
use crate::model::rules::{Every, Pair};

fn declaration() -> Declaration {
    Declaration::read(registers::SHIPPED.iter().find(|(slug, _)| *slug == "certificates").map(|(_, text)| *text).unwrap_or_default()).unwrap()
}

fn day() -> Date {
    "2026-03-02".parse().unwrap()
}

fn record(position: i64, changes: Value) -> Held {
    let mut values = json!({
        "number": format!("云市监营〔2026〕{position}号"), "type": "business-licence", "holder": "云溪县禾味茶饮店",
        "holder_number": "92339921MA0LXH0001", "issued_by": "云溪县市场监督管理局", "issued_on": "2026-01-05", "status": "valid",
    });
    for (name, value) in changes.as_object().unwrap() {
        values[name] = value.clone();
    }
    let mut values = values.as_object().unwrap().clone();
    values.retain(|_, value| !value.is_null());
    Held { position, values }
}

/// What a check finds in some records: how many were checked, and the places it names with the other places.
fn found(check: Check, other: fn() -> Other, records: &[Held]) -> (i64, Vec<(i64, Option<i64>)>) {
    let rule =
        Rule { slug: "r".into(), title: i18n::Text::new("规则", "Rule"), dimension: Dimension::Accurate, weight: 1, least_percent: 100, check };
    let rules = RuleSet { register: "certificates".into(), every: Every::Day, rules: vec![rule] };
    let declaration = declaration();
    let mut look = Look::new(&declaration, &rules, day(), |_| other());
    records.iter().for_each(|record| look.at(record));
    let result = look.finish(Some(false)).remove(0);
    assert_eq!(result.failed, i64::try_from(result.findings.len()).unwrap());
    (result.checked, result.findings.iter().map(|finding| (finding.position, finding.other)).collect())
}

fn none() -> Other {
    Other::None
}

fn field(name: &str) -> String {
    name.to_owned()
}

#[test]
fn what_the_declaration_demands_today_is_demanded_of_old_records() {
    let records = [record(1, json!({})), record(2, json!({ "status": "lost" })), record(3, json!({ "issued_on": "2027-01-01" }))];
    assert_eq!(found(Check::Declared { field: field("status") }, none, &records), (3, vec![(2, None)]));
    assert_eq!(found(Check::Declared { field: field("issued_on") }, none, &records), (3, vec![(3, None)]));
}

#[test]
fn a_form_has_bounds_and_parts() {
    let form = |any: &[&str], none: &[&str]| Check::Form {
        field: field("holder"),
        characters_min: 4,
        characters_max: 9,
        contains_any: any.iter().map(|part| field(part)).collect(),
        contains_none: none.iter().map(|part| field(part)).collect(),
    };
    let records = [record(1, json!({})), record(2, json!({ "holder": "茶店" })), record(3, json!({ "holder": "云溪县测试茶饮店（待核）" }))];
    assert_eq!(found(form(&[], &[]), none, &records), (3, vec![(2, None), (3, None)]));
    assert_eq!(found(form(&["禾味"], &[]), none, &records).1, [(2, None), (3, None)]);
    assert_eq!(found(form(&[], &["云溪县"]), none, &records).1, [(1, None), (2, None), (3, None)]);
    assert_eq!(found(form(&[], &[]), none, &[record(1, json!({ "holder": null }))]), (0, vec![]));
}

#[test]
fn what_must_be_present_may_depend_on_another_field() {
    let when = Some(When { field: field("status"), equals: "valid".into() });
    let check = Check::Present { fields: vec![field("expires_on")], when };
    let records = [record(1, json!({ "expires_on": "2030-01-01" })), record(2, json!({})), record(3, json!({ "status": "revoked" }))];
    assert_eq!(found(check, none, &records), (2, vec![(2, None)]));
}

#[test]
fn a_second_record_with_the_same_values_names_the_first() {
    let check = Check::Unique { fields: vec![field("holder"), field("type")] };
    let records = [record(1, json!({})), record(5, json!({})), record(7, json!({ "type": "elder-card" })), record(9, json!({ "holder": null }))];
    assert_eq!(found(check, none, &records), (3, vec![(5, Some(1))]));
}

#[test]
fn references_lead_somewhere() {
    let check = Check::Reference { field: field("holder_number"), register: "legal-persons".into() };
    let keys = || Other::Keys(HashSet::from([of_value(Some(&json!("92339921MA0LXH0001")))]));
    let records = [record(1, json!({})), record(2, json!({ "holder_number": "92339921MA0LXH0002" }))];
    assert_eq!(found(check, keys, &records), (2, vec![(2, None)]));
}

#[test]
fn what_another_register_says_differently_is_found_with_both_places() {
    let check = Check::Agrees {
        register: "legal-persons".into(),
        by: Pair { here: field("holder_number"), there: field("id_number") },
        fields: BTreeMap::from([(field("holder"), field("name"))]),
    };
    let others = || {
        let prints = vec![of_value(Some(&json!("云溪县禾味茶饮店")))];
        Other::Records(HashMap::from([(of_value(Some(&json!("92339921MA0LXH0001"))), (44, prints))]))
    };
    let records = [record(1, json!({})), record(2, json!({ "holder": "别的店" })), record(3, json!({ "holder_number": "other" }))];
    assert_eq!(found(check, others, &records), (2, vec![(2, Some(44))]));
}

#[test]
fn what_is_valid_has_not_passed_and_the_last_day_counts() {
    let when = Some(When { field: field("status"), equals: "valid".into() });
    let check = Check::NotPast { field: field("expires_on"), when };
    let expires = |position: i64, day: &str, status: &str| record(position, json!({ "expires_on": day, "status": status }));
    let records = [expires(1, "2026-03-02", "valid"), expires(2, "2026-03-01", "valid"), expires(3, "2026-03-01", "expired"), record(4, json!({}))];
    assert_eq!(found(check, none, &records), (2, vec![(2, None)]));
}

#[test]
fn a_register_that_is_out_of_date_fails_as_a_whole_and_damaged_records_are_not_readable() {
    assert_eq!(found(Check::Fresh, none, &[record(1, json!({}))]), (1, vec![(0, None)]));
    let rule = |check| Rule {
        slug: "r".into(),
        title: i18n::Text::new("规则", "Rule"),
        dimension: Dimension::Accessible,
        weight: 1,
        least_percent: 100,
        check,
    };
    let rules = RuleSet { register: "certificates".into(), every: Every::Day, rules: vec![rule(Check::Readable)] };
    let declaration = declaration();
    let mut look = Look::new(&declaration, &rules, day(), |_| Other::None);
    look.at(&record(1, json!({})));
    look.damaged(2);
    let result = look.finish(None).remove(0);
    assert_eq!((result.checked, result.failed, result.findings[0].position), (2, 1, 2));
}
