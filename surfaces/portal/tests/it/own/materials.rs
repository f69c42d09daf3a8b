//! Files: looked into, measured, refused with a sentence, never lost.

use axum::http::StatusCode;

use super::help::{PDF, filled, shopkeeper};
use crate::county::County;
use crate::public::text::main_text;

#[tokio::test]
async fn materials_are_listed_with_what_is_waived() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let draft = filled(&mut browser).await;
    let page = browser.get(&format!("{draft}/materials")).await.text();
    insta::assert_snapshot!(main_text(&page));
    let missing = browser.post(&format!("{draft}/materials"), &[]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.text().contains("href=\"#premises_lease\"") && missing.text().contains("请上传“经营场所租赁合同”"));
}

#[tokio::test]
async fn a_file_is_what_its_bytes_say() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let draft = filled(&mut browser).await;
    let (page, upload) = (format!("{draft}/materials"), format!("{draft}/materials/premises_lease"));
    browser.get(&page).await;
    let disguised = browser.upload(&upload, &[], &[("premises_lease", "合同.pdf", b"MZ this is a program")]).await;
    assert_eq!(disguised.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sentence = "“经营场所租赁合同”只能上传 pdf、jpg、png 格式的文件";
    assert_eq!(disguised.text().matches(sentence).count(), 2);
    let empty = browser.upload(&upload, &[], &[("premises_lease", "空.pdf", b"")]).await;
    assert!(empty.text().contains("的文件是空的"));
    let none = browser.upload(&upload, &[], &[]).await;
    assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.text().contains("请先选择"));
    let mut large = PDF.to_vec();
    large.splice(9..9, vec![b' '; 11 * 1024 * 1024]);
    let large = browser.upload(&upload, &[], &[("premises_lease", "大.pdf", &large)]).await;
    assert_eq!(large.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", large.text());
    assert!(large.text().contains("的文件不能超过 10.0 MB"), "{}", main_text(&large.text()));
}

#[tokio::test]
async fn a_file_is_attached_looked_at_and_removed() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let draft = filled(&mut browser).await;
    browser.get(&format!("{draft}/materials")).await;
    let answer = browser.upload(&format!("{draft}/materials/premises_lease"), &[], &[("premises_lease", "../../合同 一.pdf", PDF)]).await;
    assert_eq!(answer.location(), format!("{draft}/materials#premises_lease-card"));
    let page = browser.get(&format!("{draft}/materials")).await;
    assert!(page.text().contains("合同 一.pdf") && page.text().contains("已上传"));
    let file = page.hidden("file").unwrap();
    let read = browser.get(&format!("{draft}/files/{file}")).await;
    assert_eq!((read.bytes.as_slice(), read.header("content-type")), (PDF, "application/pdf"));
    assert!(read.header("content-disposition").starts_with("attachment;"));
    browser.post(&format!("{draft}/materials/premises_lease/remove"), &[("file", &file)]).await;
    assert!(!browser.get(&format!("{draft}/materials")).await.text().contains("合同 一.pdf"));
}
