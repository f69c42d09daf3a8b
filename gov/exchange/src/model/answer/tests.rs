#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use i18n::Text;
use parties::MaskKind;
use proptest::prelude::*;
use tracker::Manner;

use super::*;
use crate::model::rights::{RowCondition, RowScope};
use crate::model::service::{FieldType, ServiceField, Standing};

fn service() -> Service {
    let field = |name: &str, kind| ServiceField { name: name.into(), title: Text::same(name), kind };
    Service {
        id: "A/B/C/D/person".parse().unwrap(),
        title: Text::same("person"),
        register: "population".into(),
        endpoints: vec!["read".into()],
        fields: vec![field("name", FieldType::Text), field("division", FieldType::Text), field("age", FieldType::Integer)],
        subject: None,
        body_bytes_max: 1_000,
        kept_days: 30,
        standing: Standing::Active,
    }
}

fn permit(fields: &[&str]) -> Permit {
    Permit {
        grant: "grant_1".into(),
        purpose: Text::same("x"),
        basis: String::new(),
        case: None,
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        masks: BTreeMap::new(),
        rows: RowScope::default(),
        manners: vec![Manner::Full],
        calls_per_minute_max: 1,
        calls_per_day_max: 1,
        cell_count_min: 10,
        consent: None,
        secret_until: None,
    }
}

fn row(name: &str, division: &str, age: Value) -> BTreeMap<String, Value> {
    BTreeMap::from([("name".into(), name.into()), ("division".into(), division.into()), ("age".into(), age), ("secret".into(), "s".into())])
}

fn read(fields: &[&str]) -> Question {
    Question::Read { key: "1".into(), fields: fields.iter().map(|field| (*field).to_owned()).collect() }
}

fn found(rows: Vec<BTreeMap<String, Value>>) -> Found {
    Found::Rows { rows: rows.into_iter().map(FoundRow::from).collect(), next: None }
}

#[test]
fn a_provider_that_returns_more_is_cut_to_what_was_asked_and_granted() {
    let rows = vec![row("王小明", "339921100", 40.into()), row("李四", "339921100", 41.into())];
    let shown = shape(&service(), &read(&["name", "age"]), &permit(&["name", "division"]), found(rows)).unwrap();
    assert_eq!(shown, json!({"rows": [{"name": "王小明"}]}));
}

#[test]
fn masks_and_row_scope_hold_whatever_the_provider_did() {
    let mut permit = permit(&["name", "age"]);
    permit.masks.insert("name".into(), MaskKind::Name);
    permit.rows.values.insert("division".into(), vec!["339921100".into()]);
    let search = Question::Search { filter: BTreeMap::new(), fields: vec!["name".into(), "age".into()], after: None, count: 10 };
    let rows = vec![row("王小明", "339921100", 40.into()), row("李四", "339921101", 41.into())];
    let shown = shape(&service(), &search, &permit, found(rows)).unwrap();
    assert_eq!(shown, json!({"rows": [{"name": "王**", "age": 40}], "next": null}));
}

#[test]
fn a_row_scope_covers_only_what_a_row_says() {
    let (inside, outside) = (row("a", "339921100", 81.into()), row("b", "330106001", 79.into()));
    let covers = |scope: &RowScope| [scope.covers(&inside), scope.covers(&outside), scope.covers(&BTreeMap::new())];
    assert_eq!(covers(&RowScope { division: Some("339921".into()), ..RowScope::default() }), [true, false, false]);
    for (text, expected) in
        [("age >= 80", [true, false, false]), ("age<80", [false, true, false]), ("name = \"b\"", [false, true, false]), ("height > 1", [false; 3])]
    {
        assert_eq!(covers(&RowScope { condition: RowCondition::parse(text), ..RowScope::default() }), expected, "{text}");
    }
    for text in ["", "age", "age >=", "age >= 80 && sex = 1", "a b = 1", "a = \"x\" | 1"] {
        assert_eq!(RowCondition::parse(text), None, "{text}");
    }
    let verify = Question::Verify { key: "1".into(), claims: BTreeMap::from([("name".into(), "b".into())]) };
    let mut permit = permit(&["name"]);
    permit.rows.division = Some("339921".into());
    let found = Found::Matches { known: true, holds: BTreeMap::from([("name".into(), true)]), row: outside };
    assert_eq!(shape(&service(), &verify, &permit, found).unwrap(), json!({"known": false, "matches": {"name": false}}));
}

