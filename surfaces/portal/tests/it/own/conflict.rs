//! Two windows, two devices, two clicks.

use axum::http::StatusCode;

use super::help::{OPERATOR, filled, shopkeeper, started};
use crate::county::County;
use crate::public::text::main_text;

#[tokio::test]
async fn a_draft_changed_elsewhere_keeps_what_was_typed_here() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let draft = filled(&mut browser).await;
    let page = format!("{draft}/pages/name");
    let seen = browser.get(&page).await.hidden("_seen").unwrap();
    let here = [("_seen", seen.as_str()), ("trade_name", "云溪县一号奶茶店")];
    let there = [("_seen", seen.as_str()), ("trade_name", "云溪县二号奶茶店")];
    assert_eq!(browser.post(&page, &here).await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.post(&page, &here).await.status, StatusCode::SEE_OTHER, "the same once more is no conflict");
    let stale = browser.post(&page, &there).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("value=\"云溪县二号奶茶店\""), "{}", main_text(&stale.text()));
    let fresh = stale.hidden("_seen").unwrap();
    assert_eq!(browser.post(&page, &[("_seen", &fresh), ("trade_name", "云溪县二号奶茶店")]).await.status, StatusCode::SEE_OTHER);
    assert!(browser.get(&page).await.text().contains("value=\"云溪县二号奶茶店\""));
}

#[tokio::test]
async fn saving_in_the_background_moves_the_version_on() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let draft = started(&mut browser).await;
    let page = format!("{draft}/pages/operator");
    let shown = browser.get(&page).await;
    assert!(shown.text().contains(&format!("data-autosave=\"{page}/autosave\"")));
    let seen = shown.hidden("_seen").unwrap();
    let mut typed = OPERATOR.to_vec();
    typed[2] = ("operator_mobile", "138");
    typed.push(("_seen", &seen));
    let saved = browser.post(&format!("{page}/autosave"), &typed).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    let next: i64 = seen.parse::<i64>().unwrap() + 1;
    assert_eq!(saved.text(), format!("{{\"seen\":{next}}}"));
    assert_eq!(browser.post(&format!("{page}/autosave"), &typed).await.status, StatusCode::CONFLICT);
    assert!(browser.get(&page).await.text().contains("value=\"138\""), "half typed, and kept");
}

#[tokio::test]
async fn an_application_changed_elsewhere_is_not_submitted_unseen() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let draft = filled(&mut browser).await;
    browser.get(&format!("{draft}/materials")).await;
    browser.upload(&format!("{draft}/materials/premises_lease"), &[], &[("premises_lease", "合同.pdf", super::help::PDF)]).await;
    let seen = browser.get(&format!("{draft}/submit")).await.hidden("_seen").unwrap();
    let fresh = browser.get(&format!("{draft}/pages/name")).await.hidden("_seen").unwrap();
    browser.post(&format!("{draft}/pages/name"), &[("_seen", &fresh), ("trade_name", "云溪县三号奶茶店")]).await;
    let answer = browser.post(&format!("{draft}/submit"), &[("_seen", &seen), ("promise", "yes")]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text().contains("云溪县三号奶茶店"));
}
