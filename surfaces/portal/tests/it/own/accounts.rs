//! The wallet, my account, and authorisations.

use axum::http::StatusCode;
use town::basics::people;

use super::help::{SHOP, send, shopkeeper, signed_in};
use crate::county::County;
use crate::public::text::main_text;

#[tokio::test]
async fn the_wallet_shows_what_each_certificate_is_worth() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    assert!(main_text(&browser.get("/certificates").await.text()).contains("还没有证照"));
    county.play(SHOP, "ordinary");
    browser.sign_in("xiaohe", "Yunxi-2026").await;
    let page = main_text(&browser.get("/certificates").await.text());
    assert!(page.contains("营业执照") && page.contains("有效") && page.contains("长期"), "{page}");
}

#[tokio::test]
async fn another_session_is_seen_and_ended() {
    let county = County::new();
    let mut here = shopkeeper(&county).await;
    let mut there = county.browser("zh-CN");
    there.sign_in("xiaohe", "Yunxi-2026").await;
    let page = here.get("/account").await.text();
    let (_, rest) = page.split_once("/account/sessions/").expect("the other session");
    let id = rest.split('/').next().unwrap();
    let answer = here.post(&format!("/account/sessions/{id}/revoke"), &[]).await;
    assert_eq!(answer.location(), "/account");
    assert_eq!(there.get("/account").await.status, StatusCode::SEE_OTHER, "signed out there");
    assert_eq!(here.get("/account").await.status, StatusCode::OK);
}

const GRANT: [(&str, &str); 8] = [
    ("agent_name", "周敏"),
    ("agent_number", people::DAUGHTER),
    ("kind", "child"),
    ("scope", "items"),
    ("item", "gaoling-jintie"),
    ("until-year", "2027"),
    ("until-month", "12"),
    ("until-day", "31"),
];

#[tokio::test]
async fn a_daughter_is_authorised_accepts_and_is_relieved() {
    let county = County::new();
    let mut father = signed_in(&county, people::FATHER, "dequan").await;
    let mut daughter = signed_in(&county, people::DAUGHTER, "zhoumin").await;
    insta::assert_snapshot!(main_text(&father.get("/delegations/new").await.text()));
    let answer = send(&mut father, "/delegations/new", &GRANT).await;
    assert_eq!(answer.location(), "/delegations", "{}", main_text(&answer.text()));
    let page = daughter.get("/delegations").await.text();
    assert!(page.contains("来自周德全的授权") && page.contains("等待对方接受"), "{}", main_text(&page));
    let (_, rest) = page.split_once("action=\"/delegations/").unwrap();
    let id = rest.split('/').next().unwrap();
    assert_eq!(daughter.post(&format!("/delegations/{id}/accept"), &[]).await.location(), "/delegations");
    let listed = main_text(&father.get("/delegations").await.text());
    assert!(listed.contains("授权给周敏") && listed.contains("高龄津贴") && listed.contains("有效"), "{listed}");
    assert_eq!(father.post(&format!("/delegations/{id}/revoke"), &[]).await.location(), "/delegations");
    assert!(main_text(&father.get("/delegations").await.text()).contains("已终止"));
    let late = daughter.post(&format!("/delegations/{id}/accept"), &[]).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_is_wrong_with_an_authorisation_is_told_at_once() {
    let county = County::new();
    let mut father = signed_in(&county, people::FATHER, "dequan").await;
    let nothing = send(&mut father, "/delegations/new", &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    insta::assert_snapshot!(main_text(&nothing.text()).lines().take(8).collect::<Vec<_>>().join("\n"));
    let mut unknown = GRANT;
    unknown[0] = ("agent_name", "周明");
    let answer = send(&mut father, "/delegations/new", &unknown).await;
    assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text().contains("没有找到姓名和公民身份号码一致的注册用户"));
    assert!(answer.text().contains("value=\"周明\"") && answer.text().contains("value=\"gaoling-jintie\" checked"));
    let mut long = GRANT;
    long[5] = ("until-year", "2039");
    let answer = send(&mut father, "/delegations/new", &long).await;
    assert_eq!(answer.text().matches("一次授权最长三年").count(), 2, "{}", main_text(&answer.text()));
}

#[tokio::test]
async fn who_acts_for_another_sees_the_affairs_of_the_other() {
    let county = County::new();
    let mut father = signed_in(&county, people::FATHER, "dequan").await;
    let mut daughter = signed_in(&county, people::DAUGHTER, "zhoumin").await;
    send(&mut father, "/delegations/new", &GRANT).await;
    let page = daughter.get("/delegations").await.text();
    let (_, rest) = page.split_once("action=\"/delegations/").unwrap();
    let id = rest.split('/').next().unwrap().to_owned();
    daughter.post(&format!("/delegations/{id}/accept"), &[]).await;
    let party = county.basics.person(people::FATHER).unwrap().to_string();
    daughter.get("/act-for").await;
    assert_eq!(daughter.post("/act-for", &[("party", &party)]).await.status, StatusCode::SEE_OTHER);
    let start = main_text(&daughter.get("/items/gaoling-jintie/apply").await.text());
    assert!(start.contains("您正在代 周德全 办理"), "{start}");
    daughter.get("/items/gaoling-jintie/apply").await;
    let draft = daughter.post("/items/gaoling-jintie/apply", &[]).await.location().to_owned();
    let elder = daughter.follow(&draft).await;
    assert_eq!(elder.status, StatusCode::OK);
    assert!(main_text(&daughter.get("/cases").await.text()).contains("您正在代 周德全 办理"));
    let uncovered = daughter.get(&format!("/items/{SHOP}/apply")).await;
    assert_eq!(uncovered.status, StatusCode::OK);
    let told = main_text(&uncovered.text());
    assert!(told.contains("周德全给您的授权不包括这个事项") && !told.contains("开始申请"), "{told}");
    assert_eq!(daughter.post(&format!("/items/{SHOP}/apply"), &[]).await.status, StatusCode::FORBIDDEN, "not authorised for that");
    let mine = draft.strip_suffix("/guide").unwrap();
    daughter.get("/act-for").await;
    daughter.post("/act-for", &[("party", "self")]).await;
    assert_eq!(daughter.get(mine).await.status, StatusCode::NOT_FOUND, "another party's draft");
}
