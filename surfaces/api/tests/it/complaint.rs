//! A request from beginning to end: create, assign, resolve, find, rate, reopen.

use serde_json::{Value, json};

use crate::town::{Client, Town, shown};

/// Submits, and returns the address of the case.
pub fn submitted(client: &Client<'_>) -> String {
    let answer = client.post("/api/v1/cases", &client.town.complaint()).is(201);
    answer.header("location").to_owned()
}

fn open_task(client: &Client<'_>) -> Value {
    let page = client.get("/api/v1/tasks").is(200).json();
    page["tasks"][0].clone()
}

#[test]
fn a_request_is_created_assigned_resolved_and_found_on_both_databases() {
    testkit::on_both(|database| created_to_found(&Town::on(database)));
}

fn created_to_found(town: &Town) {
    let (citizen, dispatcher, handler) = (town.shopkeeper(), town.staff("zhongxiaolan"), town.staff("zhaotieshan"));

    let created = citizen.with("idempotency-key", "first").post("/api/v1/cases", &town.complaint()).is(201);
    insta::assert_snapshot!("cases__post__201", shown("POST", "/api/v1/cases", &created));
    let case = created.header("location").to_owned();

    let inbox = dispatcher.get("/api/v1/tasks?unclaimed=true").is(200);
    insta::assert_snapshot!("tasks__get__200", shown("GET", "/api/v1/tasks?unclaimed=true", &inbox));
    let task = inbox.json()["tasks"][0]["id"].as_str().unwrap().to_owned();
    let detail = dispatcher.get(&format!("/api/v1/tasks/{task}")).is(200);
    insta::assert_snapshot!("tasks__task__get__200", shown("GET", "/api/v1/tasks/{task}", &detail));

    let assignment = json!({ "outcome": "assigned", "fields": { "organ": town.organ("urban-management") } });
    let assigned = dispatcher.post(&format!("/api/v1/tasks/{task}/completion"), &assignment).is(200);
    insta::assert_snapshot!("tasks__task__completion__post__200", shown("POST", "/api/v1/tasks/{task}/completion", &assigned));

    let reply = json!({ "outcome": "resolved", "opinion": "已更换灯具，恢复照明。" });
    handler.post(&format!("{case}/completion"), &reply).is(200);

    let number = created.json()["number"].as_str().unwrap().to_owned();
    let found = handler.get(&format!("/api/v1/cases?number={number}")).is(200);
    insta::assert_snapshot!("cases__get__200", shown("GET", "/api/v1/cases?number=…", &found));
    let own = citizen.get("/api/v1/cases?status=closed").is(200).json();
    assert_eq!(own["cases"][0]["number"], number.as_str());
    assert_eq!(dispatcher.get("/api/v1/tasks/done").is(200).json()["tasks"][0]["number"], number.as_str());
}

#[test]
fn the_applicant_and_the_handlers_see_the_case_differently() {
    let town = Town::new();
    let (citizen, dispatcher) = (town.shopkeeper(), town.staff("zhongxiaolan"));
    let case = submitted(&citizen);

    let own = citizen.get(&case).is(200);
    insta::assert_snapshot!("cases__case__get__200__applicant", shown("GET", "/api/v1/cases/{case}", &own));
    let handled = dispatcher.get(&case).is(200);
    insta::assert_snapshot!("cases__case__get__200__handler", shown("GET", "/api/v1/cases/{case}", &handled));
    assert_eq!(own.header("etag"), handled.header("etag"));

    let timeline = citizen.get(&format!("{case}/timeline")).is(200).json();
    assert!(timeline["timeline"].as_array().unwrap().iter().all(|line| line.get("actor").is_none()));
    let picture = dispatcher.get(&format!("{case}/diagram")).is(200);
    assert_eq!(picture.header("content-type"), "image/svg+xml");
    assert!(picture.text().contains("flow-active"));

    // Others, and staff without a part in it, are told that there is nothing.
    let (stranger, uninvolved) = (town.person(::town::basics::people::FATHER), town.staff("xiongbin"));
    for client in [stranger, uninvolved] {
        for path in [case.clone(), format!("{case}/timeline"), format!("{case}/documents"), format!("{case}/receipts/case-submitted")] {
            assert_eq!(client.get(&path).refused(), (404, "not-found".into()), "{path}");
        }
    }
}

