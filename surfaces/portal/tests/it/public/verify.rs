//! Whether a document is genuine.

use axum::http::StatusCode;
use documents::{CertificateAct, DocumentRecord, FileDocument, Filing, RevokeCertificate, queries};
use runner::{Actor, Halt};

use super::text::main_text;
use crate::county::County;

const FILE: &[u8] = b"%PDF-1.7 the licence as it was filed";

/// The county after 林晓禾 got her licence, and the licence as filed.
fn county_with_licence() -> (County, DocumentRecord) {
    let county = County::new();
    county.play("geti-shangpu-dengji", "ordinary");
    let (_, _, case) = county.newest_case();
    let documents = county.app.store.read(|tx| Ok::<_, Halt>(queries::documents_of_case(tx, &case)?)).unwrap();
    let licence = documents.into_iter().find(|document| document.certificate_id.is_some()).unwrap();
    (county, licence)
}

fn file(county: &County, document: &DocumentRecord) {
    let blob = blobs::BlobName::of(FILE).as_str().to_owned();
    let filing = Filing { blob, page_count: 1, signature: "00".repeat(64), key_version: 1 };
    county.world.execute(&Actor::system(), FileDocument { document: document.id.clone(), filing });
}

#[tokio::test]
async fn a_code_shows_what_the_register_says() {
    let (county, licence) = county_with_licence();
    let mut browser = county.browser("zh-CN");
    let path = format!("/verify/{}", licence.code);
    assert!(browser.get(&path).await.text().contains("已登记，正在制作"));
    file(&county, &licence);
    let answer = browser.get(&path).await;
    assert!(!answer.text().contains("339921199005170241"), "no identity number is shown");
    let text = main_text(&answer.text()).replace(&licence.code, "CODE");
    assert!(text.contains("真实有效") && text.contains("营业执照"), "{text}");
    let typed = browser.get(&format!("/verify?code={}", licence.code.to_lowercase())).await;
    assert_eq!((typed.status, typed.location()), (StatusCode::SEE_OTHER, path.as_str()));
}

#[tokio::test]
async fn a_revoked_certificate_says_when_and_why() {
    let (county, licence) = county_with_licence();
    file(&county, &licence);
    let certificate = licence.certificate_id.clone().unwrap();
    let (reason, basis) = ("提供虚假材料取得登记".to_owned(), "行政许可法 第六十九条".to_owned());
    county.world.execute(&Actor::system(), RevokeCertificate { certificate, act: CertificateAct::Revoke, reason, basis });
    let text = main_text(&county.browser("zh-CN").get(&format!("/verify/{}", licence.code)).await.text());
    assert!(text.contains("已失效") && text.contains("提供虚假材料取得登记") && text.contains("第六十九条"), "{text}");
}

#[tokio::test]
async fn the_file_itself_is_compared_byte_by_byte() {
    let (county, licence) = county_with_licence();
    file(&county, &licence);
    let mut browser = county.browser("zh-CN");
    browser.get("/verify").await;
    let same = browser.upload("/verify", &[], &[("file", "执照.pdf", FILE)]).await;
    assert!(same.text().contains("真实有效") && same.text().contains("执照.pdf"), "{}", same.text());
    let mut altered = FILE.to_vec();
    altered.extend_from_slice(format!(" /T (zs-{})", licence.code).as_bytes());
    let altered = browser.upload("/verify", &[], &[("file", "a.pdf", &altered)]).await;
    assert!(altered.text().contains("文件被改动"));
    let strange = browser.upload("/verify", &[], &[("file", "b.pdf", b"hello")]).await;
    assert!(strange.text().contains("查无此文书"));
    let none = browser.upload("/verify", &[], &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text().contains("请选择要核验的PDF文件"));
}

#[tokio::test]
async fn what_is_no_code_is_told_at_the_field_or_as_unknown() {
    let county = County::new();
    let mut browser = county.browser("zh-CN");
    let short = browser.get("/verify?code=12").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.text().contains("核验码应为12位字母和数字，请对照文书重新输入"));
    for odd in ["/verify/ABCDEFGHJKMN", "/verify/12", "/verify/%27%3B%20drop", "/verify/%E6%A0%B8%E9%AA%8C"] {
        let answer = browser.get(odd).await;
        assert_eq!(answer.status, StatusCode::OK, "{odd}");
        assert!(answer.text().contains("查无此文书") && answer.text().contains("noindex"), "{odd}");
    }
}
