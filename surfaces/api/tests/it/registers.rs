//! Base registers over the interface.

use serde_json::json;

use crate::town::Town;

const LIN: &str = "339921199005170241";
const POPULATION: &str = "/api/v1/registers/population";

fn reason() -> serde_json::Value {
    json!({ "purpose": "常住人口核对", "basis": "中华人民共和国户口登记条例 第三条" })
}

#[test]
fn the_owner_reads_searches_verifies_counts_follows_and_corrects() {
    let town = Town::new();
    let officer = town.staff("duanxiaofeng");
    let list = officer.get("/api/v1/registers").is(200).json();
    assert_eq!(list["registers"].as_array().unwrap().len(), 6);
    let register = officer.get(POPULATION).is(200).json();
    assert_eq!((register["subject"].as_str(), register["update_period"].as_i64()), (Some("id_number"), Some(2)));

    let body = json!({ "key": LIN, "fields": ["name", "id_number"], "reason": reason() });
    let masked = officer.post(&format!("{POPULATION}/readings"), &body).is(200).json();
    assert_eq!(masked["record"]["values"], json!({ "name": "林**", "id_number": "339921********0241" }));
    let body = json!({ "key": LIN, "fields": ["name"], "manner": "full", "reason": reason() });
    assert_eq!(officer.post(&format!("{POPULATION}/readings"), &body).is(200).json()["record"]["values"]["name"], "林晓禾");

    let body =
        json!({ "filters": [{ "field": "name", "is": "equal", "value": "林晓禾" }], "fields": ["division"], "manner": "full", "reason": reason() });
    let page = officer.post(&format!("{POPULATION}/searches"), &body).is(200).json();
    assert_eq!((page["records"][0]["key"].as_str(), page["next"].is_null()), (Some("***"), true));

    let body = json!({ "key": LIN, "stated": { "name": "林晓禾", "sex": "男" }, "reason": reason() });
    let verified = officer.post(&format!("{POPULATION}/verifications"), &body).is(200).json();
    assert_eq!(verified, json!({ "found": true, "matches": { "name": true, "sex": false }, "all_match": false }));

    let figures = officer.post(&format!("{POPULATION}/counts"), &json!({ "field": "sex", "reason": reason() })).is(200).json();
    assert!(figures["cells"].as_array().unwrap().iter().all(|cell| cell["count"].is_null()), "{figures}");

    let body = json!({ "key": LIN, "values": { "mobile": "13800000010" }, "reason": "当事人更换号码", "basis": "实名登记证明" });
    let done = officer.post(&format!("{POPULATION}/corrections"), &body).is(200).json();
    assert_eq!(done["fields"], json!(["mobile"]));
    let changes = officer.get(&format!("{POPULATION}/changes?after=0&count=100")).is(200).json();
    let last = changes["changes"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((last["cause"].as_str(), last["position"].clone(), last["key"].is_null()), (Some("corrected"), done["position"].clone(), true));
}

#[test]
fn others_are_refused_and_the_subject_sees_her_own() {
    let town = Town::new();
    let clerk = town.staff("suwanqing");
    let body = json!({ "key": LIN, "fields": ["name"], "reason": reason() });
    assert_eq!(clerk.post(&format!("{POPULATION}/readings"), &body).refused(), (403, "not-permitted".into()));
    let mut for_case = body.clone();
    for_case["reason"]["case"] = json!("no such case");
    assert_eq!(clerk.post(&format!("{POPULATION}/readings"), &for_case).refused(), (403, "case-not-open".into()));
    assert_eq!(clerk.get(&format!("{POPULATION}/changes")).refused(), (403, "not-permitted".into()));
    assert_eq!(clerk.post("/api/v1/registers/dreams/readings", &body).refused().0, 404);
    let officer = town.staff("duanxiaofeng");
    let mut nothing = body.clone();
    nothing["fields"] = json!([]);
    assert_eq!(officer.post(&format!("{POPULATION}/readings"), &nothing).refused(), (422, "fields-missing".into()));

    let lin = town.shopkeeper();
    assert_eq!(lin.get("/api/v1/registers").refused().0, 403);
    let own = lin.get("/api/v1/own-records").is(200).json();
    assert_eq!(own["registers"]["population"][0]["values"]["name"], "林晓禾");
    assert_eq!(town.anyone().get("/api/v1/own-records").refused().0, 401);
}

#[test]
fn the_owner_has_a_register_examined_and_everybody_of_staff_sees_its_scores() {
    let town = Town::new();
    let text = quality::SHIPPED[0].1.to_owned();
    town.world.execute(&runner::Actor::system(), quality::commands::DeclareRules { text });
    let (officer, clerk) = (town.staff("duanxiaofeng"), town.staff("suwanqing"));
    assert_eq!(clerk.get(&format!("{POPULATION}/quality")).is(200).json()["runs"], json!([]));
    assert_eq!(clerk.post(&format!("{POPULATION}/quality/runs"), &json!({})).refused(), (403, "not-permitted".into()));
    officer.post(&format!("{POPULATION}/quality/runs"), &json!({})).is(204);
    let handlers = quality::handlers(town.world.runner());
    let worker = jobs::Worker::new(town.world.store(), "test".into());
    town.world.run_jobs(&handlers.into_iter().fold(worker, |worker, (kind, handler)| worker.with(kind, handler)));
    let run = clerk.get(&format!("{POPULATION}/quality")).is(200).json()["runs"][0].clone();
    assert_eq!(run["dimensions"].as_array().unwrap().len(), 6, "{run}");
    assert!(run["score"].as_i64().unwrap() > 0 && run["rules"].as_array().unwrap().iter().all(|rule| rule["checked"].is_i64()), "{run}");
}
