//! Public figures are those of the cases.

use super::text::main_text;
use crate::county::County;

#[tokio::test]
async fn figures_come_from_the_cases() {
    let county = County::new();
    let empty = main_text(&county.browser("zh-CN").get("/ratings").await.text());
    assert!(empty.contains("还没有收到评价"));
    county.play("geti-shangpu-dengji", "ordinary");
    county.play("12345-suqiu", "ordinary");
    let text = main_text(&county.browser("zh-CN").get("/ratings").await.text());
    insta::assert_snapshot!(text);
    let home = main_text(&county.browser("zh-CN").get("/").await.text());
    assert!(home.contains("累计办结（件）\n2") && home.contains("好评率\n100.0%"), "{home}");
}

#[tokio::test]
async fn figures_are_kept_for_a_minute() {
    let county = County::new();
    let router = county.router();
    let mut browser = gate::testing::Browser::new(&router);
    browser.get("/ratings").await;
    county.play("12345-suqiu", "ordinary");
    // The clock has moved on by days, so the figures are counted anew.
    assert!(main_text(&browser.get("/ratings").await.text()).contains("100.0%"));
}
