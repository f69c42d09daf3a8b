use rules::{RuleError, Table, check, inputs};
use serde_json::{Map, json};

use crate::{ALLOWANCE, applicant};

fn allowance() -> Table {
    Table::parse(ALLOWANCE).unwrap()
}

#[test]
fn the_value_comes_with_its_rule_and_its_reasons() {
    let decided = allowance().evaluate("monthly_amount", &applicant(93, "339921")).unwrap();
    assert_eq!(decided.value, json!({"amount_fen": 10000, "grade": "90"}));
    assert_eq!(decided.matched_rules, [3]);
    assert_eq!(decided.reasons, ["九十至九十九周岁，每月一百元", "本县户籍，年满八十周岁"]);
    assert_eq!(decided.reasons_en, ["90 to 99 years: 100 yuan a month", "本县户籍，年满八十周岁"]);
}

#[test]
fn the_trace_shows_every_rule_that_was_tried() {
    let decided = allowance().evaluate("monthly_amount", &applicant(85, "339922")).unwrap();
    assert_eq!(decided.value, json!({"amount_fen": 0, "grade": "none"}));
    let eligible = &decided.trace[0];
    assert_eq!(eligible.decision, "eligible");
    assert_eq!(eligible.inputs, [("applicant.age".to_owned(), json!(85)), ("applicant.division".to_owned(), json!("339922"))]);
    assert_eq!(eligible.rules.iter().map(|r| r.matched).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!(eligible.rules[1].cells, [true, false]);
    assert_eq!(eligible.value, json!(false));
    assert_eq!(decided.trace[1].rules.iter().filter(|r| r.matched).map(|r| r.rule).collect::<Vec<_>>(), decided.matched_rules);
    assert!(serde_json::to_string(&decided).unwrap().contains("非本县户籍"));
}

#[test]
fn the_sample_tables_are_complete_and_do_not_overlap() {
    assert_eq!(check(&allowance()), Vec::new());
    assert_eq!(inputs(&allowance()), ["applicant.age", "applicant.division"]);
    assert_eq!(allowance().decisions(), ["eligible", "monthly_amount"]);
    assert!(allowance().has("eligible") && !allowance().has("other"));
}

#[test]
fn a_missing_input_is_refused_and_does_not_fall_through() {
    let mut variables = applicant(85, "339921");
    variables["applicant"].as_object_mut().unwrap().remove("age");
    let error = allowance().evaluate("monthly_amount", &variables).unwrap_err();
    assert_eq!(error, RuleError::MissingInput { decision: "eligible".into(), input: "applicant.age".into() });
    assert!(allowance().evaluate("eligible", &Map::new()).is_err());
}

#[test]
fn an_input_that_may_be_missing_is_asked_for_as_such() {
    let xml = ALLOWANCE.replacen(
        "typeRef=\"string\"><text>applicant.division</text>",
        "typeRef=\"string\"><text>get value(applicant, \"division\")</text>",
        1,
    );
    let mut variables = applicant(85, "339921");
    variables["applicant"].as_object_mut().unwrap().remove("division");
    let decided = Table::parse(&xml).unwrap().evaluate("eligible", &variables).unwrap();
    assert_eq!((decided.value, decided.reasons), (json!(false), vec!["非本县户籍".to_owned()]));
}

#[test]
fn an_input_of_another_type_is_refused() {
    let variables = json!({"applicant": {"age": "85", "division": "339921"}}).as_object().unwrap().clone();
    let error = allowance().evaluate("eligible", &variables).unwrap_err();
    assert!(matches!(error, RuleError::InputNotAllowed { ref input, .. } if input == "applicant.age"), "{error}");
}

#[test]
fn two_matching_rules_of_a_unique_table_are_refused() {
    let xml = ALLOWANCE.replace("[90..100)", "[80..100)");
    let error = Table::parse(&xml).unwrap().evaluate("monthly_amount", &applicant(85, "339921")).unwrap_err();
    assert_eq!(error, RuleError::SeveralRules { decision: "monthly_amount".into(), rules: vec![2, 3] });
}

#[test]
fn no_matching_rule_is_refused_unless_there_is_a_default() {
    let xml = ALLOWANCE.replace("<text>&gt;= 100</text>", "<text>&gt;= 110</text>");
    let error = Table::parse(&xml).unwrap().evaluate("monthly_amount", &applicant(105, "339921")).unwrap_err();
    assert_eq!(error, RuleError::NoRule("monthly_amount".into()));
    let with_default = xml
        .replace("<output name=\"amount_fen\"/>", "<output name=\"amount_fen\"><defaultOutputEntry><text>7</text></defaultOutputEntry></output>")
        .replace("</outputValues></output>", "</outputValues><defaultOutputEntry><text>\"none\"</text></defaultOutputEntry></output>");
    let decided = Table::parse(&with_default).unwrap().evaluate("monthly_amount", &applicant(105, "339921")).unwrap();
    assert_eq!(decided.value, json!({"amount_fen": 7, "grade": "none"}));
    assert!(decided.matched_rules.is_empty());
}

#[test]
fn an_output_that_is_not_allowed_is_refused() {
    let xml = ALLOWANCE.replace("<outputEntry><text>\"90\"</text>", "<outputEntry><text>\"95\"</text>");
    let error = Table::parse(&xml).unwrap().evaluate("monthly_amount", &applicant(95, "339921")).unwrap_err();
    assert!(matches!(error, RuleError::Expression { ref message, .. } if message.contains("grade")), "{error}");
}

#[test]
fn a_collecting_table_lists_all_matches() {
    let xml = ALLOWANCE.replace("<decisionTable hitPolicy=\"FIRST\">", "<decisionTable hitPolicy=\"COLLECT\">");
    let decided = Table::parse(&xml).unwrap().evaluate("eligible", &applicant(70, "339921")).unwrap();
    assert_eq!((decided.value, decided.matched_rules), (json!([false, true, false]), vec![1, 2, 3]));
}

#[test]
fn a_decision_is_found_by_name_or_id_only() {
    assert_eq!(allowance().evaluate("absent", &Map::new()), Err(RuleError::NoSuchDecision("absent".into())));
}

#[test]
fn tables_are_shared_by_threads() {
    let table = allowance();
    let threads: Vec<_> = (0..4)
        .map(|n| {
            let table = table.clone();
            std::thread::spawn(move || table.evaluate("monthly_amount", &applicant(80 + n * 10, "339921")).unwrap().matched_rules)
        })
        .collect();
    let matched: Vec<_> = threads.into_iter().map(|t| t.join().unwrap()).collect();
    assert_eq!(matched, [vec![2], vec![3], vec![4], vec![4]]);
}
