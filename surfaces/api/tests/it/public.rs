//! What everybody may ask without signing in.

use axum::http::Method;
use serde_json::json;

use crate::town::{Town, shown};

#[test]
fn items_are_listed_filtered_and_shown_whole() {
    let town = Town::new();
    let anyone = town.anyone();
    let all = anyone.get("/api/v1/items").is(200);
    insta::assert_snapshot!("items__get__200", shown("GET", "/api/v1/items", &all));
    assert_eq!(all.json()["total"], 7);
    let count = |query: &str| anyone.get(&format!("/api/v1/items?{query}")).is(200).json()["items"].as_array().unwrap().len();
    assert_eq!(count("page_size=2&offset=4"), 2);
    assert_eq!((count("life_event=open-a-shop") > 0, count("theme=person-nonsense"), count("theme=nonsense")), (true, 0, 0));

    let item = anyone.get("/api/v1/items/geti-shangpu-dengji").is(200);
    insta::assert_snapshot!("items__slug__get__200", shown("GET", "/api/v1/items/geti-shangpu-dengji", &item));
    let form = anyone.get("/api/v1/items/geti-shangpu-dengji/form").is(200);
    assert_eq!((form.header("content-type"), form.json()["type"].as_str()), ("application/schema+json", Some("object")));
    let picture = anyone.in_english().get("/api/v1/items/geti-shangpu-dengji/diagram").is(200);
    assert!(picture.header("content-type") == "image/svg+xml" && picture.text().starts_with("<svg"));
    for path in ["", "/form", "/diagram"] {
        assert_eq!(anyone.get(&format!("/api/v1/items/no-such-item{path}")).refused(), (404, "not-found".into()));
    }
}

#[test]
fn the_guide_asks_stops_and_says_which_materials_are_needed() {
    let town = Town::new();
    let path = "/api/v1/items/geti-shangpu-dengji/guidance";
    let ask = town.anyone().post(path, &json!({})).is(200);
    assert_eq!(ask.json()["state"], "ask");
    let situation = town.script("geti-shangpu-dengji", "ordinary").situation;
    let ready = town.anyone().post(path, &json!({ "situation": situation })).is(200);
    insta::assert_snapshot!("items__slug__guidance__post__200", shown("POST", path, &ready));
    let mut foreigner = situation;
    foreigner.extend(town.script("geti-shangpu-dengji", "foreigner-stops").situation);
    let stop = town.anyone().post(path, &json!({ "situation": foreigner })).is(200).json();
    assert!(stop["state"] == "stop" && stop["instead"]["zh"].is_string(), "{stop}");
}

#[test]
fn progress_needs_number_and_code_and_tells_no_names() {
    let town = Town::new();
    let created = town.shopkeeper().post("/api/v1/cases", &town.complaint()).is(201).json();
    let ask = |number: &str, code: &str| town.anyone().post("/api/v1/progress", &json!({ "number": number, "query_code": code }));
    let (number, code) = (created["number"].as_str().unwrap(), created["query_code"].as_str().unwrap());
    let progress = ask(number, &code.to_lowercase()).is(200);
    assert!(!progress.text().contains("林"));
    let mut shown_without_number = shown("POST", "/api/v1/progress", &progress);
    shown_without_number = shown_without_number.replace(number, "…");
    insta::assert_snapshot!("progress__post__200", shown_without_number);
    let (wrong_code, wrong_number) = (ask(number, "AAAAAAAA"), ask("no-such-number", code));
    assert_eq!(wrong_code.refused(), (404, "not-found".into()));
    assert_eq!(wrong_code.json()["title"], wrong_number.json()["title"]);
}

#[test]
fn organs_calendar_and_figures_are_public() {
    let town = Town::new();
    let anyone = town.anyone();
    let organs = anyone.get("/api/v1/organs?duty=market-supervision").is(200);
    insta::assert_snapshot!("organs__get__200", shown("GET", "/api/v1/organs?duty=market-supervision", &organs));
    let id = organs.json()["organs"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(anyone.get(&format!("/api/v1/organs/{id}")).is(200).json()["id"], id.as_str());
    assert_eq!(anyone.get("/api/v1/organs/organ_x").refused(), (404, "not-found".into()));

    let year = anyone.get("/api/v1/calendar/2026").is(200).json();
    assert_eq!((year["official"].as_bool(), year["days"][0]["date"].as_str()), (Some(true), Some("2026-01-01")));
    assert_eq!(anyone.get("/api/v1/calendar/2090").is(200).json()["official"], false);
    for bad in ["1200", "soon"] {
        assert_eq!(anyone.get(&format!("/api/v1/calendar/{bad}")).refused(), (404, "not-found".into()));
    }
    let counted = anyone.get("/api/v1/calendar/count?from=2026-09-29&workdays=2").is(200);
    insta::assert_snapshot!("calendar__count__get__200", shown("GET", "/api/v1/calendar/count?from=2026-09-29&workdays=2", &counted));
    assert_eq!(anyone.get("/api/v1/calendar/count?from=tomorrow&workdays=2").refused(), (422, "query-unfit".into()));

    town.shopkeeper().post("/api/v1/cases", &town.complaint()).is(201);
    let figures = anyone.get("/api/v1/figures").is(200);
    insta::assert_snapshot!("figures__get__200", shown("GET", "/api/v1/figures", &figures));
}

#[test]
fn unknown_papers_and_files_are_unknown() {
    let town = Town::new();
    let anyone = town.anyone();
    let code = anyone.get("/api/v1/verify/7K3M-Q2WX-9RTA").is(200);
    insta::assert_snapshot!("verify__code__get__200", shown("GET", "/api/v1/verify/7K3M-Q2WX-9RTA", &code));
    let file = anyone.raw(Method::POST, "/api/v1/verify", Some("application/pdf"), b"%PDF-1.7\n%%EOF".to_vec()).is(200);
    assert_eq!(file.json()["verdict"], "unknown");
    let empty = anyone.raw(Method::POST, "/api/v1/verify", Some("application/pdf"), Vec::new());
    assert_eq!(empty.refused(), (422, "file-missing".into()));
    assert_eq!(anyone.post("/api/v1/verify", &json!({})).refused(), (415, "content-type-wrong".into()));
}

#[test]
fn items_are_found_by_what_people_type_in_the_language_of_the_request() {
    let index = search::Index::new(search::Synonyms::none()).unwrap();
    for (lang, title) in [("zh-CN", "个体工商户设立登记"), ("en", "Registration of an individual business")] {
        let facets = vec![("lang".to_owned(), lang.to_owned()), ("audience".to_owned(), "person".to_owned())];
        let id = format!("{lang}:geti-shangpu-dengji");
        let keywords = vec!["奶茶店".to_owned()];
        index.put(&search::Doc { id, kind: "item".into(), title: title.into(), keywords, body: String::new(), facets }).unwrap();
    }
    index.commit().unwrap();
    let town = Town::made(testkit::TestDatabase::sqlite(), |parts| parts.search = std::sync::Arc::new(index));
    let found = town.anyone().get("/api/v1/items?q=%E5%A5%B6%E8%8C%B6%E5%BA%97&audience=person").is(200).json();
    assert_eq!((found["total"].as_u64(), found["items"][0]["slug"].as_str()), (Some(1), Some("geti-shangpu-dengji")));
    assert_eq!(town.anyone().in_english().get("/api/v1/items?q=business").is(200).json()["total"], 1);
    assert_eq!(town.anyone().get("/api/v1/items?q=%E5%A5%B6%E8%8C%B6%E5%BA%97&audience=legal").is(200).json()["total"], 0);
}
