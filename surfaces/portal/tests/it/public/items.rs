//! 办事指南.

use axum::http::StatusCode;

use super::text::outline;
use crate::county::County;

#[tokio::test]
async fn the_guide_says_everything_in_the_usual_order() {
    let county = County::new();
    let answer = county.browser("zh-CN").get("/items/geti-shangpu-dengji").await;
    let html = answer.text();
    let order = ["basic", "conditions", "materials", "procedure", "fees", "basis", "result", "places", "questions", "contact"];
    let places: Vec<usize> = order.iter().map(|id| html.find(&format!("<section class=\"zs-guide__part\" id=\"{id}\"")).expect(id)).collect();
    assert!(places.is_sorted(), "{places:?}");
    insta::assert_snapshot!(outline(&html));
}

#[tokio::test]
async fn the_guide_in_english() {
    let county = County::new();
    insta::assert_snapshot!(outline(&county.browser("en").get("/items/gaoling-jintie").await.text()));
}

#[tokio::test]
async fn the_implementation_code_is_made_of_organ_level_and_basic_code() {
    let county = County::new();
    let code = county.basics.organ("market-supervision").unwrap().spec.code().unwrap();
    let html = county.browser("zh-CN").get("/items/geti-shangpu-dengji").await.text();
    assert!(html.contains(&format!(">{code}4000125001000<")), "{code}");
    assert!(html.contains("云溪县市场监督管理局"));
}

#[tokio::test]
async fn what_people_do_not_apply_for_has_a_guide_without_a_button() {
    let county = County::new();
    let answer = county.browser("zh-CN").get("/items/haochaping-zhenggai").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!answer.text().contains("/apply") && answer.text().contains("不需要申请"));
    assert!(!county.browser("zh-CN").get("/search").await.text().contains("/items/haochaping-zhenggai"));
}

#[tokio::test]
async fn a_package_that_is_retired_or_not_yet_valid_has_no_guide() {
    let county = County::new();
    county.world.move_to("2025-12-31T09:00");
    let answer = county.browser("zh-CN").get("/items/geti-shangpu-dengji").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}
