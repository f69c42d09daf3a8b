//! Registration, and what the administrators do.

use axum::http::Method;
use serde_json::{Value, json};
use testkit::{TestDatabase, on_both};
use trust::Role;

use crate::town::{PASSWORD, Town};

fn registration(login: &str) -> Value {
    json!({
        "name": "周一鸣", "identity_number": "339921199107150316", "mobile": "13800000031", "address": "云溪县城关镇和平路1号",
        "login": login, "password": PASSWORD
    })
}

fn with(mut body: Value, key: &str, value: &str) -> Value {
    body[key] = json!(value);
    body
}

fn fields(answer: &crate::town::Answer) -> Vec<String> {
    let fields = answer.json()["fields"].as_array().unwrap().clone();
    fields.iter().map(|field| field["field"].as_str().unwrap().to_owned()).collect()
}

/// An identity number of that day of birth, with its check digit.
fn identity_number(born: &str) -> String {
    let digits = format!("339921{born}031");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{digits}{}", "10X98765432".chars().nth((sum % 11) as usize).unwrap())
}

#[test]
fn a_person_registers_and_signs_in() {
    on_both(|database| {
        let town = Town::on(database);
        let anyone = town.anyone();
        let new = with(registration("zhouyiming"), "identity_number", &identity_number("19910715"));
        let opened = anyone.post("/api/v1/accounts", &new).is(201);
        assert!(opened.json()["account"].as_str().unwrap().starts_with("account_"));
        let session = town.sign_in("zhouyiming", PASSWORD).get("/api/v1/session").is(200).json();
        assert_eq!((session["kind"].as_str(), session["assurance"].as_u64()), (Some("person"), Some(1)));
        let taken = anyone.post("/api/v1/accounts", &new);
        assert_eq!((taken.refused(), fields(&taken)), ((409, "login-taken".into()), vec!["login".to_owned()]));
    });
}

#[test]
fn a_registration_is_refused_with_every_mistake_and_tells_nothing_of_the_register() {
    let town = Town::new();
    let anyone = town.anyone();
    let wrong = json!({ "name": "", "identity_number": "339921199107150000", "mobile": "1", "address": "", "login": "x", "password": "short" });
    let listed = anyone.post("/api/v1/accounts", &wrong);
    assert_eq!(listed.refused(), (422, "input-invalid".into()));
    let found = fields(&listed);
    for field in ["name", "identity_number", "mobile", "address", "login", "password"] {
        assert!(found.iter().any(|one| one == field), "{field} of {found:?}");
    }
    let known = with(registration("linxiaohe2"), "identity_number", town::basics::people::SHOPKEEPER);
    assert_eq!(anyone.post("/api/v1/accounts", &known).refused(), (422, "identity-not-confirmed".into()));
    let child = with(registration("child"), "identity_number", &identity_number("20150302"));
    let child = anyone.post("/api/v1/accounts", &child);
    assert_eq!((child.refused(), child.json()["basis"].is_null()), ((422, "guardian-needed".into()), false));
    let more = with(registration("zhouyiming"), "role", "admin");
    assert_eq!(fields(&anyone.post("/api/v1/accounts", &more)), ["/role"]);
}

#[test]
fn who_registers_too_often_waits() {
    let few = web::Allowance { burst: 2, per_minute: 1 };
    let town = Town::made(TestDatabase::sqlite(), |parts| parts.limits.guessing = few);
    let guess = || town.anyone().post("/api/v1/accounts", &with(registration("x1y2z3"), "mobile", "1"));
    assert_eq!((guess().refused().0, guess().refused().0), (422, 422));
    assert_eq!(guess().refused(), (429, "too-many-requests".into()));
}

#[test]
fn the_security_administrator_finds_locks_and_unlocks_accounts() {
    on_both(|database| {
        let town = Town::on(database);
        let citizen = town.shopkeeper();
        let admin = town.admin("admin-security", Role::SecurityAdmin);
        let page = admin.get("/api/v1/accounts?login=person-199005170241").is(200).json();
        assert_eq!(page["accounts"].as_array().unwrap().len(), 1);
        let account = page["accounts"][0]["account"].as_str().unwrap().to_owned();
        assert!(admin.get("/api/v1/accounts").is(200).json()["accounts"].as_array().unwrap().len() >= 2);
        let path = format!("/api/v1/accounts/{account}");
        assert_eq!(admin.get(&path).is(200).json()["state"], "open");
        let silent = admin.post(&format!("{path}/lock"), &json!({ "reason": " " }));
        assert_eq!((silent.refused(), fields(&silent)), ((422, "account-reason-missing".into()), vec!["reason".to_owned()]));
        admin.post(&format!("{path}/lock"), &json!({ "reason": "账号被冒用" })).is(204);
        assert_eq!(admin.get(&path).json()["state"], "locked");
        assert_eq!(citizen.get("/api/v1/cases").refused(), (401, "session-over".into()));
        assert_eq!(admin.post(&format!("{path}/lock"), &json!({ "reason": "再次" })).refused().0, 409);
        admin.post(&format!("{path}/unlocking"), &json!({ "reason": "核实后恢复" })).is(204);
        town.sign_in("person-199005170241", PASSWORD).get("/api/v1/cases").is(200);
    });
}

