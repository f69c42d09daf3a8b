//! Whether a receipt is genuine, checked by the server.

use axum::http::StatusCode;
use journal::{Receipt, head};
use seal::{Purpose, SignedNote};

use crate::county::County;

/// A receipt of the submission, against a checkpoint signed by the node.
fn receipt(county: &County) -> Receipt {
    county.play("geti-shangpu-dengji", "ordinary");
    let (_, _, case) = county.newest_case();
    let origin = county.app.settings.origin.clone();
    let ring = &county.app.ring;
    county
        .app
        .store
        .read(|tx| {
            let checkpoint = head(tx, &origin).unwrap();
            let mut note = SignedNote::new(checkpoint.body()).unwrap();
            for purpose in [Purpose::JournalSm2, Purpose::JournalEd25519] {
                note.sign(&origin, ring.signer(&purpose).unwrap().as_ref()).unwrap();
            }
            let index = cases::queries::receipt_index(tx, &case, "case-submitted")?.unwrap();
            let receipt = Receipt::build(tx, index, &note.to_string(), checkpoint.size).unwrap();
            Ok::<_, runner::Halt>(receipt)
        })
        .unwrap()
}

async fn checked(county: &County, receipt: &Receipt) -> (StatusCode, String) {
    let mut browser = county.browser("zh-CN");
    browser.get("/receipts/check").await;
    let json = serde_json::to_string(receipt).unwrap();
    let answer = browser.upload("/receipts/check", &[("receipt", &json)], &[]).await;
    (answer.status, told(&answer.text()))
}

/// What the page says about the receipt; the words for the script stand elsewhere on it.
fn told(html: &str) -> String {
    let (_, rest) = html.split_once("id=\"receipt-answer\"").unwrap();
    rest.split_once("<form").unwrap().0.to_owned()
}

#[tokio::test]
async fn a_receipt_holds_with_content_path_and_signatures() {
    let county = County::new();
    let receipt = receipt(&county);
    let (status, text) = checked(&county, &receipt).await;
    assert_eq!(status, StatusCode::OK);
    assert!(text.contains("核验通过") && !text.contains("不符"), "{text}");
    let mut browser = county.browser("en");
    browser.get("/receipts/check").await;
    let json = serde_json::to_vec(&receipt).unwrap();
    let file = browser.upload("/receipts/check", &[("receipt", "")], &[("file", "receipt.json", &json)]).await;
    assert!(told(&file.text()).contains("The receipt holds"));
}

#[tokio::test]
async fn every_kind_of_forgery_is_found() {
    let county = County::new();
    let good = receipt(&county);
    let mut forgeries = Vec::new();
    let mut forge = |name: &'static str, change: &dyn Fn(&mut Receipt)| {
        let mut receipt = good.clone();
        change(&mut receipt);
        forgeries.push((name, receipt));
    };
    forge("payload", &|receipt| receipt.entry.payload = Some("{}".into()));
    forge("time", &|receipt| receipt.entry.header.at_ms -= 1);
    forge("actor", &|receipt| receipt.entry.header.actor.push('x'));
    forge("index", &|receipt| receipt.entry.index += 1);
    forge("size", &|receipt| receipt.proof.size += 1);
    forge("path", &|receipt| receipt.proof.sm3.reverse());
    forge("root", &|receipt| receipt.checkpoint = receipt.checkpoint.replacen("sm3 ", "sm3 A", 1));
    forge("origin", &|receipt| receipt.checkpoint = receipt.checkpoint.replacen("test.node", "evil.node", 1));
    forge("unsigned", &|receipt| receipt.checkpoint = receipt.checkpoint.split("\n\n").next().unwrap().to_owned() + "\n");
    for (name, receipt) in forgeries {
        let (status, text) = checked(&county, &receipt).await;
        assert_eq!(status, StatusCode::OK, "{name}");
        assert!(text.contains("核验不通过") && text.contains("不符"), "{name}: {text}");
    }
}

#[tokio::test]
async fn what_is_no_receipt_is_told_at_the_field() {
    let county = County::new();
    let mut browser = county.browser("zh-CN");
    browser.get("/receipts/check").await;
    for (text, sentence) in [("", "请选择回执文件"), ("{}", "不是一份完整的回执"), ("<b>", "不是一份完整的回执")] {
        let answer = browser.upload("/receipts/check", &[("receipt", text)], &[]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
        assert!(answer.text().contains(sentence), "{text}");
    }
}
