//! What belongs to others does not exist.

use axum::http::StatusCode;
use town::basics::people;

use super::help::{filled, shopkeeper, signed_in, submitted};
use crate::county::County;

#[tokio::test]
async fn pages_of_others_are_not_found() {
    let county = County::new();
    let mut owner = shopkeeper(&county).await;
    let case = submitted(&mut owner).await;
    let draft = filled(&mut owner).await;
    let id = case.strip_prefix("/cases/").unwrap();
    let mut other = signed_in(&county, people::DAUGHTER, "zhoumin").await;
    let pages = [
        case.clone(),
        format!("{case}/submitted"),
        format!("{case}/correction"),
        format!("{case}/withdraw"),
        format!("{case}/rate"),
        format!("{case}/reopen"),
        format!("{case}/message/rectified"),
        format!("{case}/documents/document_x.pdf"),
        format!("/receipts/{id}"),
        format!("/receipts/{id}/case-submitted.json"),
        draft.clone(),
        format!("{draft}/guide"),
        format!("{draft}/pages/operator"),
        format!("{draft}/materials"),
        format!("{draft}/check"),
        format!("{draft}/submit"),
    ];
    for page in pages {
        let answer = other.get(&page).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
    }
    other.get("/cases").await;
    other.get("/account").await;
    other.get("/delegations/new").await;
    for page in [format!("{case}/withdraw"), format!("{draft}/pages/operator"), format!("{draft}/submit"), format!("{draft}/discard")] {
        let answer = other.post(&page, &[("promise", "yes"), ("_seen", "1")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
    }
    assert_eq!(owner.get(&case).await.status, StatusCode::OK);
}
