//! What government holds about me.

use axum::http::StatusCode;
use town::basics::people;
use trust::{AccountKind, Assurance, NewAccount, Password, RegisterAccount};

use super::help::{shopkeeper, signed_in};
use crate::county::County;
use crate::public::text::main_text;

#[tokio::test]
async fn one_sees_everything_registers_hold_about_oneself_and_nothing_else() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let page = main_text(&browser.get("/my-data").await.text());
    for word in ["人口基础信息库", "林晓禾", people::SHOPKEEPER, "13800000001", "云溪县城关镇和平路12号", "云溪县公安局", "第四十六条"]
    {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert!(!page.contains("周敏") && !page.contains("云溪县晓禾奶茶店"), "{page}");
    let mut english = county.browser("en");
    english.sign_in("xiaohe", "Yunxi-2026").await;
    let page = main_text(&english.get("/my-data").await.text());
    assert!(page.contains("What government holds about me") && page.contains("Female"), "{page}");
    let account = browser.get("/account").await.text();
    assert!(account.contains("href=\"/my-data\""));
    let readings = county.world.store().read(|tx| {
        let keys = &county.app.keys;
        tracker::readings_of(tx, keys, people::SHOPKEEPER, county.app.now_ms(), None, 10)
    });
    assert!(readings.unwrap().is_empty(), "the own eyes are nobody's reading");
}

#[tokio::test]
async fn a_declared_identity_sees_nothing() {
    let county = County::new();
    let party = county.basics.person(people::MANAGER).map(ToString::to_string);
    let new = NewAccount { login: "declared".into(), kind: AccountKind::Person, party, staff: None, assurance: Assurance::Declared };
    let command = RegisterAccount::prepare(new, &Password::new("Yunxi-2026"), &mut ids::SeededEntropy::new(9)).unwrap();
    county.world.execute(&runner::Actor::anonymous(), command);
    let mut browser = county.browser("zh-CN");
    browser.sign_in("declared", "Yunxi-2026").await;
    let page = main_text(&browser.get("/my-data").await.text());
    assert!(page.contains("需要先完成实名核验") && !page.contains("高建军"), "{page}");
}

#[tokio::test]
async fn a_company_sees_its_own_record_through_its_representative() {
    let county = County::new();
    let mut browser = signed_in(&county, people::MANAGER, "gao").await;
    let company = county.basics.company(people::FOOD_COMPANY).unwrap().to_string();
    browser.get("/act-for").await;
    let answer = browser.post("/act-for", &[("party", &company)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", main_text(&answer.text()));
    let page = main_text(&browser.get("/my-data").await.text());
    assert!(page.contains("云溪县山泉食品有限公司") && page.contains(people::FOOD_COMPANY) && !page.contains("13800000008"), "{page}");
}

#[tokio::test]
async fn strangers_sign_in_first() {
    let county = County::new();
    let answer = county.browser("zh-CN").get("/my-data").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}
