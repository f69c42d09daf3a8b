//! Who may apply for whom, and who may handle it.

use cases::commands::{ClaimTask, DiscardDraft, SaveDraft, StartDraft, SubmitCase, WithdrawCase};
use runner::{Actor, ActorKind};
use serde_json::{Map, json};
use testkit::on_both;

use crate::concurrency::complaint;
use crate::stage::County;
use crate::steps::*;

const PRINCIPAL: &str = "339921194003080135";

/// The sample person, who acts for the old man under an authorisation for some items.
fn agent(county: &County, items: &[&str]) -> Actor {
    let roles = items.iter().map(|item| trust::delegation_role(item)).collect();
    Actor { on_behalf: county.people.get(PRINCIPAL).cloned(), roles, ..county.sample() }
}

#[test]
fn an_agent_acts_within_the_authorisation_and_no_further() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let agent_for_food = agent(&county, &[FOOD]);
        let case = apply(&county, &agent_for_food, FOOD, "ordinary-tea-shop").case;
        let file = view(&county, &case).file;
        assert_eq!((Some(&file.applicant.party), file.agent.as_deref()), (county.people.get(PRINCIPAL), Some(agent_for_food.account.as_str())));
        let agent_for_shops = agent(&county, &[SHOP]);
        let withdraw = || WithdrawCase { case: case.clone(), seen: None };
        assert_eq!(refused(&county, &agent_for_shops, withdraw()), "not-found", "another authorisation does not even show it");
        assert_eq!(refused(&county, &county.sample(), withdraw()), "not-found", "nor does being the agent, without acting for the principal");
        let start = StartDraft { slug: FOOD.into(), situation: Map::new(), answers: Map::new(), prefill: false };
        assert_eq!(refused(&county, &agent_for_shops, start), "not-permitted");
        county.world.execute(&agent_for_food, withdraw());
    });
}

#[test]
fn the_applicant_sees_and_ends_what_the_agent_began() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let case = apply(&county, &agent(&county, &["*"]), FOOD, "ordinary-tea-shop").case;
        county.world.execute(&county.person(PRINCIPAL).unwrap(), WithdrawCase { case, seen: None });
    });
}

fn clerk(county: &County, post: &str) -> Actor {
    Actor { on_behalf: county.people.get(PRINCIPAL).cloned(), ..county.post(post, None) }
}

#[test]
fn a_clerk_at_the_counter_files_for_the_person_who_came() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let window = clerk(&county, "window");
        let draft = draft(&county, &window, FOOD, "ordinary-tea-shop");
        county
            .world
            .execute(&window, SaveDraft { draft: draft.clone(), situation: Map::new(), answers: Map::new(), page: "shop".into(), seen: None });
        let submitted = county.world.execute(&window, SubmitCase { channel: "web".into(), ..submission(&draft) }).outcome;
        let file = view(&county, &submitted.case).file;
        assert_eq!(Some(&file.applicant.party), county.people.get(PRINCIPAL));
        assert_eq!((file.channel.as_str(), file.agent.as_deref()), ("window", Some(window.account.as_str())));
        let entry = county.world.store().read(|tx| journal::entries_of(tx, &submitted.case)).unwrap().remove(0);
        assert_eq!(entry.header.on_behalf.as_ref(), county.people.get(PRINCIPAL));
        complete(&county, "window", &submitted.case, "accept", "accepted");
    });
}

#[test]
fn only_the_counter_of_the_organ_that_implements_the_item_files_for_people() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let start = |slug: &str| StartDraft { slug: slug.into(), situation: Map::new(), answers: Map::new(), prefill: false };
        assert_eq!(refused(&county, &clerk(&county, "approver"), start(FOOD)), "not-permitted", "not at the counter");
        assert_eq!(refused(&county, &clerk(&county, "window"), start("gaoling-jintie")), "not-permitted", "another organ's item");
        assert_eq!(refused(&county, &county.post("window", None), start(FOOD)), "not-permitted", "for nobody");
        let draft = county.world.execute(&clerk(&county, "window"), start(FOOD)).outcome;
        let for_another = Actor { on_behalf: county.people.get("339921193506010265").cloned(), ..clerk(&county, "window") };
        assert_eq!(refused(&county, &for_another, submission(&draft)), "not-permitted", "the draft is somebody else's affair");
        county.world.execute(&clerk(&county, "window"), DiscardDraft { draft });
    });
}

#[test]
fn nobody_handles_a_case_of_ones_own() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let case = apply(&county, &county.sample(), FOOD, "ordinary-tea-shop").case;
        let me = county.sample().party.unwrap();
        let window = Actor { roles: vec![trust::private_person_role(&me)], ..county.post("window", None) };
        assert_eq!(refused(&county, &window, ClaimTask { task: format!("{case}:accept") }), "not-permitted");
        assert_eq!(refused(&county, &window, completion(&case, "accept", "accepted", &json!({}))), "not-permitted");
    });
}

#[test]
fn an_application_needs_the_declaration_and_the_assurance_of_its_item() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let me = county.sample();
        let draft = draft(&county, &me, FOOD, "ordinary-tea-shop");
        assert_eq!(refused(&county, &me, SubmitCase { promised: false, ..submission(&draft) }), "promise-missing");
        assert_eq!(refused(&county, &Actor { assurance: 1, ..me.clone() }, submission(&draft)), "assurance-too-low");
        assert_eq!(refused(&county, &Actor::anonymous(), complaint("噪声扰民")), "not-permitted");
        assert_eq!(refused(&county, &Actor::bare("account_admin", ActorKind::Admin), complaint("噪声扰民")), "not-permitted");
        let channel = SubmitCase { channel: "window".into(), ..submission(&draft) };
        let case = county.world.execute(&me, channel).outcome.case;
        assert_eq!(view(&county, &case).file.channel, "web", "a person online was not at the counter");
    });
}
