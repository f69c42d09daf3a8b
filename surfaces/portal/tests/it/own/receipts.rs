//! Receipts that prove themselves.

use axum::http::StatusCode;
use journal::Receipt;

use super::help::{shopkeeper, submitted};
use crate::county::County;

#[tokio::test]
async fn a_receipt_holds_and_is_signed_by_both_keys() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let case = submitted(&mut browser).await;
    let id = case.strip_prefix("/cases/").unwrap();
    let page = browser.get(&format!("/receipts/{id}")).await.text();
    assert!(page.contains("zs-proof--holds") && page.contains("data-receipt"), "{page}");
    let file = browser.get(&format!("/receipts/{id}/case-submitted.json")).await;
    assert!(file.header("content-disposition").starts_with("attachment;"));
    let receipt: Receipt = serde_json::from_slice(&file.bytes).unwrap();
    let checkpoint = receipt.check().unwrap();
    assert_eq!((receipt.entry.header.kind.as_str(), checkpoint.origin.as_str()), ("case-submitted", "test.node"));
    let note = seal::SignedNote::parse(&receipt.checkpoint).unwrap();
    let signer = journal::CheckpointSigner::new("test.node", &county.app.ring).unwrap();
    assert_eq!(note.signatures().len(), 2);
    assert!(signer.verifiers().iter().all(|verifier| note.verify(verifier).is_ok()));
    for personal in ["林晓禾", "339921199005170241", "13800000001", "和平路"] {
        assert!(!String::from_utf8_lossy(&file.bytes).contains(personal), "{personal}");
    }
    assert_eq!(browser.get(&format!("/receipts/{id}?entry=case-decided")).await.status, StatusCode::NOT_FOUND, "not yet");
    assert_eq!(browser.get(&format!("/receipts/{id}/other.json")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_second_receipt_reuses_the_checkpoint_that_covers_it() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let case = submitted(&mut browser).await;
    let path = format!("/receipts/{}/case-submitted.json", case.strip_prefix("/cases/").unwrap());
    let (first, second) = (browser.get(&path).await, browser.get(&path).await);
    assert_eq!(first.bytes, second.bytes);
}
