//! Shared data over the API, on both databases.

use serde_json::{Value, json};

use crate::town::Town;

fn request(changed: &[(&str, Value)]) -> Value {
    let mut answers = json!({
        "resource": "101001/000001", "fields": "address,name", "manner": "yes-no", "method": "interface",
        "scene": "办理个体工商户设立登记时核对经营者", "basis": "市场主体登记管理条例 第十九条", "ground": "cases",
        "items": "geti-shangpu-dengji", "valid_until": "2027-03-01", "contact": "罗惠敏 0999-6000025",
    });
    for (name, value) in changed {
        answers[*name] = value.clone();
    }
    json!({ "answers": answers, "promised": true })
}

#[test]
fn an_organ_asks_is_granted_and_the_grant_is_governed_on_both_databases() {
    testkit::on_both(|database| asked_and_governed(&Town::on(database)));
}

fn asked_and_governed(town: &Town) {
    let (market, health, authority) = (town.staff("luohuimin"), town.staff("qiuminjie"), town.staff("chengsiyuan"));
    // Shared without condition: granted at once.
    let companies = request(&[
        ("resource", json!("102001/000001")),
        ("fields", json!("id_number,name")),
        ("manner", json!("full")),
        ("ground", json!("duty")),
        ("items", Value::Null),
        ("duty", json!("医疗机构校验核对举办单位")),
    ]);
    let mut companies = companies;
    companies["answers"].as_object_mut().unwrap().retain(|_, value| !value.is_null());
    let done = health.post("/api/v1/sharing/requests", &companies).is(201).json();
    assert_eq!(done["granted"], true);
    let have = health.get("/api/v1/sharing/grants").is(200).json();
    let grant = have["have"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!((have["have"][0]["state"].as_str(), have["gave"].as_array().map(Vec::len)), (Some("granted"), Some(0)));
    let path = format!("/api/v1/sharing/grants/{grant}");
    let proof = health.get(&path).is(200).json();
    assert_eq!(proof["holds"], true);
    assert_eq!(proof["verifiers"].as_array().map(Vec::len), Some(2));
    assert_eq!(market.get(&path).is(200).json()["grant"]["id"], grant.as_str(), "the provider sees the same");
    let stranger = town.staff("mengxiangyu");
    assert_eq!(stranger.get(&path).refused(), (404, "not-found".into()));
    // Misuse: the data authority suspends, with reasons; the user cannot resume.
    let reason = json!({ "reason": "抽查发现误用，数据安全法第三十八条" });
    assert_eq!(health.post(&format!("{path}/suspension"), &reason).refused(), (403, "not-permitted".into()));
    assert_eq!(authority.post(&format!("{path}/suspension"), &json!({ "reason": "" })).refused(), (422, "reason-missing".into()));
    authority.post(&format!("{path}/suspension"), &reason).is(204);
    assert_eq!(authority.post(&format!("{path}/suspension"), &reason).refused(), (409, "grant-not-in-state".into()));
    assert_eq!(health.get(&path).json()["grant"]["state"], "suspended");
    authority.post(&format!("{path}/resumption"), &reason).is(204);
    let head = town.staff("shenruohan");
    head.post(&format!("{path}/renunciation"), &json!({ "reason": "校验改为联网核对" })).is(204);
    assert_eq!(health.get(&path).json()["grant"]["state"], "withdrawn");
}

#[test]
fn what_can_never_be_shared_is_refused_when_it_is_asked_for() {
    let town = Town::new();
    let market = town.staff("luohuimin");
    let ask = |changed: &[(&str, Value)]| market.post("/api/v1/sharing/requests", &request(changed)).refused();
    assert_eq!(ask(&[("resource", json!("303026/000001")), ("fields", json!("reporter"))]), (422, "negative-listed".into()));
    assert_eq!(ask(&[("fields", json!("blood_type"))]), (422, "field-unknown".into()));
    assert_eq!(ask(&[("resource", json!("nothing"))]), (422, "resource-unknown".into()));
    assert_eq!(ask(&[("resource", json!("204001/000001")), ("fields", json!("holder"))]), (422, "own-resource".into()));
    let citizen = town.shopkeeper();
    assert_eq!(citizen.get("/api/v1/sharing/grants").refused(), (403, "not-permitted".into()));
    assert_eq!(citizen.post("/api/v1/sharing/requests", &request(&[])).refused(), (403, "not-permitted".into()));
}

#[test]
fn both_sides_see_a_request_and_everybody_the_lists() {
    let town = Town::new();
    let (market, police) = (town.staff("luohuimin"), town.staff("duanxiaofeng"));
    let number = market.post("/api/v1/sharing/requests", &request(&[])).is(201).json()["number"].clone();
    assert_eq!(market.get("/api/v1/sharing/requests").is(200).json()["ours"][0]["number"], number);
    assert_eq!(police.get("/api/v1/sharing/requests").is(200).json()["to_us"][0]["number"], number);
    let id = market.post("/api/v1/sharing/demands", &json!({ "title": "信用信息", "purpose": "信用监管" })).is(201).json()["id"].clone();
    let lists = police.get("/api/v1/sharing/lists").is(200).json();
    assert_eq!(lists["demands"][0]["id"], id);
    let negative: Vec<&str> = lists["negative"].as_array().unwrap().iter().filter_map(|one| one["code"].as_str()).collect();
    assert_eq!(negative, ["303022/000004", "303026/000001"]);
    assert!(lists["responsibilities"].as_array().unwrap().len() >= 8);
}
