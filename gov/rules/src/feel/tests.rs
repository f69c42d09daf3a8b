#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;

fn variables() -> Map<String, Value> {
    let value = json!({
        "answers": { "place": "rented", "area": 30, "food": true, "opened_on": "2026-03-02", "rows": [{"n": 1}, {"n": 5}], "price": 12.5 },
        "review": { "outcome": "passed" },
        "applicant": { "age": 80, "kind": "person" },
    });
    value.as_object().unwrap().clone()
}

fn check(feel: &str, expected: Value) {
    assert_eq!(Feel::new().evaluate(feel, &variables()), Ok(expected), "{feel}");
}

fn refused(feel: &str, part: &str) {
    let error = Feel::new().evaluate(feel, &variables()).unwrap_err();
    assert!(error.contains(part), "{feel}: {error}");
}

#[test]
fn usual_conditions() {
    check("review.outcome = \"passed\"", json!(true));
    check("review.outcome = \"returned\" or answers.area > 20 and answers.food", json!(true));
    check("not(answers.food) or applicant.age >= 80", json!(true));
    check("answers.area between 10 and 30 and answers.food = true", json!(true));
    check("answers.place in (\"rented\", \"owned\")", json!(true));
    check("if applicant.age >= 80 then \"high\" else \"low\"", json!("high"));
    check("answers.price * 2", json!(25));
    check("answers.price + 0.1", json!(12.6));
    check("count(answers.rows[n > 2])", json!(1));
    check("some row in answers.rows satisfies row.n = 5", json!(true));
    check("for row in answers.rows return row.n + 1", json!([2, 6]));
    check("string length(answers.place)", json!(6));
    check("{ total: answers.area * 3, text: \"a\" }", json!({"total": 90, "text": "a"}));
    check("sum([1, 2, answers.area])", json!(33));
}

#[test]
fn dates_are_strings_until_made_dates() {
    check("answers.opened_on", json!("2026-03-02"));
    check("date(answers.opened_on) >= date(\"2026-03-01\")", json!(true));
    check("date(answers.opened_on) + duration(\"P5D\")", json!("2026-03-07"));
    check("date(answers.opened_on).year = 2026", json!(true));
    refused("answers.opened_on > date(\"2026-03-01\")", "answers.opened_on");
}

#[test]
fn an_answer_not_given_is_unequal_to_everything() {
    check("answers.nothing = \"rented\"", json!(false));
    check("answers.nothing != \"rented\"", json!(true));
    check("\"rented\" = answers.nothing", json!(false));
    check("answers.nothing = answers.place", json!(false));
    check("answers.place != answers.nothing", json!(true));
    check("answers.nothing = other.nothing", json!(true));
    check("answers.nothing = null", json!(true));
    check("not(answers.nothing = true) and answers.food", json!(true));
}

#[test]
fn other_operations_on_a_missing_value_are_errors_that_name_it() {
    refused("answers.nothing > 3", "there is no value for answers.nothing");
    refused("not(answers.nothing)", "answers.nothing");
    refused("answers.area + nowhere.area", "nowhere.area");
    assert!(Feel::new().holds("answers.place", &variables()).unwrap_err().contains("true or false"));
}

#[test]
fn forbidden_and_broken_expressions_are_refused() {
    refused("function(x) external { java: { class: \"a\", method signature: \"b\" } }", "external");
    refused("now() > date and time(answers.opened_on)", "moment");
    refused("today()", "moment");
    refused("launch(answers.area)", "no function launch");
    refused("answers.area >", "");
    refused("", "");
    refused("for in x", "");
    refused("答案 = 1", "ASCII");
}

#[test]
fn the_variables_read_are_listed() {
    for (feel, expected) in [
        ("review.outcome = \"passed\" and a", vec!["a", "review.outcome"]),
        ("for x in xs.rows return x.n + y", vec!["xs.rows", "y"]),
        ("some p in ps satisfies p.age > limit.age", vec!["limit.age", "ps"]),
        ("count(ps[age > 3 and item.n = limit.age])", vec!["limit.age", "ps"]),
        ("{ a: b.c, d: a + 1 }", vec!["b.c"]),
        ("date(answers.on).year + string length(x)", vec!["answers.on", "x"]),
        ("f.g in [1..h]", vec!["f.g", "h"]),
        ("1 + 2", vec![]),
    ] {
        assert_eq!(Feel::new().variables(feel).unwrap(), expected, "{feel}");
    }
}

