//! Who may: tokens, cookies, passwords, roles.

use axum::http::Method;
use gate::testing::Browser;
use serde_json::json;
use testkit::TestDatabase;
use trust::{AccountKind, Role};

use crate::town::{FIRST_PASSWORD, PASSWORD, Town, shown};

#[test]
fn a_token_is_got_used_and_given_back() {
    let town = Town::new();
    let citizen = town.shopkeeper();
    let who = citizen.get("/api/v1/session").is(200);
    insta::assert_snapshot!("session__get__200", shown("GET", "/api/v1/session", &who));
    citizen.delete("/api/v1/session").is(204);
    let over = citizen.get("/api/v1/session");
    insta::assert_snapshot!("session__get__401", shown("GET", "/api/v1/session", &over));
    assert_eq!(citizen.get("/api/v1/cases").refused(), (401, "session-over".into()));
    citizen.get("/api/v1/items").is(200);
}

#[test]
fn wrong_passwords_are_refused_without_saying_what_was_wrong() {
    let town = Town::new();
    town.shopkeeper();
    let wrong = |login: &str| town.anyone().post("/api/v1/session", &json!({ "login": login, "password": "Nonsense-1" }));
    let (known, unknown) = (wrong("person-199005170241"), wrong("nobody-at-all"));
    insta::assert_snapshot!("session__post__401", shown("POST", "/api/v1/session", &known));
    assert_eq!(known.json()["title"], unknown.json()["title"]);
    assert_eq!(known.refused(), (401, "sign-in-failed".into()));
    let unknown_key = town.anyone().post("/api/v1/session", &json!({ "login": "x", "password": "x", "remember": true }));
    assert_eq!(unknown_key.json()["fields"][0]["pointer"], "#/remember");
}

#[test]
fn a_first_password_is_changed_before_anything_else() {
    let town = Town::new();
    let member = town.basics.staff.iter().find(|one| one.spec.login == "zhongxiaolan").unwrap();
    town.open("zhongxiaolan", AccountKind::Staff, Some(member.id.to_string()));
    let clerk = town.sign_in("zhongxiaolan", FIRST_PASSWORD);
    assert_eq!(clerk.get("/api/v1/session").is(200).json()["must_change_password"], true);
    assert_eq!(clerk.get("/api/v1/tasks").refused(), (403, "password-change-needed".into()));
    let change = |present: &str, new: &str| clerk.send(Method::PUT, "/api/v1/session/password", &json!({ "present": present, "new": new }));
    assert_eq!(change("Wrong-2026", PASSWORD).refused(), (422, "present-password-wrong".into()));
    let unfit = change(FIRST_PASSWORD, "short");
    insta::assert_snapshot!("session__password__put__422", shown("PUT", "/api/v1/session/password", &unfit));
    change(FIRST_PASSWORD, PASSWORD).is(204);
    clerk.get("/api/v1/tasks").is(200);
    let posts = clerk.get("/api/v1/session").json()["posts"].clone();
    assert_eq!((posts[0]["post"].as_str(), posts[0]["organ_name"]["en"].is_string()), (Some("dispatcher"), true));
}

#[test]
fn a_cookie_reads_but_changes_nothing_without_its_anti_forgery_token() {
    let town = Town::new();
    town.shopkeeper();
    let mut browser = Browser::new(&town.router);
    town.runtime.block_on(browser.sign_in("person-199005170241", PASSWORD));
    let cookie = format!("zs_session={}", browser.cookie("zs_session").unwrap());
    let citizen = town.anyone().with("cookie", &cookie);
    let csrf = citizen.get("/api/v1/session").is(200).json()["csrf"].as_str().unwrap().to_owned();
    citizen.get("/api/v1/cases").is(200);
    assert_eq!(citizen.post("/api/v1/cases", &town.complaint()).refused(), (403, "form-forged".into()));
    assert_eq!(citizen.with("x-csrf-token", "00").post("/api/v1/cases", &town.complaint()).refused(), (403, "form-forged".into()));
    citizen.with("x-csrf-token", &csrf).post("/api/v1/cases", &town.complaint()).is(201);
    assert_eq!(town.anyone().with("cookie", "zs_session=old").get("/api/v1/cases").refused(), (401, "sign-in-needed".into()));
    town.anyone().with("cookie", "zs_session=old").get("/api/v1/items").is(200);
}

#[test]
fn staff_see_their_posts_heads_their_organ_and_administrators_no_case() {
    let town = Town::new();
    let (citizen, head, clerk, admin) =
        (town.shopkeeper(), town.staff("lujianping"), town.staff("zhaotieshan"), town.admin("admin-1", Role::SystemAdmin));
    citizen.post("/api/v1/cases", &town.complaint()).is(201);
    assert_eq!(head.get("/api/v1/cases").is(200).json()["cases"].as_array().unwrap().len(), 1);
    assert_eq!(clerk.get("/api/v1/cases").is(200).json()["cases"].as_array().unwrap().len(), 0);
    assert_eq!(admin.get("/api/v1/cases").refused(), (403, "not-permitted".into()));

    let hotline = town.organ("hotline-12345");
    assert_eq!(head.get("/api/v1/cases/due?until=2026-04-01").is(200).json()["cases"].as_array().unwrap().len(), 1);
    assert_eq!(clerk.get(&format!("/api/v1/cases/due?organ={hotline}")).refused(), (403, "not-permitted".into()));
    assert_eq!(clerk.get("/api/v1/cases/due").refused(), (403, "not-permitted".into()));
    let figures = head.get(&format!("/api/v1/figures/organs/{hotline}")).is(200);
    insta::assert_snapshot!("figures__organs__organ__get__200", shown("GET", "/api/v1/figures/organs/{organ}", &figures));
    assert_eq!(citizen.get(&format!("/api/v1/figures/organs/{hotline}")).refused(), (403, "not-permitted".into()));
}

#[test]
fn who_guesses_too_often_is_asked_to_wait() {
    let few = web::Allowance { burst: 3, per_minute: 1 };
    let town = Town::made(TestDatabase::sqlite(), |parts| parts.limits.guessing = few);
    let anyone = town.anyone();
    let guess = || anyone.post("/api/v1/progress", &json!({ "number": "1", "query_code": "AAAAAA" }));
    for _ in 0..3 {
        assert_eq!(guess().refused(), (404, "not-found".into()));
    }
    let refused = guess();
    insta::assert_snapshot!("progress__post__429", shown("POST", "/api/v1/progress", &refused));
    assert_eq!(anyone.get("/api/v1/verify/7K3M-Q2WX-9RTA").refused(), (429, "too-many-requests".into()));
    assert_eq!(anyone.post("/api/v1/session", &json!({ "login": "x", "password": "x" })).refused(), (429, "too-many-requests".into()));
    anyone.get("/api/v1/items").is(200);
}

#[test]
fn administrators_come_from_the_network_for_administration_alone() {
    let town = Town::made(TestDatabase::sqlite(), |parts| parts.settings.admin_addresses = vec!["10.1.0.0/16".parse().unwrap()]);
    town.open("admin-1", AccountKind::Admin, None);
    let refused = town.anyone().post("/api/v1/session", &json!({ "login": "admin-1", "password": FIRST_PASSWORD }));
    assert_eq!(refused.refused(), (403, "address-not-allowed".into()));
}
