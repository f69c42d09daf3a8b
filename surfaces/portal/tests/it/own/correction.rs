//! Completing an application in place.

use axum::http::StatusCode;

use super::help::{PDF, ask_correction, later, shopkeeper, submitted};
use crate::county::County;
use crate::public::text::main_text;

const LEASE: (&str, &str) = ("premises_lease", "租赁合同缺少出租人签名页，请上传全部页面。");
const SCOPE: (&str, &str) = ("business_scope", "经营范围请使用规范目录条目。");

#[tokio::test]
async fn everything_asked_is_answered_on_one_page() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let case = submitted(&mut browser).await;
    assert_eq!(browser.get(&format!("{case}/correction")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    later(&county, &mut browser, "2026-03-02T15:00").await;
    ask_correction(&county, &[LEASE, SCOPE]);
    let list = main_text(&browser.get("/cases").await.text());
    assert!(list.starts_with("我的办件\n待补正"), "what waits for me comes first: {list}");
    let page = browser.get(&format!("{case}/correction")).await;
    let (number, ..) = county.newest_case();
    insta::assert_snapshot!(main_text(&page.text()).replace(&number, "NUMBER"));
    assert!(page.text().contains("餐饮服务；食品销售"));
    let seen = page.hidden("_seen").unwrap();
    let fields = [("_seen", seen.as_str()), ("business_scope", "餐饮服务")];
    let answer = browser.upload(&format!("{case}/correction"), &fields, &[("premises_lease", "合同全.pdf", PDF)]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, case.as_str()), "{}", main_text(&answer.text()));
    let shown = main_text(&browser.get(&case).await.text());
    assert!(shown.contains("补正已提交") && shown.contains("已提交补正") && shown.contains("合同全.pdf"), "{shown}");
}

#[tokio::test]
async fn what_is_missing_is_told_and_what_was_given_is_kept() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let case = submitted(&mut browser).await;
    later(&county, &mut browser, "2026-03-02T15:00").await;
    ask_correction(&county, &[LEASE, SCOPE]);
    let page = format!("{case}/correction");
    let seen = browser.get(&page).await.hidden("_seen").unwrap();
    let nothing = browser.upload(&page, &[("_seen", &seen), ("business_scope", "餐饮服务")], &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.text().contains("请上传“经营场所租赁合同”") && nothing.text().contains(">餐饮服务</textarea>"));
    let short = browser.upload(&page, &[("_seen", &seen), ("business_scope", "餐")], &[("premises_lease", "合同全.pdf", PDF)]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.text().contains(">餐</textarea>") && short.text().contains("合同全.pdf"), "{}", main_text(&short.text()));
    assert!(short.text().contains("href=\"#business_scope\""));
    let seen = short.hidden("_seen").unwrap();
    let done = browser.upload(&page, &[("_seen", &seen), ("business_scope", "餐饮服务")], &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "the file is there already: {}", main_text(&done.text()));
}
