//! Steps that cannot be made: an error, and nothing changed.

use crate::drive::{check, definition, step};
use crate::sketch::sketch;
use flow::{FlowError, Instance, STEPS_MAX, parse};
use serde_json::{Map, json};

const SIMPLE: &str = "start s\nuser a\nend e\ns -> a -> e";

#[test]
fn inputs_out_of_turn_are_refused() {
    check(SIMPLE, "complete a: ! flow-not-started\ncancel: ! flow-not-started\nstart: open a review window\nstart: ! flow-already-started");
    check(
        SIMPLE,
        "start: open a review window\nfire t: ! flow-timer-unknown\ndeliver m: ! flow-message-not-awaited\nraise x y: ! flow-activity-unknown
         complete a: close a completed, ended e done\ndeliver m: ! flow-already-ended\nstart: ! flow-already-ended",
    );
}

#[test]
fn a_gateway_without_a_way_out_is_an_incident() {
    let flow = "start s\nuser a\nxor g\nend e\nend f\ns -> a -> g\ng -> e if a.n = 1\ng -> f if a.n = 2";
    check(flow, "start: open a review window\ncomplete a n=3: ! flow-no-way-out\ncomplete a n=2: close a completed, ended f done");
    let flow = "start s\nuser a\nor g\nend e\nend f\ns -> a -> g\ng -> e if a.n = 1\ng -> f if a.n = 2";
    check(flow, "start: open a review window\ncomplete a n=3: ! flow-no-way-out");
}

#[test]
fn a_condition_without_a_truth_value_decides_nothing() {
    let flow = "start s\nuser a\nxor g\nend e\nend f\ns -> a -> g\ng -> e if a.missing\ng -> f default";
    check(flow, "start: open a review window\ncomplete a n=1: ! flow-not-boolean");
}

#[test]
fn a_circle_without_a_wait_is_stopped() {
    let definition = definition("start s\nxor m\nxor g\nend e\ns -> m -> g\ng -> e if n = 1\ng -> m default");
    let mut instance = Instance::new(Map::new());
    let error = step(&definition, &mut instance, "start").unwrap_err();
    assert!(matches!(error, FlowError::StepsExceeded { steps_max: STEPS_MAX, .. }), "{error}");
    assert_eq!(instance, Instance::new(Map::new()));
}

#[test]
fn a_failed_step_puts_every_variable_back_in_its_place() {
    let flow = "start s\nuser a\nscript t set='old = 2; a = 5; fresh = 1; old = 3'\nxor g\nend e\ns -> a -> t -> g\ng -> e if false";
    let definition = definition(flow);
    let mut instance = Instance::new(Map::from_iter([("old".to_owned(), json!(1)), ("later".to_owned(), json!("x"))]));
    step(&definition, &mut instance, "start").unwrap();
    let before = serde_json::to_string(&instance).unwrap();
    assert_eq!(step(&definition, &mut instance, "complete a n=1").unwrap_err().code(), "flow-no-way-out");
    assert_eq!(serde_json::to_string(&instance).unwrap(), before);
}

#[test]
fn an_instance_of_another_flow_is_refused() {
    let (one, other) = (definition(SIMPLE), definition("start s\nuser b\nend e\ns -> b -> e"));
    let mut instance = Instance::new(Map::new());
    step(&one, &mut instance, "start").unwrap();
    assert_eq!(step(&other, &mut instance, "complete a").unwrap_err(), FlowError::Foreign("a".to_owned()));
}

#[test]
fn every_error_has_a_sentence_in_both_languages() {
    let errors = [
        FlowError::NotStarted,
        FlowError::NoFlow { node: "g".to_owned() },
        FlowError::Expression { node: "g".to_owned(), feel: "a".to_owned(), reason: "r".to_owned() },
        FlowError::UncaughtError { node: "g".to_owned(), error_code: "x".to_owned() },
    ];
    for error in errors {
        assert!(error.zh().ends_with(|c: char| !c.is_ascii() || c == 'r'), "{}", error.zh());
        assert!(error.to_string().starts_with("Expected "), "{error}");
        assert!(error.code().starts_with("flow-"));
    }
}

#[test]
fn no_start_event_is_no_flow() {
    assert!(parse(&sketch("user a\nend e\na -> e")).is_err());
}
