//! Our reading of decision tables gives what the toolkit's own model evaluator gives.

use std::str::FromStr;

use dsntk_feel::context::FeelContext;
use dsntk_feel::values::Value as Feel;
use dsntk_feel::{FeelNumber, Name};
use dsntk_model_evaluator::ModelEvaluator;
use proptest::prelude::*;
use rules::{RuleError, Table};
use serde_json::json;

type Row = (&'static str, &'static str, i32);

fn file(hit: &str, rows: &[Row]) -> String {
    let mut xml = format!(
        r##"<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:x">
        <inputData id="i0" name="size"><variable name="size" typeRef="number"/></inputData>
        <inputData id="i1" name="kind"><variable name="kind" typeRef="string"/></inputData>
        <decision id="x" name="x"><variable name="x"/>
        <informationRequirement id="r0"><requiredInput href="#i0"/></informationRequirement>
        <informationRequirement id="r1"><requiredInput href="#i1"/></informationRequirement>
        <decisionTable hitPolicy="{hit}">
        <input id="c0"><inputExpression typeRef="number"><text>size</text></inputExpression></input>
        <input id="c1"><inputExpression typeRef="string"><text>kind</text></inputExpression></input><output id="o"/>"##
    );
    for (index, (size, kind, out)) in rows.iter().enumerate() {
        let (size, kind) = (size.replace('<', "&lt;"), kind.replace('<', "&lt;"));
        xml.push_str(&format!(
            r#"<rule id="rule{index}"><inputEntry id="a{index}"><text>{size}</text></inputEntry>
            <inputEntry id="b{index}"><text>{kind}</text></inputEntry><outputEntry id="c{index}"><text>{out}</text></outputEntry></rule>"#
        ));
    }
    xml + "</decisionTable></decision></definitions>"
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let size = prop::sample::select(vec!["-", "< 5", "[5..10)", "(5..10]", ">= 10", "5", "1, 7, 10", "not(7)", "not(< 5)", "!= 5", "> 2.5", "2 + 3"]);
    let kind = prop::sample::select(vec!["-", "\"a\"", "\"a\", \"b\"", "not(\"a\")", "\"中\"", "\"\""]);
    prop::collection::vec((size, kind, 0..9), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn tables_decide_alike(
        rows in rows(),
        hit in prop::sample::select(vec!["UNIQUE", "FIRST", "COLLECT"]),
        size in prop::sample::select(vec!["0", "2.5", "3", "5", "7", "10", "11"]),
        kind in prop::sample::select(vec!["a", "b", "c", "中", ""]),
    ) {
        let xml = file(hit, &rows);
        let definitions = dsntk_model::parse(&xml).unwrap();
        let evaluator = ModelEvaluator::new(&[definitions]).unwrap();
        let mut context = FeelContext::default();
        context.set_entry(&Name::from("size"), Feel::Number(FeelNumber::from_str(size).unwrap()));
        context.set_entry(&Name::from("kind"), Feel::String(kind.to_owned()));
        let theirs = evaluator.evaluate_invocable("urn:x", "d", "x", &context);

        let variables = json!({ "size": size.parse::<f64>().unwrap(), "kind": kind }).as_object().unwrap().clone();
        let ours = Table::parse(&xml).unwrap().evaluate("x", &variables);
        match (&theirs, &ours) {
            (Feel::Null(Some(message)), Err(RuleError::SeveralRules { .. })) => prop_assert!(message.contains("multiple"), "{}", message),
            (Feel::Null(Some(message)), Err(RuleError::NoRule(_))) => prop_assert!(message.contains("no rules"), "{}", message),
            (Feel::Null(Some(_)), Ok(decided)) => prop_assert!(hit == "COLLECT" && decided.value == json!([]), "{:?}", decided),
            (Feel::Number(n), Ok(decided)) => prop_assert_eq!(n.to_string(), decided.value.to_string()),
            (Feel::List(items), Ok(decided)) => {
                let theirs: Vec<String> = items.iter().map(ToString::to_string).collect();
                let ours: Vec<String> = decided.value.as_array().unwrap().iter().map(ToString::to_string).collect();
                prop_assert_eq!(theirs, ours);
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }
}
