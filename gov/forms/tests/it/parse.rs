use forms::{Form, Problem, Widget};
use serde_json::{Value, json};

use crate::{SHOP, shop};

fn problems(change: impl FnOnce(&mut Value)) -> Vec<Problem> {
    let mut form: Value = serde_json::from_str(SHOP).unwrap();
    change(&mut form);
    Form::parse(&serde_json::to_string_pretty(&form).unwrap()).expect_err("a problem")
}

fn check(pointer: &str, value: Value, code: &str, at: &str) {
    let found = problems(|form| {
        let (outer, key) = pointer.rsplit_once('/').unwrap();
        match form.pointer_mut(outer).unwrap() {
            Value::Object(entries) if value == json!(null) => {
                entries.remove(key);
            }
            Value::Object(entries) => {
                entries.insert(key.to_owned(), value);
            }
            Value::Array(items) => items.push(value),
            other => panic!("{other}"),
        }
    });
    assert!(found.iter().any(|p| p.code == code && p.pointer == at), "expected {code} at {at}: {found:#?}");
    assert!(found.iter().all(|p| p.line > 0 && !p.zh.is_empty() && !p.en.is_empty()), "{found:#?}");
}

#[test]
fn a_sound_form_is_read() {
    let form = shop();
    assert_eq!(form.all_pages().len(), 5);
    assert_eq!(form.fields().len(), 12);
    assert_eq!(form.fields()[0].name, "operator_name");
    assert_eq!(form.field("business").unwrap().widget, Widget::Checkboxes);
    assert_eq!(form.field("area").unwrap().widget, Widget::Number);
    assert_eq!(form.field("id_number").unwrap().format.as_deref(), Some("cn-id-number"));
    assert_eq!(form.page_of("rent").unwrap().id, "premises");
    let conditions = form.conditions();
    assert_eq!(conditions.len(), 4);
    assert_eq!(conditions[0].pointer, "/properties/rent_until/x-when");
    assert!(conditions[0].known.contains(&"premises") && !conditions[0].known.contains(&"rent"));
}

#[test]
fn every_problem_has_a_code_and_a_pointer() {
    check("/x-pages/0/fields/-", json!("absent"), "no_such_field", "/x-pages/0/fields/3");
    check("/x-pages/0/fields/-", json!("food"), "repeated_field", "/x-pages/1/fields/2");
    check("/x-pages/0/title", json!({"zh": "经营者"}), "not_bilingual", "/x-pages/0/title");
    check("/x-pages/1/id", json!("operator"), "repeated_page", "/x-pages/1/id");
    check("/x-pages/1/id", json!("Step 1"), "name", "/x-pages/1/id");
    check("/x-pages/1/fields", json!([]), "no_fields", "/x-pages/1/fields");
    check("/x-pages", json!([]), "no_pages", "/x-pages");
    check("/required/-", json!("absent"), "no_such_field", "/required/8");
    check("/allOf", json!([]), "unknown_keyword", "/allOf");
    check("/properties/fax", json!({"type": "string", "title": "传真", "x-title-en": "Fax"}), "not_on_a_page", "/properties/fax");
    check("/properties/tradeName", json!({"type": "string", "title": "名", "x-title-en": "Name"}), "name", "/properties/tradeName");
    check("/properties/area/x-wiget", json!("number"), "unknown_keyword", "/properties/area/x-wiget");
    check("/properties/area/x-prefill-fixed", json!(true), "fixed", "/properties/area/x-prefill-fixed");
    let because = json!({ "zh": "以现场量的为准", "en": "As measured on the spot" });
    check("/properties/operator_name/x-asked-because", because, "asked_because", "/properties/operator_name/x-asked-because");
    check("/properties/area/x-widget", json!("slider"), "unknown_widget", "/properties/area/x-widget");
    check("/properties/area/x-widget", json!("money"), "widget_type", "/properties/area/x-widget");
    check("/properties/area/type", json!("float"), "type", "/properties/area/type");
    check("/properties/mobile/format", json!("cn-fax"), "unknown_format", "/properties/mobile/format");
    check("/properties/mobile/format", json!("email"), "widget_format", "/properties/mobile/format");
    check("/properties/mobile/x-mask", json!("face"), "unknown_mask", "/properties/mobile/x-mask");
    check("/properties/mobile/x-prefill", json!("mobile"), "path", "/properties/mobile/x-prefill");
    check("/properties/mobile/x-title-en", json!(null), "no_title", "/properties/mobile");
    check("/properties/premises/x-labels/owned", json!(null), "no_label", "/properties/premises/x-labels/owned");
    check("/properties/premises/x-labels/lent", json!({"zh": "借", "en": "Lent"}), "label_without_value", "/properties/premises/x-labels/lent");
    check("/properties/premises/enum", json!(null), "no_choices", "/properties/premises");
    check("/properties/premises/enum", json!([1]), "not_text", "/properties/premises/enum/0");
    check("/properties/business/items", json!(null), "no_items", "/properties/business/items");
    check("/properties/trade_name/minLength", json!("two"), "schema", "/properties/trade_name/minLength");
    check("/properties/trade_name/pattern", json!("("), "schema", "/properties/trade_name/pattern");
    check("/properties/trade_name/x-when", json!(true), "not_text", "/properties/trade_name/x-when");
}

#[test]
fn all_problems_are_reported_at_once_and_with_their_lines() {
    let text = SHOP.replace("\"x-widget\": \"money\"", "\"x-widget\": \"coins\"").replace("\"x-title-en\": \"Remark\", ", "");
    let found = Form::parse(&text).unwrap_err();
    assert_eq!(found.iter().map(|p| (p.code.as_str(), p.line)).collect::<Vec<_>>(), [("unknown_widget", 26), ("no_title", 30)]);
}

#[test]
fn other_texts_are_refused() {
    let twice = "{\"type\":\"object\",\"type\":\"object\"}";
    for (text, code) in [("", "not_json"), ("[]", "not_object"), ("{", "not_json"), ("{}", "type"), (twice, "repeated_key")] {
        assert!(Form::parse(text).unwrap_err().iter().any(|p| p.code == code), "{text}");
    }
    assert_eq!(Form::parse(&" ".repeat(2_000_000)).unwrap_err()[0].code, "too_large");
    assert_eq!(Form::parse(&"[".repeat(100_000)).unwrap_err()[0].code, "not_json");
}
