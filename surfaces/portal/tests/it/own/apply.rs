//! From the start page to the confirmation.

use axum::http::StatusCode;
use town::basics::people;

use super::help::{OPERATOR, PDF, SHOP, filled, send, shopkeeper, signed_in, started, step, submitted};
use crate::county::County;
use crate::public::text::main_text;

#[tokio::test]
async fn the_start_page_says_what_it_takes() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let page = browser.get(&format!("/items/{SHOP}/apply")).await;
    insta::assert_snapshot!(main_text(&page.text()));
    let mut english = county.browser("en");
    english.sign_in("xiaohe", "Yunxi-2026").await;
    insta::assert_snapshot!("start_en", main_text(&english.get(&format!("/items/{SHOP}/apply")).await.text()));
    assert_eq!(browser.get("/items/haochaping-zhenggai/apply").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/items/none/apply").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn one_signs_in_first_and_comes_back() {
    let county = County::new();
    let mut browser = county.browser("zh-CN");
    let answer = browser.get(&format!("/items/{SHOP}/apply")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location().starts_with("/sign-in?next="), "{}", answer.location());
}

#[tokio::test]
async fn the_guide_asks_one_question_a_page_and_stops_with_advice() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let start = format!("/items/{SHOP}/apply");
    browser.get(&start).await;
    let draft = browser.post(&start, &[]).await.location().strip_suffix("/guide").unwrap().to_owned();
    let first = browser.follow(&format!("{draft}/guide")).await;
    insta::assert_snapshot!(main_text(&first.text()));
    let nothing = browser.post(&format!("{draft}/guide/operator"), &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sentence = "请选择一项：谁来当经营者？";
    assert_eq!(nothing.text().matches(sentence).count(), 2, "the same words in the summary and at the field");
    assert!(nothing.text().contains("<title>错误："));
    step(&mut browser, &format!("{draft}/guide/operator"), &[("answer", "foreigner")], &format!("{draft}/guide")).await;
    insta::assert_snapshot!("stop", main_text(&browser.get(&format!("{draft}/guide")).await.text()));
    let ahead = browser.get(&format!("{draft}/pages/operator")).await;
    assert_eq!((ahead.status, ahead.location()), (StatusCode::SEE_OTHER, format!("{draft}/guide").as_str()));
}

#[tokio::test]
async fn what_government_holds_is_filled_in_with_its_source() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let draft = started(&mut browser).await;
    let notice = browser.get(&format!("{draft}/notice")).await;
    assert!(notice.text().contains(&format!("href=\"{draft}/pages/operator\"")));
    let page = browser.get(&format!("{draft}/pages/operator")).await.text();
    for value in ["value=\"林晓禾\"", "value=\"339921199005170241\"", "value=\"13800000001\""] {
        assert!(page.contains(value), "{value}");
    }
    insta::assert_snapshot!(main_text(&page));
}

#[tokio::test]
async fn what_differs_from_the_register_is_said_at_the_field_and_before_it_is_sent() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let draft = filled(&mut browser).await;
    let operator = format!("{draft}/pages/operator?from=check");
    let page = main_text(&browser.get(&operator).await.text());
    assert!(page.contains("取自人口基础信息库（云溪县公安局），2026年3月2日登记"), "{page}");
    let other = [OPERATOR[0], OPERATOR[1], OPERATOR[2], ("operator_address", "云溪县溪口街道滨溪路99号")];
    step(&mut browser, &operator, &other, &format!("{draft}/materials")).await;
    let page = main_text(&browser.get(&operator).await.text());
    assert!(page.contains("登记的是“云溪县城关镇和平路12号”，与您填写的不同"), "{page}");
    let materials = main_text(&browser.get(&format!("{draft}/materials")).await.text());
    assert!(materials.contains("免交") && materials.contains("来源：人口基础信息库（云溪县公安局），2026年3月2日登记"), "{materials}");
    browser.upload(&format!("{draft}/materials/premises_lease"), &[], &[("premises_lease", "合同.pdf", PDF)]).await;
    let check = main_text(&browser.get(&format!("{draft}/check")).await.text());
    assert!(check.contains("滨溪路99号") && check.contains("登记的是“云溪县城关镇和平路12号”") && check.contains("取自人口基础信息库"), "{check}");
}

