//! R3: drafts are filled in with what government holds, with its source; what the package fixes stays as the register has it.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use ::town::basics::people::{DAUGHTER, FATHER};
use axum::http::Method;
use ids::SeededEntropy;
use procedure::{Files, Library, PublishPackage};
use runner::Actor;
use seal::PrivateKey;
use serde_json::{Map, Value, json};
use sources::{Source, SourceError};

use crate::town::{Answer, Client, Town};

const SHOP: &str = "geti-shangpu-dengji";
const HELD: &str = "云溪县城关镇和平路12号";

/// A draft for which nothing was sent but the name of the item; its address.
fn started(client: &Client<'_>, slug: &str) -> String {
    client.post("/api/v1/drafts", &json!({ "slug": slug })).is(201).header("location").to_owned()
}

fn given(draft: &Value, field: &str) -> Value {
    let given = draft["given"].as_array().unwrap().iter().find(|one| one["field"] == field);
    given.unwrap_or_else(|| panic!("{field}: {draft:#}")).clone()
}

fn needed(draft: &Value, material: &str) -> Value {
    draft["needed"].as_array().unwrap().iter().find(|one| one["id"] == material).unwrap().clone()
}

fn saved(client: &Client<'_>, draft: &str, answers: &Value) -> Answer {
    client.send(Method::PATCH, draft, &json!({ "answers": answers })).is(200)
}

/// The shop's package, published anew: its address is fixed, and a certificate stands in for the lease.
fn publish_stricter(town: &Town) {
    publish_changed(
        town,
        &[
            ("form.json", "\"x-prefill\": \"population.address\"", "\"x-prefill\": \"population.address\", \"x-prefill-fixed\": true"),
            ("item.toml", "id = \"premises_lease\"", "id = \"premises_lease\"\nwaived_by = \"certificate:food-permit\""),
        ],
    );
}

/// The shop's package, published anew with other words in some files.
fn publish_changed(town: &Town, changes: &[(&str, &str, &str)]) {
    let key = PrivateKey::generate(seal::Algorithm::Sm2, &mut SeededEntropy::new(5)).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages").join(SHOP);
    let mut files = Files::read_dir(&folder).unwrap();
    for (path, before, after) in changes {
        let text = files.text(path).unwrap().to_owned();
        assert!(text.contains(before), "{before}");
        files.put(*path, text.replace(before, after));
    }
    let signature = procedure::sign(&files.hash(), "test", &key).unwrap();
    let command = PublishPackage { files: Arc::new(files), signature, valid_from: "2026-03-02".parse().unwrap() };
    town.world.execute(&Actor::system(), command);
    let library = town.world.runner().service::<Library>().unwrap();
    town.world.store().read(|tx| library.refresh(tx)).unwrap();
}

#[test]
fn a_draft_begins_with_what_registers_hold_and_says_where() {
    let town = Town::new();
    let citizen = town.shopkeeper();
    let path = started(&citizen, SHOP);
    let draft = citizen.get(&path).is(200).json();
    assert_eq!((&draft["answers"]["operator_name"], &draft["answers"]["operator_address"]), (&json!("林晓禾"), &json!(HELD)));
    let name = given(&draft, "operator_name");
    assert_eq!((&name["value"], &name["agrees"], &name["fixed"]), (&json!("林晓禾"), &json!(true), &json!(false)));
    let source = &name["source"];
    assert_eq!((&source["register"], &source["title"]["zh"]), (&json!("population"), &json!("人口基础信息库")));
    assert_eq!((&source["keeper"]["zh"], &source["recorded_on"], &source["version"]), (&json!("云溪县公安局"), &json!("2026-03-02"), &json!(1)));
    assert_eq!(source["sm3"].as_str().unwrap().len(), 64);
    // What the account itself knows is given, and not called a register's.
    let mobile = given(&draft, "operator_mobile");
    assert_eq!((&mobile["value"], mobile.get("source")), (&json!("13800000001"), None));
    let identity = needed(&draft, "operator_identity");
    assert_eq!((&identity["waived"], &identity["must_upload"], &identity["source"]), (&json!(true), &json!(false), source));
    assert_eq!(needed(&draft, "premises_lease").get("source"), None);

    saved(&citizen, &path, &json!({ "operator_address": "云溪县溪口街道滨溪路99号" }));
    let draft = citizen.get(&path).is(200).json();
    let address = given(&draft, "operator_address");
    assert_eq!((&address["value"], &address["agrees"]), (&json!(HELD), &json!(false)), "what differs is kept, and what is held stays visible");
    assert_eq!(draft["answers"]["operator_address"], "云溪县溪口街道滨溪路99号");
}

