//! Progress by number and query code.

use axum::http::StatusCode;

use super::text::main_text;
use crate::county::County;

#[tokio::test]
async fn number_and_code_show_the_progress_without_personal_data() {
    let county = County::new();
    county.play("geti-shangpu-dengji", "ordinary");
    let (number, code, _) = county.newest_case();
    let mut browser = county.browser("zh-CN");
    let form = browser.get(&format!("/track?number={number}")).await;
    assert!(form.text().contains(&format!("value=\"{number}\"")));
    let answer = browser.post("/track", &[("number", &number), ("code", &code.to_lowercase())]).await;
    assert_eq!(answer.status, StatusCode::OK);
    let text = main_text(&answer.text());
    for personal in ["林晓禾", "339921199005170241", "13800000001", "和平路", &code] {
        assert!(!text.contains(personal), "{personal}");
    }
    insta::assert_snapshot!(text.replace(&number, "NUMBER"));
}

#[tokio::test]
async fn a_wrong_number_and_a_wrong_code_get_the_same_answer() {
    let county = County::new();
    county.play("geti-shangpu-dengji", "ordinary");
    let (number, code, _) = county.newest_case();
    let mut browser = county.browser("zh-CN");
    browser.get("/track").await;
    let answer = |text: String| main_text(&text).replace(&number, "N");
    let wrong_code = browser.post("/track", &[("number", &number), ("code", "000000")]).await;
    let wrong_number = browser.post("/track", &[("number", "N"), ("code", &code)]).await;
    assert_eq!((wrong_code.status, wrong_number.status), (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(answer(wrong_code.text()), answer(wrong_number.text()));
    let nothing = browser.post("/track", &[("number", &number), ("code", " ")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text().contains("请输入办件编号和查询码") && nothing.text().contains("<title>错误："));
}

#[tokio::test]
async fn guessing_is_limited() {
    let county = County::new();
    let mut parts = gate::testing::parts(county.world.runner(), &county.app.keys, tempfile::tempdir().unwrap().path());
    parts.limits = web::Limits::default();
    let app = gate::App::assemble(parts).unwrap();
    let router = gate::server(&app, [portal::routes()]);
    let mut browser = gate::testing::Browser::new(&router);
    browser.get("/track").await;
    let mut last = StatusCode::OK;
    for _ in 0..40 {
        last = browser.post("/track", &[("number", "1"), ("code", "2")]).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}
