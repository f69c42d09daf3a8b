//! What an instance looks like when it is stored.

use crate::drive::{definition, step};
use flow::Instance;
use serde_json::{Map, json};

#[test]
fn a_usual_state_is_small() {
    let definition = definition(
        "start s
and f
user site_visit kind=visit
on_timer visit_late of=site_visit after=P5D workday aside
user countersign_fire kind=countersign lane=fire
         receive payment message=payment_received\nservice n\nend l outcome=-\nand j\nend e\ns -> f -> site_visit -> j\nf -> countersign_fire -> j
         f -> payment -> j\nvisit_late -> n -> l\nj -> e",
    );
    let mut instance = Instance::new(Map::new());
    step(&definition, &mut instance, "start").unwrap();
    step(&definition, &mut instance, "complete countersign_fire").unwrap();
    let stored = serde_json::to_string(&instance).unwrap();
    assert!(stored.len() < 500, "{} bytes: {stored}", stored.len());
}

#[test]
fn the_stored_form_stays_as_it_is() {
    let definition = definition(
        "start s
sub b {
start s2
and f
user a
on_timer t of=a after=P1D
receive r message=m
and j
end e2 outcome=-
s2 -> f -> a -> j
f -> r -> j
t -> e2
j -> e2
}
         end e\ns -> b -> e",
    );
    let mut instance = Instance::new(Map::from_iter([("answers".to_owned(), json!({}))]));
    assert_eq!(serde_json::to_value(&instance).unwrap(), json!({"flow": {"last": 0}, "variables": {"answers": {}}}));
    step(&definition, &mut instance, "start").unwrap();
    let expected = json!({
        "flow": {
            "process": "main",
            "last": 4,
            "activities": [
                {"id": 1, "node": "b", "kind": "sub_process"},
                {"id": 2, "node": "a", "kind": "user", "in": 1},
                {"id": 4, "node": "r", "kind": "receive", "in": 1},
            ],
            "timers": [{"id": 3, "node": "t", "of": 2}],
            "awaited": [{"id": 4, "node": "r", "message": "m", "of": 4}],
        },
        "variables": {"answers": {}},
    });
    assert_eq!(serde_json::to_value(&instance).unwrap(), expected);
    step(&definition, &mut instance, "complete a").unwrap();
    let tokens = &serde_json::to_value(&instance).unwrap()["flow"]["tokens"];
    assert_eq!(*tokens, json!([{"node": "j", "flow": "f3", "in": 1}]));
    step(&definition, &mut instance, "deliver m").unwrap();
    let ended = &serde_json::to_value(&instance).unwrap()["flow"];
    assert_eq!(*ended, json!({"process": "main", "last": 4, "ended": {"node": "e", "outcome": "done"}}));
}
