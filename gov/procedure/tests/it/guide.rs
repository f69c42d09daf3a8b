//! 导办: guide questions and materials.

use procedure::{Applies, Guidance};
use serde_json::{Map, Value, json};

use crate::good;

fn map(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

#[test]
fn questions_are_asked_until_answered_and_a_stop_ends_the_guide() {
    let package = good::package();
    assert!(matches!(package.guidance(&Map::new()), Guidance::Ask(questions) if questions.len() == 1));
    assert!(matches!(package.guidance(&map(json!({"place": "moon"}))), Guidance::Ask(_)));
    assert_eq!(package.guidance(&map(json!({"place": "own"}))), Guidance::Ready);
    let Guidance::Stop { situation, stop } = package.guidance(&map(json!({"place": "road"}))) else { panic!("expected a stop") };
    assert_eq!(situation.id, "place");
    assert!(stop.say.zh.contains("占用道路"));
}

fn materials(variables: Value) -> Vec<(String, Applies, bool)> {
    let package = good::package();
    let found = package.materials_for(&map(variables));
    found.into_iter().map(|entry| (entry.material.id.clone(), entry.applies, entry.must_upload)).collect()
}

#[test]
fn the_situation_decides_which_materials_are_asked() {
    let name = |id: &str| id.to_owned();
    let own = materials(json!({"situation": {"place": "own"}, "answers": {}, "applicant": {"kind": "person"}}));
    assert_eq!(own, [(name("design"), Applies::Yes, true)]);
    let rented = materials(json!({"situation": {"place": "rented"}, "answers": {}, "applicant": {"kind": "legal-person"}}));
    let expected =
        [(name("design"), Applies::Yes, true), (name("owner_consent"), Applies::Yes, true), (name("business_licence"), Applies::Yes, false)];
    assert_eq!(rented, expected);
}

#[test]
fn before_the_questions_are_answered_a_material_may_apply() {
    let open = materials(json!({}));
    assert_eq!(
        open.iter().map(|(_, applies, must)| (*applies, *must)).collect::<Vec<_>>(),
        [(Applies::Yes, true), (Applies::Perhaps, false), (Applies::Perhaps, false),]
    );
}
