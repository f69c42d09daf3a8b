//! The static part: organs, posts, staff, and the town of scenarios.

use std::collections::BTreeSet;
use std::time::Instant;

use parties::UnifiedCode;
use procedure::read_package;
use testkit::{PermitAll, TestDatabase, World};
use town::basics::organs::ORGANS;
use town::basics::people::{COMPANIES, PERSONS};
use town::basics::staff::STAFF;
use town::{Basics, scenario_world};

use crate::office::{keys, packages};

fn scenario_town() -> (World, Basics) {
    let builder = World::on(TestDatabase::sqlite(), "2026-03-02T09:00", PermitAll).migrate("parties", parties::MIGRATIONS);
    let world = builder.with(keys()).build();
    let started = Instant::now();
    let basics = scenario_world(world.runner()).unwrap();
    println!("the town of scenarios took {:?}", started.elapsed());
    (world, basics)
}

#[test]
fn codes_and_names_of_the_tables_are_valid_and_given_once() {
    let mut codes = BTreeSet::new();
    for organ in &ORGANS {
        let code = organ.code().unwrap();
        assert!(code.as_str().starts_with("11339921") || code.as_str().starts_with("12339921"), "{code}");
        assert!(code.warning().is_none() && codes.insert(code.to_string()), "{code}");
    }
    assert!(codes.contains("11339921MB0000609T"), "the certificates of the allowance begin with this code");
    for person in &PERSONS {
        parties::IdentityNumber::parse(person.identity_number).unwrap_or_else(|problem| panic!("{}: {problem:?}", person.name));
    }
    for company in &COMPANIES {
        UnifiedCode::parse(company.code).unwrap_or_else(|problem| panic!("{}: {problem:?}", company.name));
    }
    assert_eq!(STAFF.iter().map(|member| member.login).collect::<BTreeSet<_>>().len(), 61);
    assert_eq!(STAFF.iter().map(|member| member.name).collect::<BTreeSet<_>>().len(), 61);
}

#[test]
fn every_duty_of_a_package_has_an_organ_and_every_lane_with_work_a_holder() {
    let (_world, basics) = scenario_town();
    for folder in std::fs::read_dir(packages()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.join("item.toml").is_file()) {
        let package = read_package(&folder).unwrap();
        let own = basics.organ(&package.item.duty).unwrap_or_else(|| panic!("{} has no organ", package.item.duty));
        for node in package.flow.nodes.iter().filter(|node| matches!(node.kind, flow::NodeKind::UserTask { .. })) {
            let lane = package.flow.lane_of(node).unwrap();
            let organs: Vec<_> = match (&lane.duty, &lane.organ_expr) {
                (Some(duty), _) => vec![basics.organ(duty).unwrap_or_else(|| panic!("{duty} has no organ"))],
                // Whichever organ may be named: all of them.
                (None, Some(_)) => basics.organs.iter().collect(),
                (None, None) => vec![own],
            };
            for organ in organs {
                let holders = basics.holders(organ.id.as_str(), &lane.id).count();
                assert!(holders > 0, "nobody works as {} in {} ({})", lane.id, organ.spec.name.0, package.slug);
            }
        }
    }
    for organ in &basics.organs {
        assert!(basics.holders(organ.id.as_str(), "head").count() == 1, "{} has no head", organ.spec.name.0);
    }
    assert_eq!(basics.staff.iter().filter(|member| member.spec.licence.is_some()).count(), 2);
}

#[test]
fn scenarios_find_their_people() {
    let (_world, basics) = scenario_town();
    for number in ["339921199005170241", "339921194003080135", "339921193506010265", "33992119250211031X", "33992119460930042X", "339921193801010559"]
    {
        assert!(basics.scenario_applicant(Some(number)).is_some(), "{number}");
    }
    let market = basics.organ("market-supervision").unwrap().id.to_string();
    assert!(basics.scenario_post("window", Some(&market)).unwrap().holds(&market, "window"));
    assert!(basics.scenario_post("callback", Some(&market)).unwrap().posts.iter().all(|post| post.organ != market));
    assert!(basics.organ("urban-management").is_some() && basics.organ("housing-construction").is_some());
}
