//! The page of a case, and what an applicant can do with it.

use axum::http::StatusCode;
use serde_json::json;

use super::help::{complete, later, play_until_message, send, shopkeeper, submitted};
use crate::county::County;
use crate::public::text::main_text;

fn plain(county: &County, html: &str) -> String {
    let (number, code, _) = county.newest_case();
    main_text(html).replace(&number, "NUMBER").replace(&code, "CODE")
}

#[tokio::test]
async fn the_page_of_a_case_tells_clock_documents_and_history() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let case = submitted(&mut browser).await;
    insta::assert_snapshot!("case_submitted", plain(&county, &browser.get(&case).await.text()));
    later(&county, &mut browser, "2026-03-02T10:00").await;
    complete(&county, "window", json!({ "outcome": "accepted" }));
    insta::assert_snapshot!("case_accepted", plain(&county, &browser.get(&case).await.text()));
    later(&county, &mut browser, "2026-03-03T15:00").await;
    complete(&county, "approver", json!({ "outcome": "approved", "opinion": "材料齐全，符合法定形式，准予登记。" }));
    let closed = browser.get(&case).await.text();
    assert!(closed.contains("准予") && closed.contains("正在制作") && closed.contains(&format!("{case}/rate")), "{}", main_text(&closed));
    let list = plain(&county, &browser.get("/cases").await.text());
    assert!(list.contains("待评价") && list.contains("云溪县晓禾奶茶店"), "{list}");
    let messages = main_text(&browser.get("/messages").await.text());
    assert!(messages.contains("未读"), "{messages}");
    assert_eq!(browser.post("/messages", &[]).await.location(), "/messages");
    assert!(!main_text(&browser.get("/messages").await.text()).contains("未读"));
}

#[tokio::test]
async fn an_application_is_withdrawn_after_a_question() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let case = submitted(&mut browser).await;
    let question = browser.get(&format!("{case}/withdraw")).await;
    insta::assert_snapshot!(plain(&county, &question.text()));
    let seen = question.hidden("_seen").unwrap();
    complete(&county, "window", json!({ "outcome": "accepted" }));
    let stale = browser.post(&format!("{case}/withdraw"), &[("_seen", &seen)]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let answer = send(&mut browser, &format!("{case}/withdraw"), &[]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, case.as_str()));
    let page = main_text(&browser.get(&case).await.text());
    assert!(page.contains("您已撤回这次申请") && page.contains("申请已撤回"), "{page}");
    let again = browser.get(&format!("{case}/withdraw")).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(main_text(&again.text()).contains("不能撤回"));
}

#[tokio::test]
async fn a_closed_case_is_rated_once() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let case = submitted(&mut browser).await;
    let page = format!("{case}/rate");
    assert_eq!(browser.get(&page).await.status, StatusCode::UNPROCESSABLE_ENTITY, "not before the end");
    later(&county, &mut browser, "2026-03-02T10:00").await;
    complete(&county, "window", json!({ "outcome": "accepted" }));
    complete(&county, "approver", json!({ "outcome": "approved", "opinion": "符合条件。" }));
    insta::assert_snapshot!("rate", main_text(&browser.get(&page).await.text()));
    assert_eq!(browser.get(&format!("{page}?go=1")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let second = browser.get(&format!("{page}?go=1&stars=2")).await.text();
    insta::assert_snapshot!("rate_tags", main_text(&second));
    let long = "字".repeat(501);
    let too_long = browser.post(&page, &[("stars", "2"), ("tag", "214"), ("comment", &long)]).await;
    assert_eq!(too_long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(too_long.text().contains(&long) && too_long.text().contains("value=\"214\" checked"), "nothing typed is lost");
    let answer = browser.post(&page, &[("stars", "2"), ("tag", "214"), ("comment", "窗口人员说话不耐烦。")]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, case.as_str()), "{}", main_text(&answer.text()));
    let rated = main_text(&browser.get(&case).await.text());
    assert!(rated.contains("转为整改件") && rated.contains("不满意（服务态度生硬）") && rated.contains("窗口人员说话不耐烦"), "{rated}");
    let again = browser.get(&page).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text().contains("本件已经评价过"));
}

#[tokio::test]
async fn an_answered_request_is_taken_up_again_once() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    county.play("12345-suqiu", "ordinary");
    browser.sign_in("xiaohe", "Yunxi-2026").await;
    let (_, _, id) = county.newest_case();
    let page = format!("/cases/{id}/reopen");
    assert_eq!(browser.get(&page).await.status, StatusCode::OK);
    let nothing = browser.post(&page, &[("reason", " ")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = browser.post(&page, &[("reason", "差价退了，但货架标价仍然没有改。")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", main_text(&answer.text()));
    assert!(main_text(&browser.get(&format!("/cases/{id}")).await.text()).contains("要求重新办理"));
    assert_eq!(browser.get(&page).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_the_case_waits_for_is_reported() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    play_until_message(&county);
    browser.sign_in("xiaohe", "Yunxi-2026").await;
    let (_, _, id) = county.newest_case();
    let case = format!("/cases/{id}");
    let page = main_text(&browser.get(&case).await.text());
    assert!(page.contains("等待申请人整改") && page.contains("食品处理区缺少防鼠设施"), "{page}");
    let message = format!("{case}/message/rectified");
    insta::assert_snapshot!(plain(&county, &browser.get(&message).await.text()));
    let nothing = browser.post(&message, &[("statement", "")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = browser.post(&message, &[("statement", "防鼠设施已装好，案板已分开。")]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, case.as_str()), "{}", main_text(&answer.text()));
    assert!(main_text(&browser.get(&case).await.text()).contains("收到反馈"));
    let again = browser.get(&message).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "it does not wait any more");
}

#[tokio::test]
async fn a_rejection_tells_reasons_and_where_to_turn() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    county.play(super::help::SHOP, "rejected-with-reasons");
    browser.sign_in("xiaohe", "Yunxi-2026").await;
    let (_, _, id) = county.newest_case();
    let page = main_text(&browser.get(&format!("/cases/{id}")).await.text());
    assert!(page.contains("六十日内向云溪县人民政府申请行政复议") && page.contains("云溪县人民法院"), "{page}");
}
