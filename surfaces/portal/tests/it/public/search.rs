//! Finding items.

use super::text::outline;
use crate::county::County;

#[tokio::test]
async fn a_search_shows_what_was_found_and_why() {
    let county = County::new();
    let answer = county.browser("zh-CN").get("/search?q=%E6%88%91%E6%83%B3%E5%BC%80%E5%A5%B6%E8%8C%B6%E5%BA%97").await;
    assert!(answer.text().contains("<mark>"));
    insta::assert_snapshot!(outline(&answer.text()));
}

#[tokio::test]
async fn nothing_found_says_what_to_do() {
    let county = County::new();
    insta::assert_snapshot!(outline(&county.browser("en").get("/search?q=spaceship&theme=person-035").await.text()));
}

#[tokio::test]
async fn what_was_typed_is_only_text() {
    let county = County::new();
    let html = county.browser("zh-CN").get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E%22%20onload=1").await.text();
    assert!(!html.contains("<script>alert") && !html.contains("\" onload=1"));
    assert!(html.contains("&lt;script&gt;"));
    for odd in ["/search?q=", "/search?q=%FF%FE", "/search?q=a&q=b&page=x&theme=-&audience=", "/search?%", "/search?q=%E7%9A%84"] {
        assert_eq!(county.browser("zh-CN").get(odd).await.status, 200, "{odd}");
    }
}

#[tokio::test]
async fn the_home_page_leads_to_everything() {
    let county = County::new();
    insta::assert_snapshot!(outline(&county.browser("zh-CN").get("/").await.text()));
}

#[tokio::test]
async fn retired_packages_leave_the_index() {
    let county = County::new();
    let before = county.app.search.len();
    portal::reindex_items(&county.app.search, &county.app.library, "2025-12-31".parse().unwrap()).unwrap();
    assert_eq!((before, county.app.search.len()), (10, 0));
    portal::reindex_items(&county.app.search, &county.app.library, "2026-03-02".parse().unwrap()).unwrap();
    assert_eq!(county.app.search.len(), 10);
}
