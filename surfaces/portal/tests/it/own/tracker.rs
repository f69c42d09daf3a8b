//! R26: everybody sees who read what about them, and nobody else's.

use ::cases::commands::ReadCase;
use axum::http::StatusCode;

use super::help::{SHOP, shopkeeper, signed_in, staff, started, submitted};
use crate::county::County;
use crate::public::text::main_text;

const OTHER: &str = town::basics::people::FATHER;

#[tokio::test]
async fn a_person_sees_who_read_her_file_and_others_do_not() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let before = main_text(&browser.get("/data-tracker").await.text());
    assert!(before.contains("还没有人读取过您的数据"), "{before}");
    submitted(&mut browser).await;
    let (_, _, case) = county.newest_case();
    let clerk = staff(&county, "window");
    county.world.execute(&clerk, ReadCase { case });
    let page = main_text(&browser.get("/data-tracker").await.text());
    for words in ["云溪县市场监督管理局的工作人员", "办件案卷", "证件号码", "查看原值", "办理本件", "市场主体登记管理条例"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let mut stranger = signed_in(&county, OTHER, "stranger").await;
    let theirs = main_text(&stranger.get("/data-tracker").await.text());
    assert!(theirs.contains("还没有人读取过您的数据"), "{theirs}");
}

#[tokio::test]
async fn readings_are_paged_from_the_newest() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    submitted(&mut browser).await;
    let (_, _, case) = county.newest_case();
    let clerk = staff(&county, "window");
    for _ in 0..25 {
        county.world.execute(&clerk, ReadCase { case: case.clone() });
    }
    let first = browser.get("/data-tracker").await.text();
    assert_eq!(first.matches("id=\"reading_").count(), 20);
    let next = first.split("/data-tracker?before=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let second = browser.get(&format!("/data-tracker?before={next}")).await.text();
    assert!(second.matches("id=\"reading_").count() >= 5 && !second.contains("?before="));
    let nothing = main_text(&browser.get("/data-tracker?before=a").await.text());
    assert!(nothing.contains("没有更早的记录了"), "{nothing}");
}

#[tokio::test]
async fn the_tracker_wants_a_signed_in_person() {
    let county = County::new();
    let answer = county.browser("zh-CN").get("/data-tracker").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location().starts_with("/sign-in"));
}

#[tokio::test]
async fn a_link_cannot_put_words_into_other_forms() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let draft = started(&mut browser).await;
    let page = browser.get(&format!("/items/{SHOP}/apply?reading=reading_1")).await.text();
    assert!(page.contains("name=\"reading\""));
    let answer = browser.post(&format!("/items/{SHOP}/apply"), &[("reading", "reading_1")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_ne!(answer.location(), format!("{draft}/guide"));
}
