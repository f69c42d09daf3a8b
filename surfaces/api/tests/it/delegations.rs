//! Acting for others.

use ::town::basics::people::{DAUGHTER, FATHER};
use axum::http::Method;
use serde_json::{Value, json};

use crate::town::{Town, shown};

fn grant(items: Value) -> Value {
    json!({
        "agent": { "name": "周敏", "identity_number": DAUGHTER }, "kind": "child", "items": items,
        "valid_from": "2026-03-02", "valid_until": "2027-03-01",
    })
}

#[test]
fn a_daughter_acts_for_her_father_once_she_agreed_and_only_in_what_was_granted() {
    let town = Town::new();
    let (father, daughter) = (town.person(FATHER), town.person(DAUGHTER));
    let created = father.post("/api/v1/delegations", &grant(json!(["gaoling-jintie"]))).is(201);
    let id = created.json()["id"].as_str().unwrap().to_owned();
    let party = father.get("/api/v1/session").json()["party"].clone();
    let act_for = |party: &Value| daughter.send(Method::PUT, "/api/v1/session/acting-for", &json!({ "party": party }));
    assert_eq!(act_for(&party).refused(), (403, "not-authorised-to-act".into()));

    daughter.post(&format!("/api/v1/delegations/{id}/acceptance"), &json!({})).is(204);
    assert_eq!(daughter.post(&format!("/api/v1/delegations/{id}/acceptance"), &json!({})).refused(), (409, "delegation-not-open".into()));
    let list = daughter.get("/api/v1/delegations").is(200);
    insta::assert_snapshot!("delegations__get__200", shown("GET", "/api/v1/delegations", &list));
    act_for(&party).is(204);
    assert_eq!(daughter.get("/api/v1/session").json()["acting_for"], party);

    daughter.post("/api/v1/drafts", &json!({ "slug": "gaoling-jintie" })).is(201);
    let outside = daughter.post("/api/v1/drafts", &json!({ "slug": "12345-suqiu" }));
    assert_eq!(outside.refused(), (403, "not-permitted".into()));
    assert_eq!(daughter.get("/api/v1/messages").refused(), (403, "not-permitted".into()));

    father.post(&format!("/api/v1/delegations/{id}/revocation"), &json!({ "reason": "自己办理" })).is(204);
    assert_eq!(daughter.post("/api/v1/drafts", &json!({ "slug": "gaoling-jintie" })).refused(), (403, "not-permitted".into()));
    act_for(&Value::Null).is(204);
}

#[test]
fn who_knows_only_half_learns_nothing() {
    let town = Town::new();
    let (father, daughter) = (town.person(FATHER), town.person(DAUGHTER));
    let mut wrong_name = grant(Value::Null);
    wrong_name["agent"]["name"] = json!("周聪");
    let mut wrong_number = grant(Value::Null);
    wrong_number["agent"]["identity_number"] = json!("339921199001010010");
    let (one, two) = (father.post("/api/v1/delegations", &wrong_name), father.post("/api/v1/delegations", &wrong_number));
    insta::assert_snapshot!("delegations__post__422__agent", shown("POST", "/api/v1/delegations", &one));
    assert_eq!((one.refused(), one.json()["title"].clone()), (two.refused(), two.json()["title"].clone()));

    let id = father.post("/api/v1/delegations", &grant(Value::Null)).is(201).json()["id"].as_str().unwrap().to_owned();
    assert_eq!(father.post("/api/v1/delegations", &grant(Value::Null)).refused(), (409, "delegation-exists".into()));
    assert_eq!(town.shopkeeper().post(&format!("/api/v1/delegations/{id}/acceptance"), &json!({})).refused().0, 403);
    daughter.post(&format!("/api/v1/delegations/{id}/refusal"), &json!({})).is(204);
    assert_eq!(daughter.post("/api/v1/delegations/delegation_x/refusal", &json!({})).refused(), (404, "not-found".into()));
    assert_eq!(father.get("/api/v1/delegations").json()["granted"][0]["state"], "declined");
}
