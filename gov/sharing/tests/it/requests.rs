//! A request as a case, from both sides.

use cases::commands::{CompleteTask, SubmitCase};
use cases::{CaseStatus, Outcome};
use runner::Actor;
use seal::FieldKeys;
use serde_json::{Map, Value, json};
use sharing::{GrantState, REQUEST_ITEM, queries};
use testkit::on_both;

use crate::world::{County, POPULATION, SHOPS, names};

fn answers(changed: &[(&str, Value)]) -> Map<String, Value> {
    let base = json!({
        "resource": POPULATION, "fields": "address,name", "manner": "yes-no", "method": "interface",
        "scene": "办理个体工商户设立登记时核对经营者", "basis": "市场主体登记管理条例 第十九条", "ground": "cases", "items": SHOPS,
        "valid_until": "2027-03-01", "contact": "苏婉清 0999-6000025",
    });
    let Value::Object(mut answers) = base else { panic!("an object") };
    answers.extend(changed.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    answers
}

fn submit(changed: &[(&str, Value)]) -> SubmitCase {
    SubmitCase { slug: REQUEST_ITEM.into(), answers: answers(changed), promised: true, ..SubmitCase::default() }
}

fn complete(case: &str, node: &str, outcome: &str, fields: Value) -> CompleteTask {
    let Value::Object(fields) = fields else { panic!("an object") };
    CompleteTask { task: format!("{case}:{node}"), outcome: outcome.into(), opinion: "同意".into(), fields, seen: None }
}

#[test]
fn a_request_is_the_organs_and_its_grant_comes_in_the_transaction_of_the_decision() {
    on_both(|database| {
        let county = County::on(database);
        let clerk = county.for_organ("market-supervision");
        let case = county.world.execute(&clerk, submit(&[])).outcome.case;
        let keys = county.world.runner().service::<FieldKeys>().unwrap();
        let own = tracker::own(&clerk, county.organ("market-supervision")).unwrap();
        let file = county.world.store().read(|tx| cases::queries::case_view(tx, &keys, &case, &own)).unwrap().unwrap().file;
        assert_eq!(file.organ, county.organ("public-security"), "the provider answers");
        assert_eq!((file.applicant.kind.as_str(), file.applicant.party.as_str()), ("organ", county.organ("market-supervision")));
        assert_eq!((file.channel.as_str(), file.agent.as_deref()), ("web", Some(clerk.account.as_str())));
        county.world.read(|tx| {
            let ours = queries::requests_of_grantee(tx, county.organ("market-supervision"), 10)?;
            assert_eq!(ours, queries::requests_of_provider(tx, county.organ("public-security"), 10)?);
            assert_eq!(ours.first().unwrap().terms.fields, names(&["address", "name"]));
            Ok(())
        });
        county.world.execute(&county.staff("data-resources", "sharing"), complete(&case, "accept", "accepted", json!({})));
        county.world.execute(&county.staff("public-security", "head"), complete(&case, "review", "approved", json!({})));
        let grant = county.world.read(|tx| queries::grant_of_case(tx, &case)).expect("a grant");
        assert_eq!((grant.state, grant.terms.valid_until.to_string().as_str()), (GrantState::Granted, "2027-03-01"));
        assert!(county.call(&["name"], Some((SHOPS, true))).is_ok());
        let file = county.world.store().read(|tx| cases::queries::case_view(tx, &keys, &case, &own)).unwrap().unwrap().file;
        assert_eq!((file.status, file.outcome), (CaseStatus::Closed, Some(Outcome::Approved)));
    });
}

#[test]
fn the_provider_may_agree_to_less_but_not_to_more() {
    on_both(|database| {
        let county = County::on(database);
        let case = county.world.execute(&county.for_organ("market-supervision"), submit(&[])).outcome.case;
        county.world.execute(&county.staff("data-resources", "sharing"), complete(&case, "accept", "accepted", json!({})));
        let head = county.staff("public-security", "head");
        let more = complete(&case, "review", "approved", json!({ "granted_fields": "name,id_number" }));
        assert_eq!(county.world.refuse(&head, more).code, "field-unknown");
        assert_eq!(county.world.read(|tx| queries::grant_of_case(tx, &case)), None, "a refused decision grants nothing");
        county.world.execute(&head, complete(&case, "review", "approved", json!({ "granted_fields": "name" })));
        assert_eq!(county.world.read(|tx| queries::grant_of_case(tx, &case)).unwrap().terms.fields, names(&["name"]));
        assert_eq!(county.call(&["address"], Some((SHOPS, true))), Err("field-not-granted".into()));
    });
}

#[test]
fn what_can_never_be_granted_does_not_become_a_case() {
    on_both(|database| {
        let county = County::on(database);
        let clerk = county.for_organ("market-supervision");
        let check = |changed: &[(&str, Value)], code: &str, basis: &str| {
            let refusal = county.world.refuse(&clerk, submit(changed));
            assert_eq!(refusal.code, code);
            assert!(basis.is_empty() || refusal.basis == basis, "{}", refusal.basis);
        };
        check(&[("resource", json!("339921-nothing"))], "resource-unknown", "");
        check(&[("resource", json!("303022/000004")), ("fields", json!("amount"))], "negative-listed", "税收征收管理法 第八条第二款");
        check(&[("resource", json!("204001/000001")), ("fields", json!("holder"))], "own-resource", "");
        check(&[("fields", json!("blood_type"))], "field-unknown", "");
        check(&[("method", json!("file"))], "method-not-offered", "");
        check(&[("items", json!("no-such-item"))], "item-unknown", "");
        check(&[("valid_until", json!("2026-01-01"))], "period-unfit", "");
        check(&[("valid_until", json!("2099-01-01"))], "period-unfit", "");
        assert_eq!(county.world.read(|tx| queries::requests(tx, 10)), []);
    });
}

#[test]
fn nobody_asks_for_an_organ_one_does_not_belong_to() {
    on_both(|database| {
        let county = County::on(database);
        let stranger = Actor { on_behalf: Some(county.organ("market-supervision").into()), ..county.staff("health", "handler") };
        assert_eq!(county.world.refuse(&stranger, submit(&[])).code, "not-permitted");
        // A counter clerk of the data authority files for people, not for other organs.
        let counter = Actor { on_behalf: Some(county.organ("market-supervision").into()), ..county.staff("data-resources", "window") };
        assert_eq!(county.world.refuse(&counter, submit(&[])).code, "not-permitted");
        let nobody = county.staff("market-supervision", "handler");
        assert_eq!(county.world.refuse(&nobody, submit(&[])).code, "not-permitted");
        let person = Actor { party: Some("person_1".into()), assurance: 3, ..Actor::bare("account_1", runner::ActorKind::Person) };
        assert!(county.world.try_execute(&person, submit(&[])).is_err());
    });
}

#[test]
fn an_organ_is_no_applicant_for_what_people_apply_for() {
    on_both(|database| {
        let county = County::on(database);
        let clerk = county.for_organ("market-supervision");
        let submit = SubmitCase { slug: "gaoling-jintie".into(), promised: true, ..SubmitCase::default() };
        assert_eq!(county.world.refuse(&clerk, submit).code, "audience-unfit");
    });
}