#[test]
fn answers_of_the_request_come_before_what_is_filled_in() {
    let town = Town::new();
    let citizen = town.shopkeeper();
    let new = json!({ "slug": SHOP, "answers": { "operator_mobile": "13900000000" } });
    let path = citizen.post("/api/v1/drafts", &new).is(201).header("location").to_owned();
    let draft = citizen.get(&path).is(200).json();
    assert_eq!((&draft["answers"]["operator_mobile"], &draft["answers"]["operator_name"]), (&json!("13900000000"), &json!("林晓禾")));
    assert_eq!(given(&draft, "operator_mobile")["agrees"], false);
}

#[test]
fn what_the_package_fixes_is_said_before_it_is_refused() {
    let town = Town::new();
    publish_stricter(&town);
    let citizen = town.shopkeeper();
    let script = town.script(SHOP, "ordinary");
    let new = json!({ "slug": SHOP, "situation": script.situation, "answers": script.answers });
    let path = citizen.post("/api/v1/drafts", &new).is(201).header("location").to_owned();
    saved(&citizen, &path, &json!({ "operator_address": "云溪县溪口街道滨溪路99号" }));
    let draft = citizen.get(&path).is(200).json();
    assert_eq!(given(&draft, "operator_address")["fixed"], true);
    assert_eq!((&draft["problems"][0]["field"], &draft["problems"][0]["code"]), (&json!("operator_address"), &json!("fixed")), "{draft:#}");
    assert_eq!(draft["problems"].as_array().unwrap().len(), 1);
    // The package lets a certificate stand in for the lease, but there is none.
    let lease = needed(&draft, "premises_lease");
    assert_eq!((&lease["waived"], &lease["must_upload"]), (&json!(false), &json!(true)));
    let id = path.rsplit('/').next().unwrap();
    let refused = citizen.post("/api/v1/cases", &json!({ "draft": id, "promised": true }));
    assert_eq!(refused.refused(), (422, "answers-invalid".into()));
    assert!(refused.text().contains("operator_address"), "{}", refused.text());
    saved(&citizen, &path, &json!({ "operator_address": HELD }));
    assert_eq!(citizen.get(&path).is(200).json()["problems"], json!([]));
    crate::uploads::form(&citizen, &format!("{path}/materials"), "premises_lease", "lease.png", crate::uploads::PNG).is(201);
    citizen.post("/api/v1/cases", &json!({ "draft": id, "promised": true })).is(201);
}

#[test]
fn what_is_held_about_somebody_is_shown_while_one_acts_for_her() {
    let town = Town::new();
    let (father, daughter) = (town.person(FATHER), town.person(DAUGHTER));
    let grant = json!({
        "agent": { "name": "周敏", "identity_number": DAUGHTER }, "kind": "child", "items": ["gaoling-jintie"],
        "valid_from": "2026-03-02", "valid_until": "2027-03-01",
    });
    let id = father.post("/api/v1/delegations", &grant).is(201).json()["id"].as_str().unwrap().to_owned();
    daughter.post(&format!("/api/v1/delegations/{id}/acceptance"), &json!({})).is(204);
    let party = father.get("/api/v1/session").json()["party"].clone();
    let act_for = |party: &Value| daughter.send(Method::PUT, "/api/v1/session/acting-for", &json!({ "party": party })).is(204);
    act_for(&party);
    let path = started(&daughter, "gaoling-jintie");
    let draft = daughter.get(&path).is(200).json();
    assert_eq!((&draft["answers"]["name"], &given(&draft, "name")["source"]["register"]), (&json!("周德全"), &json!("population")));
    act_for(&Value::Null);
    let draft = daughter.get(&path).is(200).json();
    assert_eq!(draft["given"], json!([]), "she acts for herself now");
}

/// An office elsewhere that keeps who lives where, and does not always answer.
#[derive(Clone)]
struct Residences {
    address: Arc<Mutex<Option<&'static str>>>,
    asked: Arc<AtomicUsize>,
}

