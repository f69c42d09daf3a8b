//! A file as a drawing tool writes it: prefixes, generated arrow ids, remarks, a pool, a drawing.

use crate::drive::{step, tell};
use flow::{Effect, Instance, Language, Vocabulary, check, diagram_svg_in, parse, path_limits};
use serde_json::Map;

const DRAWN: &str = include_str!("files/drawn.bpmn");

#[test]
fn it_passes_the_gate() {
    assert_eq!(check(DRAWN, &Vocabulary::default()), []);
}

#[test]
fn everything_in_it_is_understood() {
    let definition = parse(DRAWN).unwrap();
    let visit = definition.node("visit").unwrap();
    assert_eq!((visit.name.as_str(), visit.attributes["officers"].as_str()), ("现场核查", "2"));
    let lane = definition.lane_of(visit).unwrap();
    assert_eq!((lane.id.as_str(), lane.duty.as_deref(), lane.name.as_str()), ("inspection", Some("urban-management"), "现场核查"));
    let process = definition.main_process().unwrap();
    assert_eq!((process.id.as_str(), process.name_en.as_str()), ("outdoor_sign", "Outdoor sign"));
    assert_eq!(definition.flows.len(), 7);
    let limits: Vec<_> = path_limits(&definition).into_iter().map(|limit| (limit.end, limit.workdays_min)).collect();
    assert_eq!(limits, [("refused".to_owned(), 2), ("visited".to_owned(), 7), ("reminded".to_owned(), 7)]);
}

#[test]
fn it_runs() {
    let definition = parse(DRAWN).unwrap();
    let mut instance = Instance::new(Map::new());
    let mut story = Vec::new();
    for input in ["start", "complete accept outcome=accepted", "fire visit_late", "complete remind", "complete visit outcome=qualified"] {
        let effects = step(&definition, &mut instance, input).unwrap();
        for effect in &effects {
            if let Effect::CallService { attributes, .. } = effect {
                assert_eq!(attributes["to"], "inspection");
            }
        }
        story.push(tell(&effects));
    }
    assert_eq!(
        story,
        [
            "open accept accept window",
            "close accept completed, open visit visit inspection, arm visit_late P5D workdays",
            "call remind notify",
            "close remind completed",
            "close visit completed, ended visited done",
        ]
    );
}

#[test]
fn it_is_drawn_as_it_was_drawn() {
    let definition = parse(DRAWN).unwrap();
    let svg = diagram_svg_in(&definition, &["visit"], &["accept"], "户外广告设置", Language::Zh);
    // The window lane starts at the margin; the rest keeps its distances.
    assert!(svg.contains("class=\"flow-lane\" x=\"12\" y=\"12\" width=\"730\" height=\"170\""), "{svg}");
    assert!(svg.contains("points=\"332,117 332,212\""), "{svg}");
    assert!(svg.contains("（进行中）"));
}
