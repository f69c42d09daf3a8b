use serde_json::{Map, json};

use crate::{complete, facts, map, posted, shop};

fn read(page: &str, boxes: &[(&str, &str)]) -> forms::Posted {
    let form = shop();
    form.parse_page(form.page(page).unwrap(), &posted(boxes))
}

#[test]
fn typed_texts_become_values() {
    let found = read(
        "operator",
        &[("operator_name", " 示例 "), ("id_number", "３３９９２１ 19900101 001x"), ("mobile", "+86 138-0000-0000"), ("other", "x")],
    );
    assert_eq!(found.answers, map(json!({"operator_name": "示例", "id_number": "33992119900101001X", "mobile": "13800000000"})));
    assert!(found.problems.is_empty() && !found.typed.contains_key("other"));
    let until = [("rent_until-year", "２０２７"), ("rent_until-month", "2"), ("rent_until-day", "28")];
    let found = read("premises", &[&until[..], &[("premises", "rented"), ("rent", "1,200.5")]].concat());
    assert_eq!(found.answers, map(json!({"premises": "rented", "rent_until": "2027-02-28", "rent": 120050})));
    let found = read("premises", &[("rent_until", "2027年2月28日")]);
    assert_eq!(found.answers, map(json!({"rent_until": "2027-02-28"})));
    let found =
        read("shop", &[("business", ""), ("business", "retail"), ("business", "food"), ("business", "food"), ("food", "false"), ("food", "true")]);
    assert_eq!(found.answers, map(json!({"business": ["food", "retail"], "food": true})));
    let found = read("kitchen", &[("area", "１２．５"), ("kitchen_area", "")]);
    assert_eq!(found.answers, map(json!({"area": 12.5})));
}

#[test]
fn what_cannot_be_read_is_kept_for_showing_again() {
    let found = read("premises", &[("rent", "about 100"), ("rent_until-year", "2027"), ("rent_until-month", ""), ("rent_until-day", "1")]);
    assert!(found.answers.is_empty());
    assert_eq!(found.problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["date_incomplete", "money"]);
    assert_eq!(found.typed["rent"], ["about 100"]);
    assert_eq!(found.typed["rent_until-year"], ["2027"]);
}

#[test]
fn a_page_is_taken_into_the_answers() {
    let form = shop();
    let page = form.page("premises").unwrap();
    let answered = form.answer_page(page, &posted(&[("premises", "owned"), ("rent", "nonsense")]), &complete(), &facts());
    // Owned premises hide the lease, so that nothing about it is wrong or kept.
    assert!(answered.problems.is_empty(), "{:?}", answered.problems);
    assert_eq!(answered.answers["premises"], "owned");
    assert!(!answered.answers.contains_key("rent") && answered.answers.contains_key("trade_name"));
    let answered = form.answer_page(page, &posted(&[("premises", "rented"), ("rent", "nonsense")]), &complete(), &facts());
    assert_eq!(
        answered.problems.iter().map(|p| (p.field.as_str(), p.code.as_str())).collect::<Vec<_>>(),
        [("rent_until", "required"), ("rent", "money")]
    );
}

#[test]
fn a_blank_page_asks_for_what_is_required() {
    let form = shop();
    let answered = form.answer_page(form.page("operator").unwrap(), &[], &Map::new(), &facts());
    assert_eq!(answered.problems.iter().map(|p| p.field.as_str()).collect::<Vec<_>>(), ["operator_name", "id_number"]);
}

#[test]
fn an_answer_removed_on_the_page_is_removed() {
    let form = shop();
    let mut answers = complete();
    answers.insert("mobile".into(), json!("13800000000"));
    let boxes = posted(&[("operator_name", "示例"), ("id_number", "33992119900101001X"), ("mobile", "")]);
    let answered = form.answer_page(form.page("operator").unwrap(), &boxes, &answers, &facts());
    assert!(!answered.answers.contains_key("mobile") && answered.problems.is_empty());
}

#[test]
fn oversized_and_strange_posts_are_refused_not_feared() {
    let long = "长".repeat(30_000);
    let found = read("shop", &[("trade_name", &long), ("food", "perhaps"), ("business", "arms")]);
    assert_eq!(found.problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["too_long", "yes_no"]);
    assert_eq!(found.answers, map(json!({"business": ["arms"]})));
    assert!(found.typed["trade_name"][0].chars().count() <= 20_000);
}
