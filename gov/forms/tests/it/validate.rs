use forms::{Form, Formats};
use i18n::{Lang, Text};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::{SHOP, complete, facts, map, shop};

fn check(field: &str, answer: Value, code: &str, zh: &str, en: &str) {
    let mut answers = complete();
    answers.insert(field.to_owned(), answer);
    let problems = shop().validate(&answers, &facts());
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert_eq!((problems[0].field.as_str(), problems[0].code.as_str()), (field, code));
    assert_eq!((problems[0].zh.as_str(), problems[0].sentence(Lang::En)), (zh, en));
}

#[test]
fn every_sentence_names_the_field_and_says_what_to_do() {
    check("trade_name", json!(null), "required", "请填写字号名称", "Enter the trade name");
    check("trade_name", json!("  "), "required", "请填写字号名称", "Enter the trade name");
    check("premises", json!(""), "required", "请选择场所来源", "Select the source of the premises");
    check("business", json!([]), "required", "请至少选择一项：经营范围", "Select at least one option for the lines of business");
    check(
        "trade_name",
        json!("店"),
        "length_min",
        "字号名称至少 2 个字，请补充",
        "The trade name must have at least 2 characters; add what is missing",
    );
    check(
        "trade_name",
        json!("很长很长很长很长的"),
        "length_max",
        "字号名称最多 8 个字，请缩短",
        "The trade name must have at most 8 characters; shorten it",
    );
    check("rent", json!(-5), "minimum", "月租金不得少于 0.00元，请修改", "The monthly rent must be CNY 0.00 or more; change it");
    check(
        "rent",
        json!(100000001),
        "maximum",
        "月租金不得多于 1,000,000.00元，请修改",
        "The monthly rent must be CNY 1,000,000.00 or less; change it",
    );
    check(
        "rent",
        json!("12"),
        "type",
        "月租金应为金额，最多两位小数，例如 1200.50",
        "The monthly rent must be an amount in yuan with at most two decimals, like 1200.50",
    );
    check("area", json!(0), "above", "面积（平方米）应大于 0，请修改", "The area in square metres must be more than 0; change it");
    check("kitchen_area", json!(4.5), "type", "厨房面积应为整数，例如 30", "The kitchen area must be a whole number, like 30");
    check("premises", json!("stolen"), "choice", "请从所列选项中选择场所来源", "Select the source of the premises from the options shown");
    check("business", json!(["food", "arms"]), "choice", "请从所列选项中选择经营范围", "Select the lines of business from the options shown");
    check(
        "business",
        json!(["food", "drinks", "retail"]),
        "items_max",
        "经营范围最多选择 2 项",
        "Select at most 2 options for the lines of business",
    );
    check(
        "business",
        json!(["food", "food"]),
        "repeated",
        "经营范围中有重复的选项，请去掉",
        "Select each option for the lines of business only once",
    );
    check("food", json!("maybe"), "type", "请选择“是”或“否”：是否现场制售食品", "Select yes or no: Will food be made on the premises?");
    check(
        "id_number",
        json!("3399"),
        "format",
        "身份号码应为 18 位公民身份号码，请对照身份证核对",
        "The ID number must be an identity number of 18 characters; check it against the card",
    );
    check(
        "rent_until",
        json!("2027-02-30"),
        "format",
        "租期届满日应为真实的日期，例如 2026 年 3 月 2 日",
        "The end of the lease must be a real date, like 2 March 2026",
    );
    check("stray", json!(1), "unknown", "表单中没有“stray”这一项，请删除", "The form has no field stray; remove it");
    check("trade_name", json!("小\u{0}馆"), "type", "请用文字填写字号名称", "Enter the trade name as text");
}

#[test]
fn complete_answers_have_no_problems_and_empty_ones_have_those_of_the_shown_fields() {
    assert_eq!(shop().validate(&complete(), &facts()), Vec::new());
    assert_eq!(shop().validate(&Map::new(), &facts()).len(), 6);
}

#[test]
fn the_form_may_bring_its_own_sentence_and_its_own_checker() {
    let text =
        SHOP.replace("\"minLength\": 2", "\"minLength\": 2, \"pattern\": \"^[^0-9]*$\", \"x-error\": {\"zh\": \"不要数字\", \"en\": \"No digits\"}");
    let form = Form::parse(&text).unwrap().with_formats(Formats::standard().with("cn-id-number", |_| Err(Some(Text::new("校验码不对", "Wrong")))));
    let mut answers = complete();
    answers.insert("trade_name".into(), json!("小馆1"));
    let problems = form.validate(&answers, &facts());
    assert_eq!(problems.iter().map(|p| p.zh.as_str()).collect::<Vec<_>>(), ["校验码不对", "不要数字"]);
}

#[test]
fn answers_are_shown_as_people_read_them() {
    let form = shop();
    let mut answers = complete();
    answers.insert("business".into(), json!(["food", "retail"]));
    let row = |lang, field: &str| form.summary(&answers, &facts(), lang).into_iter().find(|row| row.field == field).unwrap();
    assert_eq!(row(Lang::ZhHans, "business").value, "餐饮、零售");
    assert_eq!(row(Lang::En, "business").value, "Catering, Retail");
    assert_eq!(row(Lang::ZhHans, "rent").value, "1,200.50元");
    assert_eq!(row(Lang::En, "rent_until").value, "31 December 2027");
    assert_eq!(row(Lang::ZhHans, "food").value, "是");
    assert_eq!(row(Lang::En, "area").value, "45.5");
    assert_eq!(row(Lang::ZhHans, "mobile").value, "未填写");
    assert!(!row(Lang::ZhHans, "mobile").answered);
    assert_eq!(row(Lang::ZhHans, "id_number").masked, "339***********001X");
    assert_eq!(row(Lang::ZhHans, "id_number").page, "operator");
    assert_eq!(form.summary(&answers, &facts(), Lang::En).len(), 12);
}

#[test]
fn what_government_holds_need_not_be_typed() {
    let sources = map(json!({"population": {"name": " 示例 ", "id_number": "33992119900101001X"}}));
    let found = shop().prefill(&sources);
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].field.as_str(), found[0].value.clone(), found[0].source.as_str()), ("operator_name", json!("示例"), "population.name"));
    let wrong = map(json!({"population": {"name": "", "id_number": "unknown"}}));
    assert_eq!(shop().prefill(&wrong), Vec::new());
    assert_eq!(shop().prefill(&map(json!({"population": 5}))), Vec::new());
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,30}".prop_map(Value::from),
        "[0-9-]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((".{0,5}", inner), 0..3).prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_answers_are_judged(values in prop::collection::vec(any_json(), 12)) {
        let form = shop();
        let answers: Map<String, Value> = form.fields().iter().map(|f| f.name.clone()).zip(values).collect();
        for problem in form.validate(&answers, &facts()) {
            let unfilled = problem.en.contains("{The}") || problem.zh.contains("{The}");
            prop_assert!(!problem.zh.is_empty() && !problem.en.is_empty() && !unfilled);
        }
        for lang in Lang::ALL {
            let _ = form.summary(&answers, &facts(), lang);
        }
        let _ = form.to_post(&answers);
        let _ = form.prefill(&map(json!({"population": {"name": answers["area"], "id_number": answers["remark"]}})));
    }
}
