//! Declarations: those that ship are right, the others are told everything at once.

use registers::{Declaration, DeclareRegister};
use runner::Actor;
use testkit::on_both;

use crate::world::*;

const SHIPPED: [&str; 6] = ["population", "legal-persons", "addresses", "certificates", "credit", "macro-economy"];

#[test]
fn registers_that_ship_can_be_declared_and_a_second_time_changes_nothing() {
    on_both(|database| {
        let world = empty(database);
        for slug in SHIPPED {
            declare(&world, slug);
            let again = world.execute(&Actor::system(), DeclareRegister { text: text_of(slug), division: "339921".into() });
            assert!(!again.outcome.new && again.outcome.version == 1 && again.recorded.is_empty());
        }
        let known = world.read(registers::declarations);
        assert_eq!(known.len(), SHIPPED.len());
        assert_eq!(world.read(|tx| registers::declaration(tx, "population")).unwrap().field_names().len(), 7);
    });
}

#[test]
fn all_problems_are_told_at_once() {
    let text = text_of("population")
        .replace("key = [\"id_number\"]", "key = [\"number\"]")
        .replace("personal = true\nsensitive = true\ngrade = \"general-3\"\nmask = \"id-number\"", "grade = \"general-3\"")
        .replace("{ code = \"male\"", "{ code = \"female\"")
        .replace("en = \"Address\"", "en = \"\"");
    let problems = Declaration::read(&text).unwrap().problems();
    let places: Vec<_> = problems.iter().map(|problem| problem.place.as_str()).collect();
    assert_eq!(places, ["key", "id_number", "sex", "address"]);
}

#[test]
fn personal_fields_need_a_subject_and_sensitive_ones_a_grade() {
    let without = text_of("population").replace("subject = \"id_number\"\n", "").replace("grade = \"general-3\"", "grade = \"general-2\"");
    let problems = Declaration::read(&without).unwrap().problems();
    assert_eq!(problems.iter().filter(|problem| problem.sentence.en.contains("must name its subject")).count(), 7);
    assert_eq!(problems.iter().filter(|problem| problem.sentence.en.contains("level 3")).count(), 2);
}

#[test]
fn a_register_with_records_keeps_its_key_and_its_fields() {
    on_both(|database| {
        let world = world(database);
        let dropped = text_of("population").replace("name = \"mobile\"", "name = \"telephone\"");
        let refusal = world.refuse(&Actor::system(), DeclareRegister { text: dropped, division: "339921".into() });
        assert_eq!((refusal.code.as_ref(), refusal.fields[0].field.as_str()), ("declaration-unfit", "mobile"));
        let retitled = text_of("population").replace("人口基础信息库\"", "人口库\"");
        let declared = world.execute(&Actor::system(), DeclareRegister { text: retitled, division: "339921".into() }).outcome;
        assert_eq!((declared.version, declared.new), (2, true));
        let versions = world.read(|tx| registers::declaration_versions(tx, "population"));
        assert_eq!(versions.iter().map(|(version, _)| *version).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(world.read(|tx| registers::declaration_version(tx, "population", 1)).title.zh, "人口基础信息库");
    });
}

#[test]
fn a_declaration_that_is_none_is_refused_with_its_place() {
    on_both(|database| {
        let world = empty(database);
        let refusal = world.refuse(&Actor::system(), DeclareRegister { text: "slug = 1".into(), division: "339921".into() });
        assert_eq!(refusal.code, "declaration-unreadable");
    });
}

#[test]
fn a_paper_is_replaced_by_fields_that_there_are() {
    let text = text_of("population").replace("fields = [\"name\", \"id_number\", \"address\"]", "fields = [\"name\", \"photo\"]");
    let problems = Declaration::read(&text).unwrap().problems();
    assert_eq!(problems.iter().map(|problem| problem.sentence.en.as_str()).collect::<Vec<_>>(), ["There is no field photo."]);
    let population = Declaration::read(&text_of("population")).unwrap();
    assert_eq!(population.replaces("老年人居民身份证").unwrap().document.en, "Identity card");
    assert_eq!(population.replaces("经营者身份证明").unwrap().document.en, "Proof of identity");
    assert!(population.replaces("经营场所租赁合同").is_none());
}