#[test]
fn a_deep_expression_fits_into_a_small_stack() {
    let run = || {
        let feel = Feel::new();
        let sum = vec!["1"; 78].join("+");
        feel.evaluate(&sum, &Map::new()).unwrap();
        let nested = format!("{}1{}", "(".repeat(23), ")".repeat(23));
        feel.evaluate(&nested, &Map::new()).unwrap();
        let ands = vec!["a.b = 1"; 25].join(" and ");
        feel.evaluate(&ands, &Map::new()).unwrap();
    };
    std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(run).unwrap().join().unwrap();
}

fn condition() -> impl Strategy<Value = String> {
    let path = prop::sample::select(vec!["a", "b.c", "b.d", "b", "l.x", "count", "gone.x", "b.gone", "t.c"]);
    let literal = prop::sample::select(vec!["\"x\"", "\"y\"", "1", "-2", "0", "true", "false", "1.5", "null", "1e2", "\"1\""]);
    let operator = prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">="]);
    let leaf = prop_oneof![
        (path.clone(), operator.clone(), literal.clone()).prop_map(|(p, o, l)| format!("{p} {o} {l}")),
        (path.clone(), operator.clone(), literal).prop_map(|(p, o, l)| format!("{l} {o} {p}")),
        (path.clone(), operator, path.clone()).prop_map(|(p, o, q)| format!("{p} {o} {q}")),
        path.prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 8, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) and ({b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) or ({b})")),
            inner.prop_map(|a| format!("not({a})")),
        ]
    })
}

fn json_value() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!("x"),
        json!("y"),
        json!(1),
        json!(-2),
        json!(0),
        json!(1.5),
        json!(1.0),
        json!(100),
        json!(true),
        json!(false),
        json!(null),
        json!([]),
        json!([{"x": 1}]),
        json!({}),
        json!({"c": "x"}),
        json!(18446744073709551615_u64),
        json!("1"),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn the_fast_path_agrees_with_the_toolkit(
        feel in condition(),
        values in prop::collection::vec(prop::option::of(json_value()), 6),
    ) {
        let mut variables = Map::new();
        let mut inner = Map::new();
        for (name, value) in ["a", "l", "count", "t"].iter().zip(&values) {
            if let Some(value) = value {
                variables.insert((*name).to_owned(), value.clone());
            }
        }
        for (name, value) in ["c", "d"].iter().zip(values.iter().skip(4)) {
            if let Some(value) = value {
                inner.insert((*name).to_owned(), value.clone());
            }
        }
        variables.insert("b".to_owned(), Value::Object(inner));
        let expression = Expression::parse(&feel).unwrap();
        let (fast, slow) = (expression.evaluate(&variables), expression.evaluate_slowly(&variables));
        prop_assert_eq!(fast, slow, "{}", feel);
    }

    #[test]
    fn any_text_is_evaluated_or_refused(feel in "[a-z0-9 .()\\[\\]{}<>=!\"'+*/,:@?-]{0,40}") {
        let _ = Feel::new().evaluate(&feel, &variables());
    }

    #[test]
    fn words_of_the_language_in_any_order_are_evaluated_or_refused(
        words in prop::collection::vec(prop::sample::select(vec![
            "for", "in", "return", "some", "satisfies", "if", "then", "else", "and", "or", "not", "(", ")", "[", "]", "{", "}", "a", "b", ".",
            "..", "1", "\"s\"", ",", ":", "function", "date", "between", "instance", "of", "item", "null", "=", "<", "-", "@",
        ]), 0..12)
    ) {
        let _ = Feel::new().evaluate(&words.join(" "), &variables());
    }
}
