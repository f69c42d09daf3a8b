use axum::http::StatusCode;

use crate::house::{House, PASSWORD};

#[test]
fn an_unknown_address_gives_a_page_in_both_languages() {
    let house = House::new();
    let mut browser = house.browser();
    house.run(async {
        let zh = browser.get("/nowhere?x=1").await;
        assert_eq!((zh.status, zh.header("content-type")), (StatusCode::NOT_FOUND, "text/html; charset=utf-8"));
        assert!(zh.text().contains("lang=\"zh-CN\"") && zh.text().contains("没有找到这个页面") && zh.text().contains("Page not found"));
        assert!(zh.text().contains(zh.header("x-request-id")), "the number of the request stands on the page");
        browser.language = "en";
        assert!(browser.get("/nowhere").await.text().contains("<html class=\"govuk-template\" lang=\"en\">"));
    });
}

#[test]
fn a_refusal_says_why_on_which_basis_and_what_to_do() {
    let house = House::new();
    let mut browser = house.browser();
    house.run(async {
        let page = browser.get("/refuse").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in ["申请期限已过。", "请等待下一期。", "某办法 第一条", "The time to apply is over.", "Wait for the next round."]
        {
            assert!(page.text().contains(part), "{part}");
        }
    });
}

#[test]
fn a_fault_shows_its_number_and_nothing_of_itself() {
    let house = House::new();
    let mut browser = house.browser();
    for path in ["/broken", "/panic"] {
        let page = house.run(browser.get(path));
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
        assert!(!page.text().contains("secret") && page.text().contains(page.header("x-request-id")), "{path}");
    }
}

#[test]
fn programs_get_problem_details() {
    let house = House::new();
    let mut browser = house.browser();
    for path in ["/api/v1/nothing", "/api/v1/unknown"] {
        let answer = house.run(browser.get(path));
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::NOT_FOUND, "application/problem+json"), "{path}");
        assert!(answer.text().contains("\"status\":404"));
    }
}

#[test]
fn a_form_that_is_not_ours_is_refused_with_what_to_do() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    let mut browser = house.browser();
    house.run(async {
        browser.sign_in("xiaoman", PASSWORD).await;
        for token in ["", "00", "not hex"] {
            let page = browser.post_raw("/note", &[("note", "x"), ("_csrf", token)]).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{token}");
            assert!(page.text().contains("请返回上一页，刷新页面后重新提交"), "{}", page.text());
        }
        browser.get("/note").await;
        browser.headers.push(("sec-fetch-site", "cross-site".to_owned()));
        let page = browser.post("/note", &[("note", "x")]).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(page.text().contains("请返回上一页，刷新页面后重新提交"));
        browser.headers[0].1 = "same-origin".to_owned();
        assert_eq!(browser.post("/note", &[("note", "x")]).await.status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn a_token_of_one_session_is_worth_nothing_in_another() {
    let house = House::new();
    house.citizen("xiaoman", "李小满", 1);
    house.citizen("dawei", "王大伟", 3);
    let (mut one, mut other) = (house.browser(), house.browser());
    house.run(async {
        one.sign_in("xiaoman", PASSWORD).await;
        other.sign_in("dawei", PASSWORD).await;
        let token = one.get("/note").await.hidden("_csrf").unwrap();
        assert_eq!(other.post_raw("/note", &[("note", "x"), ("_csrf", &token)]).await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn what_is_no_form_is_a_bad_request() {
    let house = House::new();
    let mut browser = house.browser();
    house.run(async {
        let request = browser.request(axum::http::Method::POST, "/sign-in").header("content-type", "application/json");
        let page = browser.send(request.body(axum::body::Body::from("{}")).unwrap()).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST);
        assert!(page.text().contains("请返回上一页重新操作"));
    });
}
