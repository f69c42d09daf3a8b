//! Who follows a dataset finds a message about its next release.

use axum::http::StatusCode;
use i18n::Text;
use opendata::{ApproveAsOfficer, ApproveAsOwner, PublishDataset, ReviseDataset, SubmitDataset, queries};
use runner::Actor;

use super::help::shopkeeper;
use crate::county::County;
use crate::public::text::main_text;

/// Publishes the parks once more, with a word more said about them.
fn renew(county: &County) {
    let (world, system) = (&county.world, Actor::system());
    let known = world.read(|tx| queries::dataset(tx, "parks")).unwrap();
    let metadata = opendata::Metadata { contact: "0999-12345".into(), ..known.metadata };
    world.execute(&system, ReviseDataset { dataset: known.id.clone(), metadata, seen: None });
    world.execute(&system, SubmitDataset { dataset: known.id.clone() });
    let shelf = world.runner().service::<tables::Shelf>().unwrap();
    opendata::scan_now(world.runner(), &county.app.blobs, &shelf, &known.id).unwrap();
    let fingerprint = world.read(|tx| queries::dataset(tx, "parks")).unwrap().fingerprint();
    world.execute(&system, ApproveAsOwner { dataset: known.id.clone(), fingerprint: fingerprint.clone() });
    world.execute(&system, ApproveAsOfficer { dataset: known.id.clone(), fingerprint });
    world.execute(&system, PublishDataset { dataset: known.id, changes: Text::new("补充联系方式", "Whom to ask") });
}

#[tokio::test]
async fn who_follows_a_dataset_finds_a_message_about_its_next_release() {
    let county = County::new();
    county.open_data();
    let mut browser = shopkeeper(&county).await;
    browser.get("/data/parks").await;
    assert_eq!(browser.post("/data/parks/follow", &[("follow", "yes")]).await.status, StatusCode::SEE_OTHER);
    assert!(main_text(&browser.get("/messages").await.text()).contains("还没有消息"));
    renew(&county);
    let page = browser.get("/messages").await.text();
    let text = main_text(&page);
    for word in ["我订阅的数据集有更新", "补充联系方式", "未读", "已更新，版本 2"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(page.contains("href=\"/data/parks\""));
    assert_eq!(browser.post("/messages", &[]).await.status, StatusCode::SEE_OTHER);
    assert!(!main_text(&browser.get("/messages").await.text()).contains("未读"));
}
