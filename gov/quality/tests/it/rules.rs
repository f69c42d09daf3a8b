//! Declaring rules.

use quality::RuleSet;
use quality::commands::DeclareRules;
use runner::Actor;
use testkit::on_both;

use crate::world::County;

#[test]
fn the_rules_that_ship_fit_the_registers_that_ship_and_cover_every_dimension() {
    let known = registers::SHIPPED.iter().map(|(slug, text)| {
        let declaration = registers::Declaration::read(text).unwrap();
        ((*slug).to_owned(), std::sync::Arc::new(declaration))
    });
    let known = known.collect();
    let mut seen = std::collections::BTreeSet::new();
    for (slug, text) in quality::SHIPPED {
        let set = RuleSet::read(text).unwrap();
        assert_eq!((set.register.as_str(), set.problems(&known)), (slug, vec![]));
        seen.extend(set.rules.iter().map(|rule| rule.dimension));
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), quality::Dimension::ALL);
}

#[test]
fn rules_have_versions_and_the_same_text_again_changes_nothing() {
    on_both(|database| {
        let county = County::on(database);
        assert_eq!((county.declare("population"), county.declare("population")), (1, 1));
        let changed = quality::SHIPPED[0].1.replace("least_percent = 50", "least_percent = 60");
        let taken = county.world.execute(&county.police(), DeclareRules { text: changed }).outcome;
        assert_eq!((taken.version, taken.new), (2, true));
        let present = county.world.read(|tx| quality::queries::rules(tx, "population")).unwrap();
        assert_eq!((present.version, present.set.rule("mobile-present").unwrap().least_percent), (2, 60));
    });
}

#[test]
fn every_problem_of_a_file_is_said_at_once() {
    on_both(|database| {
        let county = County::on(database);
        let text = r#"
            register = "population"
            every = "day"
            [[rules]]
            slug = "Wrong Name"
            title = { zh = "规则", en = "" }
            dimension = "accurate"
            weight = 0
            check = { kind = "declared", field = "hobby" }
            [[rules]]
            slug = "other"
            title = { zh = "引用", en = "Reference" }
            dimension = "consistent"
            check = { kind = "agrees", register = "dreams", by = { here = "name", there = "name" }, fields = { name = "name" } }
            [[rules]]
            slug = "other"
            title = { zh = "日期", en = "Day" }
            dimension = "timely"
            check = { kind = "not-past", field = "name" }
        "#;
        let refusal = county.world.refuse(&Actor::system(), DeclareRules { text: text.into() });
        assert_eq!((refusal.code.as_ref(), refusal.fields.len()), ("rules-unfit", 7), "{refusal:#?}");
        let refusal = county.world.refuse(&Actor::system(), DeclareRules { text: "register = 1".into() });
        assert_eq!(refusal.code, "rules-unreadable");
    });
}

#[test]
fn rules_are_declared_by_the_owner_and_the_data_authority_alone() {
    on_both(|database| {
        let county = County::on(database);
        let declare = || DeclareRules { text: quality::SHIPPED[0].1.to_owned() };
        let refused = county.world.refuse(&county.clerk("market-supervision", "data-officer"), declare());
        assert_eq!(refused.code, "not-permitted");
        assert_eq!(county.world.refuse(&county.clerk("public-security", "handler"), declare()).code, "not-permitted");
        county.world.execute(&county.clerk("data-resources", "data-authority"), declare());
    });
}