#[test]
fn a_task_is_claimed_given_back_and_refused_to_others() {
    let town = Town::new();
    let (citizen, first, second) = (town.shopkeeper(), town.staff("zhongxiaolan"), town.staff("baixuemei"));
    submitted(&citizen);
    let task = open_task(&first)["id"].as_str().unwrap().to_owned();

    first.post(&format!("/api/v1/tasks/{task}/claim"), &json!({})).is(200);
    assert_eq!(
        second.raw(axum::http::Method::POST, &format!("/api/v1/tasks/{task}/claim"), None, Vec::new()).refused(),
        (409, "task-claimed".into())
    );
    assert_eq!(first.get("/api/v1/tasks?mine=true").json()["tasks"].as_array().unwrap().len(), 1);
    first.delete(&format!("/api/v1/tasks/{task}/claim")).is(200);
    second.post(&format!("/api/v1/tasks/{task}/claim"), &json!({})).is(200);

    // A program that knows case and node needs no look-up.
    let address = format!("/api/v1/tasks/{}:assign", first.get(&format!("/api/v1/tasks/{task}")).is(200).json()["case"].as_str().unwrap());
    assert_eq!(second.get(&address).is(200).json()["id"], task.as_str());
    assert_eq!(first.get(&address.replace(":assign", ":nowhere")).refused(), (404, "not-found".into()));
    assert_eq!(first.post(&format!("{address}/claim"), &json!({})).refused(), (409, "task-claimed".into()));

    let unknown = second.post(&format!("/api/v1/tasks/{task}/completion"), &json!({ "outcome": "approved" }));
    assert_eq!(unknown.refused(), (422, "outcome-unknown".into()));
    let nowhere = json!({ "outcome": "assigned", "fields": { "organ": "organ_x" } });
    assert_eq!(second.post(&format!("/api/v1/tasks/{task}/completion"), &nowhere).refused(), (422, "organ-unknown".into()));
}

#[test]
fn a_closed_case_is_rated_reopened_and_no_longer_withdrawn() {
    let town = Town::new();
    let (citizen, dispatcher, handler) = (town.shopkeeper(), town.staff("zhongxiaolan"), town.staff("zhaotieshan"));
    let case = submitted(&citizen);
    assert_eq!(citizen.post(&format!("{case}/rating"), &json!({ "level": "satisfied" })).refused(), (409, "not-rateable".into()));
    let assignment = json!({ "outcome": "assigned", "fields": { "organ": town.organ("urban-management") } });
    dispatcher.post(&format!("{case}/completion"), &assignment).is(200);
    assert_eq!(dispatcher.post(&format!("{case}/completion"), &assignment).refused(), (409, "task-not-open".into()));
    handler.post(&format!("{case}/completion"), &json!({ "outcome": "resolved", "opinion": "已处理。" })).is(200);

    assert_eq!(citizen.post(&format!("{case}/withdrawal"), &json!({})).refused(), (409, "not-withdrawable".into()));
    let wrong_tag = json!({ "level": "satisfied", "tags": [108] });
    assert_eq!(citizen.post(&format!("{case}/rating"), &wrong_tag).refused(), (422, "tag-unfit".into()));
    let rated = citizen.post(&format!("{case}/rating"), &json!({ "level": "very-dissatisfied", "tags": [108], "comment": "没有修好" })).is(201);
    assert!(rated.json()["recorded"].as_array().unwrap().iter().all(|entry| case.ends_with(entry["stream"].as_str().unwrap())), "{}", rated.text());
    assert_eq!(citizen.post(&format!("{case}/rating"), &json!({ "level": "satisfied" })).refused(), (409, "already-rated".into()));
    citizen.post(&format!("{case}/reopening"), &json!({ "reason": "两天后又不亮了" })).is(200);
    let detail = citizen.get(&case).is(200).json();
    assert_eq!(
        (detail["status"].as_str(), detail["reopened"].as_bool(), detail["rating"]["stars"].as_i64()),
        (Some("accepted"), Some(true), Some(1))
    );
}

#[test]
fn a_request_before_its_answer_is_withdrawn() {
    let town = Town::new();
    let citizen = town.shopkeeper();
    let case = submitted(&citizen);
    let withdrawn = citizen.post(&format!("{case}/withdrawal"), &json!({})).is(200);
    insta::assert_snapshot!("cases__case__withdrawal__post__200", shown("POST", "/api/v1/cases/{case}/withdrawal", &withdrawn));
    assert_eq!(citizen.get(&case).json()["outcome"], "withdrawn");
    assert_eq!(
        citizen.get("/api/v1/messages").is(200).json()["unread"],
        citizen.get("/api/v1/messages").json()["messages"].as_array().unwrap().len()
    );
}
