//! Bad requests are told apart, in the language of the request, and nothing is done twice.

use axum::http::Method;
use serde_json::json;

use crate::complaint::submitted;
use crate::town::{Town, shown};

#[test]
fn requests_that_do_not_fit_are_pointed_at() {
    let town = Town::new();
    let citizen = town.shopkeeper();
    let json_kind = Some("application/json");
    let post = |kind: Option<&str>, body: &str| citizen.raw(Method::POST, "/api/v1/cases", kind, body.as_bytes().to_vec());

    for (answer, status, code) in [
        (post(None, "{}"), 415, "content-type-wrong"),
        (post(Some("text/plain"), "{}"), 415, "content-type-wrong"),
        (post(json_kind, ""), 400, "json-broken"),
        (post(json_kind, "{\"slug\":"), 400, "json-broken"),
        (post(json_kind, "[1]"), 422, "json-unfit"),
        (post(json_kind, &format!("{{\"slug\":\"{}\"}}", "x".repeat(600_000))), 413, "body-too-large"),
        (post(json_kind, "{\"slug\":\"no-such-item\"}"), 422, "item-unavailable"),
        (citizen.with("idempotency-key", "").post("/api/v1/cases", &town.complaint()), 400, "idempotency-key-unfit"),
        (citizen.with("if-match", "three").post("/api/v1/cases/case_x/withdrawal", &json!({})), 400, "if-match-unfit"),
        (citizen.get("/api/v1/cases?statsu=closed"), 422, "query-unfit"),
        (citizen.get("/api/v1/cases?status=lost"), 422, "query-unfit"),
        (citizen.get("/api/v1/cases?page_size=many"), 422, "query-unfit"),
        (citizen.get("/api/v1/nothing"), 404, "not-found"),
        (citizen.get("/api/v1/cases/case_x"), 404, "not-found"),
        (citizen.get("/api/v1/tasks/task_x"), 404, "not-found"),
        (citizen.delete("/api/v1/cases"), 405, "method-not-allowed"),
    ] {
        assert_eq!(answer.refused(), (status, code.to_owned()), "{}", answer.text());
    }

    let unknown_key = post(json_kind, r#"{"slug":"12345-suqiu","anwsers":{}}"#);
    insta::assert_snapshot!("cases__post__422__unknown_key", shown("POST", "/api/v1/cases", &unknown_key));
    let deep = citizen.post("/api/v1/tasks/x/correction-request", &json!({ "items": [{ "says": "x" }, { "says": "x", "todo": 1 }] }));
    assert_eq!(deep.json()["fields"][0]["pointer"], "#/items/1/todo");
    let query = citizen.get("/api/v1/cases?statsu=closed");
    insta::assert_snapshot!("cases__get__422__query", shown("GET", "/api/v1/cases?statsu=closed", &query));
    let refused = citizen.delete("/api/v1/cases");
    assert!(["GET", "HEAD", "POST"].iter().all(|method| refused.header("allow").contains(method)));
}

#[test]
fn answers_that_do_not_fit_are_named_field_by_field_in_both_languages() {
    let town = Town::new();
    let citizen = town.shopkeeper();
    let mut complaint = town.complaint();
    complaint["answers"]["contact_mobile"] = json!("123");
    complaint["answers"].as_object_mut().unwrap().remove("title");
    let refused = citizen.post("/api/v1/cases", &complaint);
    insta::assert_snapshot!("cases__post__422__answers__zh", shown("POST", "/api/v1/cases", &refused));
    let refused = citizen.in_english().post("/api/v1/cases", &complaint);
    insta::assert_snapshot!("cases__post__422__answers__en", shown("POST", "/api/v1/cases", &refused));
}

#[test]
fn a_repeated_request_gets_the_first_answer_and_another_one_under_its_key_is_refused() {
    let town = Town::new();
    let citizen = town.shopkeeper().with("idempotency-key", "key-1");
    let first = citizen.post("/api/v1/cases", &town.complaint()).is(201);
    let second = citizen.post("/api/v1/cases", &town.complaint()).is(201);
    assert_eq!(first.json(), second.json());
    assert_eq!(first.header("location"), second.header("location"));
    assert_eq!(citizen.get("/api/v1/cases").json()["cases"].as_array().unwrap().len(), 1);
    let mut other = town.complaint();
    other["answers"]["title"] = json!("另外一件事情");
    let refused = citizen.post("/api/v1/cases", &other);
    insta::assert_snapshot!("cases__post__409__key_reused", shown("POST", "/api/v1/cases", &refused));
}

#[test]
fn a_change_on_top_of_an_old_version_is_refused() {
    let town = Town::new();
    let (citizen, dispatcher) = (town.shopkeeper(), town.staff("zhongxiaolan"));
    let case = submitted(&citizen);
    let seen = citizen.get(&case).header("etag").to_owned();
    let task = dispatcher.get("/api/v1/tasks").json()["tasks"][0]["id"].as_str().unwrap().to_owned();
    dispatcher.post(&format!("/api/v1/tasks/{task}/claim"), &json!({})).is(200);

    let stale = citizen.with("if-match", &seen).post(&format!("{case}/withdrawal"), &json!({}));
    insta::assert_snapshot!("cases__case__withdrawal__post__412", shown("POST", "/api/v1/cases/{case}/withdrawal", &stale));
    let assignment = json!({ "outcome": "assigned", "fields": { "organ": town.organ("urban-management") }, "seen": 1 });
    assert_eq!(dispatcher.post(&format!("/api/v1/tasks/{task}/completion"), &assignment).refused(), (409, "stale-version".into()));

    let now = citizen.get(&case).header("etag").to_owned();
    citizen.with("if-match", &now).post(&format!("{case}/withdrawal"), &json!({})).is(200);
}

#[test]
fn what_the_router_answers_is_a_problem_too() {
    let town = Town::new();
    let anyone = town.anyone();
    let missing = anyone.get("/api/v1/nothing/at/all");
    insta::assert_snapshot!("nothing__get__404", shown("GET", "/api/v1/nothing/at/all", &missing));
    let method = anyone.in_english().delete("/api/v1/items");
    insta::assert_snapshot!("items__delete__405__en", shown("DELETE", "/api/v1/items", &method));
    assert_eq!(anyone.get("/api/v1/items/%ff").refused(), (404, "not-found".into()));
}
