use forms::Facts;
use serde_json::{Map, json};

use crate::{Equalities, complete, facts, map, shop};

fn ids(pages: &[&forms::Page]) -> Vec<String> {
    pages.iter().map(|page| page.id.clone()).collect()
}

#[test]
fn the_pages_follow_from_the_answers() {
    let form = shop();
    assert_eq!(ids(&form.pages(&complete(), &facts())), ["operator", "shop", "premises", "kitchen", "remarks"]);
    let mut answers = complete();
    answers.insert("food".into(), json!(false));
    let elsewhere = Facts::new(&Equalities, map(json!({"situation": {"place": "city"}})));
    assert_eq!(ids(&form.pages(&answers, &elsewhere)), ["operator", "shop", "premises"]);
    assert_eq!(ids(&form.pages(&Map::new(), &elsewhere)), ["operator", "shop", "premises"]);
}

#[test]
fn one_page_leads_to_the_next_and_back() {
    let form = shop();
    let mut answers = complete();
    let journey = form.journey(&answers, &facts());
    assert_eq!(journey.next_page("premises").unwrap().id, "kitchen");
    assert_eq!(journey.previous_page("kitchen").unwrap().id, "premises");
    assert!(journey.previous_page("operator").is_none() && journey.next_page("remarks").is_none());
    assert!(journey.next_page("absent").is_none());
    answers.insert("food".into(), json!(false));
    let journey = form.journey(&answers, &facts());
    assert_eq!(journey.next_page("premises").unwrap().id, "remarks");
    // A page that is no longer part of the journey still leads on.
    assert_eq!(journey.next_page("kitchen").unwrap().id, "remarks");
    assert_eq!(journey.previous_page("remarks").unwrap().id, "premises");
}

#[test]
fn the_first_incomplete_page_is_the_last_one_that_may_be_opened() {
    let form = shop();
    let mut answers = complete();
    assert!(form.journey(&answers, &facts()).first_incomplete_page().is_none());
    assert!(form.journey(&answers, &facts()).may_open("remarks"));
    answers.remove("premises");
    let journey = form.journey(&answers, &facts());
    assert_eq!(journey.first_incomplete_page().unwrap().id, "premises");
    assert!(journey.may_open("shop") && journey.may_open("premises"));
    assert!(!journey.may_open("kitchen") && !journey.may_open("absent"));
    assert_eq!(form.journey(&Map::new(), &facts()).first_incomplete_page().unwrap().id, "operator");
}

#[test]
fn hidden_answers_are_dropped_and_hide_what_depends_on_them() {
    let form = shop();
    let mut answers = complete();
    answers.insert("premises".into(), json!("owned"));
    answers.insert("stray".into(), json!(1));
    let kept = form.keep(&answers, &facts());
    assert!(!kept.contains_key("rent_until") && !kept.contains_key("rent") && !kept.contains_key("stray"));
    assert!(form.validate(&kept, &facts()).is_empty());
    answers.remove("food");
    assert!(!form.keep(&answers, &facts()).contains_key("area"));
}

#[test]
fn an_empty_answer_is_no_answer() {
    let form = shop();
    let mut answers = complete();
    answers.extend(map(json!({"remark": " \t", "mobile": "", "business": [], "rent": null})));
    let kept = form.keep(&answers, &facts());
    for field in ["remark", "mobile", "business", "rent"] {
        assert!(!kept.contains_key(field), "{field}");
    }
}

#[test]
fn a_condition_sees_only_what_was_asked_before() {
    let text = crate::SHOP.replace("\"x-mask\": \"mobile\"", "\"x-when\": \"answers.premises = \\\"rented\\\"\"");
    let form = forms::Form::parse(&text).unwrap();
    assert!(!form.journey(&complete(), &facts()).shows("mobile"));
}

#[test]
fn a_condition_that_fails_does_not_hold() {
    let text = crate::SHOP.replace("\"x-mask\": \"mobile\"", "\"x-when\": \"nonsense\"");
    let form = forms::Form::parse(&text).unwrap();
    assert!(!form.journey(&complete(), &facts()).shows("mobile"));
}
