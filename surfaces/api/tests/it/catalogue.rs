//! The catalogue over JSON.

use axum::http::Method;
use serde_json::{Value, json};

use crate::town::Town;

fn town() -> Town {
    let town = Town::new();
    ::town::catalogue::adopt(town.world.runner(), &town.basics, "2026-03-02".parse().unwrap()).unwrap();
    town
}

fn content() -> Value {
    json!({
        "class": "303013", "name": "广告发布登记信息", "summary": "广告发布登记情况。", "secrecy": "not-secret", "level": "department", "format": "database",
        "format_type": "mysql", "items": [{ "name": "dwmc", "title": "单位名称", "data_type": "text", "length_max": 200 }],
        "sharing": { "share_type": "unconditional", "condition": "无条件", "methods": ["interface"] },
        "opening": { "open_type": "closed", "condition": "" }, "period": "monthly", "domain": "",
        "storage": { "system": "", "place": "", "size_mib": null, "records": null, "records_shared": null, "records_opened": null, "system_items": null },
        "relations": { "source_code": null, "register": null, "procedures": [], "basis": [] }
    })
}

#[test]
fn the_catalogue_is_searched_with_facets() {
    let town = town();
    let clerk = town.staff("duxiaochuan");
    let page = clerk.get("/api/v1/catalogue?q=%E8%A1%8C%E6%94%BF%E5%A4%84%E7%BD%9A&page_size=1").is(200).json();
    assert_eq!((page["total"].as_i64(), page["resources"].as_array().unwrap().len()), (Some(2), 1));
    let next = page["next"].as_str().unwrap();
    let second = clerk.get(&format!("/api/v1/catalogue?q=%E8%A1%8C%E6%94%BF%E5%A4%84%E7%BD%9A&page_size=1&after={next}")).is(200).json();
    assert_ne!(page["resources"][0]["id"], second["resources"][0]["id"]);
    let facets = page["facets"].as_array().unwrap();
    assert!(facets.iter().any(|facet| facet["facet"] == "organ" && facet["values"].as_array().unwrap().len() == 2));
    assert_eq!(town.anyone().get("/api/v1/catalogue").status, 401);
    assert_eq!(town.shopkeeper().get("/api/v1/catalogue").refused().0, 403);
}

#[test]
fn a_resource_is_compiled_submitted_reviewed_and_changed() {
    let town = town();
    let (officer, reviewer, other) = (town.staff("luohuimin"), town.staff("kejiayi"), town.staff("duanxiaofeng"));
    let new = json!({ "organ": town.organ("market-supervision"), "content": content() });
    assert_eq!(other.post("/api/v1/catalogue", &new).refused(), (403, "not-permitted".into()));
    let id = officer.post("/api/v1/catalogue", &new).is(201).json()["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/catalogue/{id}");
    assert_eq!(other.get(&path).refused(), (404, "not-found".into()));
    for status in ["registered", "published"] {
        officer.post(&format!("{path}/submission"), &json!({})).is(200);
        assert_eq!(officer.post(&format!("{path}/review"), &json!({ "verdict": "approve" })).refused().0, 403);
        let answer = reviewer.post(&format!("{path}/review"), &json!({ "verdict": "approve" })).is(200);
        assert_eq!(answer.json()["status"], status);
    }
    let due = officer.post(&format!("{path}/update"), &json!({ "updated_on": "2026-03-02", "mounted": true })).is(200).json();
    assert_eq!(due["update_due_on"], "2026-04-02");
    let shown = officer.get(&path).is(200);
    assert_eq!(shown.json()["content"], {
        let mut content = content();
        content["items"][0]["personal"] = Value::Null;
        content["items"][0]["grade"] = Value::Null;
        content["items"][0]["mask"] = Value::Null;
        content
    });
    let mut changed = content();
    changed["name"] = json!("广告登记信息");
    let stale = officer.with("if-match", "\"1\"").send(Method::PUT, &path, &changed);
    assert_eq!(stale.refused().1, "stale-version");
    officer.with("if-match", shown.header("etag")).send(Method::PUT, &path, &changed).is(204);
    assert_eq!(other.get(&path).is(200).json()["content"]["name"], "广告发布登记信息", "others see what is published");
    let versions = officer.get(&format!("{path}/versions")).is(200).json()["versions"].as_array().unwrap().clone();
    let number = |nth: usize| versions[nth]["version"].as_i64().unwrap();
    let changes = officer.get(&format!("{path}/versions?from={}&to={}", number(1), number(0))).is(200).json();
    assert_eq!(changes["changes"][0]["after"]["zh"], "广告登记信息");
    officer.post(&format!("{path}/withdrawal"), &json!({ "reason": "系统停用。" })).is(204);
    assert_eq!(other.get(&path).refused().0, 404);
}

#[test]
fn unknown_values_are_refused_with_a_sentence() {
    let town = town();
    let officer = town.staff("luohuimin");
    let mut wrong = content();
    wrong["period"] = json!("sometimes");
    let new = json!({ "organ": town.organ("market-supervision"), "content": wrong });
    let refused = officer.post("/api/v1/catalogue", &new);
    assert_eq!(refused.refused(), (422, "content-invalid".into()));
}

#[test]
fn monitor_negative_list_and_figures_are_read() {
    let town = town();
    let clerk = town.staff("duxiaochuan");
    let monitor = clerk.get("/api/v1/catalogue/monitor").is(200).json();
    assert!(monitor["resources"].as_array().unwrap().iter().any(|one| one["freshness"] == "overdue"));
    let list = clerk.get("/api/v1/catalogue/negative-list").is(200).json();
    assert!(list["entries"].as_array().unwrap().iter().all(|entry| !entry["law"].as_str().unwrap().is_empty()));
    let figures = clerk.get("/api/v1/catalogue/figures").is(200).json();
    assert!(figures["organs"].as_array().unwrap().len() > 15 && figures["organs"][0]["rank"] == 1);
}