#[test]
fn a_provider_that_lies_about_types_or_answers_something_else_is_held_back() {
    let permit = permit(&["name", "age"]);
    let lied = shape(&service(), &read(&["age"]), &permit, found(vec![row("x", "y", "forty".into())]));
    assert_eq!(lied, Err(Code::ProviderLied));
    let other = shape(&service(), &read(&["age"]), &permit, Found::Groups(Vec::new()));
    assert_eq!(other, Err(Code::ProviderLied));
    let none = shape(&service(), &read(&["age"]), &permit, found(vec![row("x", "y", Value::Null)])).unwrap();
    assert_eq!(none, json!({"rows": [{"age": null}]}));
}

#[test]
fn an_unknown_record_matches_nothing() {
    let verify = Question::Verify { key: "1".into(), claims: BTreeMap::from([("name".into(), "x".into())]) };
    let holds = BTreeMap::from([("name".into(), true), ("age".into(), true)]);
    let shown = |known| shape(&service(), &verify, &permit(&["name"]), Found::Matches { known, holds: holds.clone(), row: BTreeMap::new() }).unwrap();
    assert_eq!(shown(true), json!({"known": true, "matches": {"name": true}}));
    assert_eq!(shown(false), json!({"known": false, "matches": {"name": false}}));
}

#[test]
fn a_single_small_figure_takes_the_next_one_with_it() {
    let by = Question::Aggregate { by: vec!["division".into()], filter: BTreeMap::new() };
    let groups = vec![(vec!["a".into()], Some(50)), (vec!["b".into()], Some(3)), (vec!["c".into()], Some(20)), (vec!["d".into()], Some(0))];
    let shown = shape(&service(), &by, &permit(&["division"]), Found::Groups(groups)).unwrap();
    let counts = json!([{"by": ["a"], "count": 50}, {"by": ["b"], "count": null}, {"by": ["c"], "count": null}]);
    assert_eq!(shown["groups"], counts);
}

#[test]
fn what_the_register_keeps_back_stays_back_and_is_never_alone() {
    let by = Question::Aggregate { by: vec!["division".into()], filter: BTreeMap::new() };
    let groups = vec![(vec!["a".into()], Some(50)), (vec!["b".into()], None), (vec!["c".into()], Some(20))];
    let shown = shape(&service(), &by, &permit(&["division"]), Found::Groups(groups)).unwrap();
    let counts = json!([{"by": ["a"], "count": 50}, {"by": ["b"], "count": null}, {"by": ["c"], "count": null}]);
    assert_eq!(shown["groups"], counts);
}

#[test]
fn a_scope_looks_at_raw_values_and_shows_none_of_them() {
    let mut permit = permit(&["name"]);
    permit.manners = vec![Manner::Masked];
    permit.rows.division = Some("339921".into());
    let scope = BTreeMap::from([("division".to_owned(), Value::from("339921100"))]);
    let masked = FoundRow { values: BTreeMap::from([("name".to_owned(), "王**".into())]), scope };
    let outside = FoundRow { scope: BTreeMap::from([("division".to_owned(), Value::from("330106001"))]), ..masked.clone() };
    let rows = Found::Rows { rows: vec![outside, masked], next: Some("7".into()) };
    let search = Question::Search { filter: BTreeMap::new(), fields: vec!["name".into()], after: None, count: 10 };
    assert_eq!(shape(&service(), &search, &permit, rows).unwrap(), json!({"rows": [{"name": "王**"}], "next": "7"}));
}

proptest! {
    #[test]
    fn no_figure_under_the_limit_is_ever_told(counts in proptest::collection::vec(0_u64..40, 0..12)) {
        let by = Question::Aggregate { by: vec!["division".into()], filter: BTreeMap::new() };
        let groups = counts.iter().enumerate().map(|(place, count)| (vec![Value::from(place.to_string())], Some(*count))).collect();
        let shown = shape(&service(), &by, &permit(&["division"]), Found::Groups(groups)).unwrap();
        let groups = shown["groups"].as_array().unwrap();
        let told: Vec<u64> = groups.iter().filter_map(|group| group["count"].as_u64()).collect();
        prop_assert!(told.iter().all(|count| *count >= 10));
        let hidden = groups.len() - told.len();
        prop_assert!(hidden != 1 || groups.len() == 1, "one hidden figure follows from a total");
    }

    #[test]
    fn no_ungranted_field_is_ever_shown(
        asked in proptest::collection::btree_set("name|division|age", 1..4),
        granted in proptest::collection::btree_set("name|division|age", 0..4),
    ) {
        let fields: Vec<&str> = asked.iter().map(String::as_str).collect();
        let granted_list: Vec<&str> = granted.iter().map(String::as_str).collect();
        let rows = found(vec![row("王小明", "339921100", 40.into())]);
        let shown = shape(&service(), &read(&fields), &permit(&granted_list), rows).unwrap();
        let names: BTreeSet<String> = shown["rows"][0].as_object().unwrap().keys().cloned().collect();
        prop_assert!(names.is_subset(&granted) && names.is_subset(&asked));
    }
}