impl Source for Residences {
    fn by_key(&self, key: &[(&str, &str)]) -> Result<Vec<Map<String, Value>>, SourceError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let address = self.address.lock().unwrap().ok_or(SourceError::Unexpected { place: "residences".into(), what: "nothing" })?;
        let row = json!({ "id_number": key[0].1, "address": address });
        Ok(vec![row.as_object().unwrap().clone()])
    }
}

const RESIDENCES: &str = r#"
slug = "residences"
title = { zh = "居住登记库", en = "Register of residences" }
summary = { zh = "居住登记，由市级系统保存。", en = "Who lives where, kept by the city." }
owner_duty = "public-security"
basis = "居住证暂行条例 第八条"
key = ["id_number"]
subject = "id_number"
update_period = "daily"
origin = { kind = "asked", connection = "residences" }

[[fields]]
name = "id_number"
title = { zh = "公民身份号码", en = "Identity number" }
kind = "identity-number"
personal = true
sensitive = true
grade = "general-3"
required = true

[[fields]]
name = "address"
title = { zh = "居住地址", en = "Residence" }
kind = "text"
personal = true
grade = "general-2"
"#;

#[test]
fn what_an_office_elsewhere_holds_is_asked_live_filled_in_and_looked_at_again_when_it_is_handed_in() {
    testkit::on_both(|database| {
        let elsewhere = Residences { address: Arc::new(Mutex::new(Some(HELD))), asked: Arc::default() };
        let connections = registers::Connections::default().with("residences", Box::new(elsewhere.clone()));
        let town = Town::connected(database, connections, |_| ());
        let declare = registers::DeclareRegister { text: RESIDENCES.into(), division: "339921".into() };
        town.world.execute(&Actor::system(), declare);
        let fixed = "\"x-prefill\": \"residences.address\", \"x-prefill-fixed\": true";
        publish_changed(&town, &[("form.json", "\"x-prefill\": \"population.address\"", fixed)]);
        let citizen = town.shopkeeper();
        let script = town.script(SHOP, "ordinary");
        let mut answers = script.answers;
        answers.remove("operator_address");
        let new = json!({ "slug": SHOP, "situation": script.situation, "answers": answers });
        let path = citizen.post("/api/v1/drafts", &new).is(201).header("location").to_owned();
        let address = given(&citizen.get(&path).is(200).json(), "operator_address");
        assert_eq!((&address["value"], &address["fixed"], &address["agrees"]), (&json!(HELD), &json!(true), &json!(true)));
        let source = &address["source"];
        assert_eq!((&source["register"], &source["title"]["zh"]), (&json!("residences"), &json!("居住登记库")));
        assert_eq!((&source["keeper"]["zh"], &source["recorded_on"]), (&json!("云溪县公安局"), &json!("2026-03-02")));
        assert_eq!(elsewhere.asked.load(Ordering::Relaxed), 1);
        crate::uploads::form(&citizen, &format!("{path}/materials"), "premises_lease", "lease.png", crate::uploads::PNG).is(201);

        // Twenty minutes later she has moved: what she hands in is held against what the office says then.
        town.world.move_to("2026-03-02T09:20");
        *elsewhere.address.lock().unwrap() = Some("云溪县溪口街道滨溪路99号");
        let draft = path.rsplit('/').next().unwrap();
        let hand_in = || citizen.post("/api/v1/cases", &json!({ "draft": draft, "promised": true }));
        assert_eq!(hand_in().refused(), (422, "answers-invalid".into()));
        // An office that does not answer keeps nobody from applying, nor does it make what it said before worth less.
        town.world.move_to("2026-03-02T09:40");
        *elsewhere.address.lock().unwrap() = None;
        assert_eq!(hand_in().refused(), (422, "answers-invalid".into()));
        saved(&citizen, &path, &json!({ "operator_address": "云溪县溪口街道滨溪路99号" }));
        let case = hand_in().is(201).json()["id"].as_str().unwrap().to_owned();
        assert_eq!(elsewhere.asked.load(Ordering::Relaxed), 4);
        let facts =
            town.world.read(|tx| tx.query("select register, field from case_fact where case_id = $1 and place = 'operator_address'", &[&case]));
        let facts: Vec<(String, String)> = facts.iter().map(|row| (row.get(0).unwrap(), row.get(1).unwrap())).collect();
        assert_eq!(facts, [("residences".to_owned(), "address".to_owned())]);
    });
}