#[tokio::test]
async fn what_the_package_fixes_is_shown_and_not_asked() {
    let county = County::new();
    let source = "\"x-prefill\": \"population.address\"";
    county.publish_altered(SHOP, "form.json", source, &format!("{source}, \"x-prefill-fixed\": true"));
    let mut browser = shopkeeper(&county).await;
    let draft = filled(&mut browser).await;
    let operator = format!("{draft}/pages/operator");
    let page = browser.get(&operator).await.text();
    let shown = main_text(&page);
    assert!(shown.contains("云溪县城关镇和平路12号") && shown.contains("这一项以登记为准，登记有误请先申请更正"), "{shown}");
    assert!(page.contains("type=\"hidden\" name=\"operator_address\""), "it is sent along");
    assert!(page.contains("for=\"operator_name\"") && !page.contains("for=\"operator_address\""), "the others alone are asked");
    let other = [OPERATOR[0], OPERATOR[1], OPERATOR[2], ("operator_address", "云溪县溪口街道滨溪路99号")];
    step(&mut browser, &format!("{operator}?from=check"), &other, &format!("{draft}/materials")).await;
    browser.upload(&format!("{draft}/materials/premises_lease"), &[], &[("premises_lease", "合同.pdf", PDF)]).await;
    let check = browser.get(&format!("{draft}/check")).await;
    let text = main_text(&check.text());
    assert!(text.contains("云溪县城关镇和平路12号") && !text.contains("滨溪路99号"), "what was sent in its place counts for nothing: {text}");
    let answer = send(&mut browser, &format!("{draft}/submit"), &[("promise", "yes")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", main_text(&answer.text()));
}

#[tokio::test]
async fn wrong_answers_are_told_at_the_field_and_on_top_and_are_kept() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let draft = started(&mut browser).await;
    let page = format!("{draft}/pages/operator");
    let typed = [OPERATOR[0], ("operator_id", "339921199005170242"), ("operator_mobile", "12"), ("operator_address", "")];
    let answer = send(&mut browser, &page, &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    insta::assert_snapshot!(main_text(&answer.text()));
    assert!(answer.text().contains("value=\"339921199005170242\"") && answer.text().contains("value=\"12\""));
    assert!(answer.text().contains("href=\"#operator_id\""));
    let again = browser.get(&page).await.text();
    assert!(again.contains("value=\"339921199005170242\"") && again.contains("value=\"12\""), "kept in the draft");
    let ahead = browser.get(&format!("{draft}/pages/scope")).await;
    assert_eq!(ahead.location(), page, "nothing is skipped");
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_as_it_was_typed() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let draft = filled(&mut browser).await;
    let page = format!("{draft}/pages/scale");
    let answer = send(&mut browser, &page, &[("capital_yuan", "五万"), ("practitioners", "0")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let again = browser.get(&page).await.text();
    assert!(again.contains("value=\"五万\"") && again.contains("value=\"0\""));
}

#[tokio::test]
async fn a_field_of_a_choice_stands_under_it() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let draft = started(&mut browser).await;
    let page = format!("{draft}/pages/composition");
    step(&mut browser, &format!("{draft}/pages/operator"), &OPERATOR, &page).await;
    let shown = browser.get(&page).await.text();
    assert!(shown.contains("govuk-radios__conditional") && shown.contains("name=\"family_members\""));
    let missing = send(&mut browser, &page, &[("composition", "family"), ("family_members", "")]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    step(&mut browser, &page, &[("composition", "family"), ("family_members", "林晓禾\n林大山")], &format!("{draft}/pages/name")).await;
}

#[tokio::test]
async fn answers_are_checked_changed_and_submitted_once() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let draft = filled(&mut browser).await;
    let early = browser.get(&format!("{draft}/submit")).await;
    assert_eq!(early.location(), format!("{draft}/materials"), "a material is missing");
    browser.get(&format!("{draft}/materials")).await;
    browser.upload(&format!("{draft}/materials/premises_lease"), &[], &[("premises_lease", "合同.pdf", PDF)]).await;
    insta::assert_snapshot!("check", main_text(&browser.get(&format!("{draft}/check")).await.text()));
    let name = format!("{draft}/pages/name?from=check");
    step(&mut browser, &name, &[("trade_name", "云溪县小禾奶茶店")], &format!("{draft}/check")).await;
    let page = browser.get(&format!("{draft}/submit")).await;
    insta::assert_snapshot!("promise", main_text(&page.text()));
    let seen = page.hidden("_seen").unwrap();
    let unpromised = browser.post(&format!("{draft}/submit"), &[("_seen", &seen)]).await;
    assert_eq!(unpromised.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("_seen", seen.as_str()), ("promise", "yes")];
    let first = browser.post(&format!("{draft}/submit"), &fields).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", main_text(&first.text()));
    let second = browser.post(&format!("{draft}/submit"), &fields).await;
    assert_eq!((second.status, second.location()), (first.status, first.location()), "sent twice, one case");
    let confirmation = browser.get(first.location()).await.text();
    let (number, code, id) = county.newest_case();
    assert!(first.location().contains(&id) && confirmation.contains(&number) && confirmation.contains(&code));
    insta::assert_snapshot!("submitted", main_text(&confirmation).replace(&number, "NUMBER").replace(&code, "CODE"));
    assert_eq!(browser.get(&draft).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_case_decided_at_once_says_so() {
    let county = County::new();
    let mut browser = signed_in(&county, people::FATHER, "dequan").await;
    let start = "/items/gaoling-jintie/apply";
    browser.get(start).await;
    let draft = browser.post(start, &[]).await.location().strip_suffix("/guide").unwrap().to_owned();
    step(&mut browser, &format!("{draft}/guide/who"), &[("answer", "self")], &format!("{draft}/guide")).await;
    send(&mut browser, &format!("{draft}/guide/receiving"), &[("answer", "no")]).await;
    let elder = [
        ("name", "周德全"),
        ("id_number", people::FATHER),
        ("birth_date-year", "1940"),
        ("birth_date-month", "3"),
        ("birth_date-day", "8"),
        ("division", "339921"),
        ("mobile", "13800000002"),
    ];
    step(&mut browser, &format!("{draft}/pages/elder"), &elder, &format!("{draft}/pages/account")).await;
    let account = [("bank_name", "云溪农村商业银行"), ("bank_account", "6230000000000012345")];
    step(&mut browser, &format!("{draft}/pages/account"), &account, &format!("{draft}/pages/choice")).await;
    send(&mut browser, &format!("{draft}/pages/choice"), &[("person_decides", "false"), ("remark", "")]).await;
    let answer = send(&mut browser, &format!("{draft}/submit"), &[("promise", "yes")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", main_text(&answer.text()));
    let page = browser.get(answer.location()).await.text();
    assert!(page.contains("申请已办结") && page.contains("准予"), "{}", main_text(&page));
    let wallet = main_text(&browser.get("/certificates").await.text());
    assert!(wallet.contains("正在制作"), "{wallet}");
}

#[tokio::test]
async fn drafts_wait_in_the_list_and_can_be_thrown_away() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let draft = started(&mut browser).await;
    let list = browser.get("/cases").await.text();
    assert!(list.contains(&format!("href=\"{draft}\"")));
    assert_eq!(browser.get(&draft).await.location(), format!("{draft}/pages/composition"), "the operator was filled in already");
    let question = main_text(&browser.get(&format!("{draft}/discard")).await.text());
    assert!(question.contains("确定删除这份草稿吗"));
    let gone = browser.post(&format!("{draft}/discard"), &[]).await;
    assert_eq!(gone.location(), "/cases");
    assert_eq!(browser.get(&format!("{draft}/check")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn submitting_leaves_nothing_typed_behind_in_urls() {
    let county = County::new();
    let mut browser = shopkeeper(&county).await;
    let case = submitted(&mut browser).await;
    assert!(!case.contains('?') && case.starts_with("/cases/case_"));
}