#[test]
fn administration_is_for_its_administrator_alone() {
    let town = Town::new();
    let (citizen, system) = (town.shopkeeper(), town.admin("admin-system", Role::SystemAdmin));
    let security = town.admin("admin-security", Role::SecurityAdmin);
    let own = security.get("/api/v1/session").json()["account"].as_str().unwrap().to_owned();
    let lock = format!("/api/v1/accounts/{own}/lock");
    for who in [&citizen, &system] {
        assert_eq!(who.get("/api/v1/accounts").refused(), (403, "not-permitted".into()));
        assert_eq!(who.get(&format!("/api/v1/accounts/{own}")).refused().0, 403);
        assert_eq!(who.post(&lock, &json!({ "reason": "x" })).refused(), (403, "not-permitted".into()));
    }
    assert_eq!(security.post(&lock, &json!({ "reason": "x" })).refused(), (403, "not-permitted".into()), "nobody locks oneself");
    for who in [&citizen, &security] {
        assert_eq!(who.get("/api/v1/jobs").refused().0, 403);
        assert_eq!(who.get("/api/v1/packages").refused().0, 403);
        let arrangement = json!({ "days": [] });
        assert_eq!(who.send(Method::PUT, "/api/v1/calendar/2027", &arrangement).refused().0, 403);
    }
}

#[test]
fn a_job_set_aside_is_replayed_or_given_up() {
    on_both(|database| {
        let town = Town::on(database);
        let ids = ["job_00000000000000000000000001", "job_00000000000000000000000002"];
        for id in ids {
            let new = jobs::NewJob { id: id.into(), kind: "render-document".into(), payload: "{}".into(), key: None, due_ms: 0 };
            let dead = jobs::Job { id: id.into(), kind: new.kind.clone(), payload: "{}".into(), due_ms: 0, attempts: 7, last_error: None };
            town.app.store.write(move |tx| jobs::enqueue(tx, &new).and_then(|()| jobs::fail(tx, &dead, "the font is missing", 0))).unwrap();
        }
        let admin = town.admin("admin-system", Role::SystemAdmin);
        let listed = admin.get("/api/v1/jobs").is(200).json();
        assert_eq!((listed["set_aside_total"].as_i64(), listed["set_aside"][0]["last_error"].as_str()), (Some(2), Some("the font is missing")));
        admin.post(&format!("/api/v1/jobs/{}/replay", ids[0]), &json!({})).is(204);
        let again = admin.post(&format!("/api/v1/jobs/{}/replay", ids[0]), &json!({}));
        assert_eq!(again.refused(), (409, "job-not-set-aside".into()));
        let silent = admin.post(&format!("/api/v1/jobs/{}/dropping", ids[1]), &json!({ "reason": "" }));
        assert_eq!(silent.refused(), (422, "job-drop-reason-missing".into()));
        admin.post(&format!("/api/v1/jobs/{}/dropping", ids[1]), &json!({ "reason": "文书已另行制作" })).is(204);
        assert_eq!(admin.get("/api/v1/jobs").json()["set_aside_total"], 0);
    });
}

#[test]
fn staff_see_packages_and_what_the_check_says() {
    let town = Town::new();
    let clerk = town.staff("suwanqing");
    let packages = clerk.get("/api/v1/packages").is(200).json();
    assert!(packages["packages"].as_array().unwrap().iter().any(|one| one["version"]["slug"] == "shipin-jingying-xuke"));
    let checked = clerk.get("/api/v1/packages/shipin-jingying-xuke").is(200).json();
    assert_eq!((checked["checked"].as_i64(), checked["findings"].as_array().unwrap().len()), (Some(1), 0));
    assert_eq!(clerk.get("/api/v1/packages/shipin-jingying-xuke?version=9").refused().0, 404);
    assert_eq!(clerk.get("/api/v1/packages/none").refused().0, 404);
}

#[test]
fn an_imported_year_counts_at_once() {
    on_both(|database| {
        let town = Town::on(database);
        let admin = town.admin("admin-system", Role::SystemAdmin);
        let count = "/api/v1/calendar/count?from=2027-01-01&workdays=1";
        assert_eq!(town.anyone().get(count).json(), json!({ "date": "2027-01-04", "provisional": true }));
        let day = |name: &str, date: &str, workday: bool| json!({ "name": name, "date": date, "workday": workday });
        let days = [day("元旦", "2027-01-01", false), day("元旦", "2027-01-03", true), day("劳动节", "2027-05-01", false)];
        let lacking = admin.send(Method::PUT, "/api/v1/calendar/2027", &json!({ "days": days }));
        assert_eq!(lacking.refused(), (422, "calendar-unfit".into()));
        let days = [days.to_vec(), vec![day("劳动节", "2027-05-03", false), day("国庆节", "2027-10-01", false), day("国庆节", "2027-10-04", false)]]
            .concat();
        let arrangement = json!({ "papers": ["https://www.gov.cn/"], "days": days });
        let year = admin.send(Method::PUT, "/api/v1/calendar/2027", &arrangement).is(200).json();
        assert_eq!((year["official"].as_bool(), year["days"].as_array().unwrap().len()), (Some(true), 6));
        assert_eq!(town.anyone().get(count).json(), json!({ "date": "2027-01-03", "provisional": false }));
        assert!(town.world.runner().service::<clock::WorkCalendar>().unwrap().knows(2027), "commands reckon by it as well");
        assert_eq!(admin.send(Method::PUT, "/api/v1/calendar/soon", &arrangement).refused().0, 404);
    });
}
