#![allow(clippy::unwrap_used, clippy::expect_used)]
use std::{collections::HashSet, fs, path::PathBuf, sync::LazyLock};

use cedar_policy::{Schema, ValidationMode, Validator};
use runner::{ActorKind, ActorPost};

use super::*;
use crate::{
    actions::Area,
    model::{delegation_role, private_person_role},
};

static AUTHORITY: LazyLock<Authority> = LazyLock::new(|| Authority::new().unwrap());

fn permitted(actor: &Actor, action: &str, resource: &Resource) -> bool {
    AUTHORITY.decide(actor, action, resource).permitted
}

fn clerk() -> Actor {
    let held = ActorPost { post: "clerk".to_owned(), organ: "organ_a".to_owned(), division: "339921".to_owned() };
    let roles = vec![private_person_role("person_clerk")];
    Actor { party: Some("staff_clerk".to_owned()), roles, posts: vec![held], assurance: 2, ..Actor::bare("account_clerk", ActorKind::Staff) }
}

fn task() -> Resource {
    Resource { organ: Some("organ_a".to_owned()), post: Some("clerk".to_owned()), party: Some("person_applicant".to_owned()), ..Resource::of("case") }
}

/// The schema of the entities with the registry's acts appended: policies must be valid against it.
fn schema() -> Schema {
    let mut text = include_str!("../../policies/schema.cedarschema").to_owned();
    for action in ACTIONS {
        text.push_str(&format!("action \"{}\" appliesTo {{ principal: [Account], resource: [Thing] }};\n", action.code));
    }
    Schema::from_cedarschema_str(&text).unwrap().0
}

#[test]
fn every_policy_is_valid_against_the_schema() {
    let set = PolicySet::from_policies(named_policies().unwrap()).unwrap();
    let result = Validator::new(schema()).validate(&set, ValidationMode::default());
    let problems: Vec<String> = result.validation_errors().map(ToString::to_string).collect();
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn policy_names_are_unique() {
    let policies = named_policies().unwrap();
    let names: HashSet<String> = policies.iter().map(|policy| policy.id().to_string()).collect();
    assert_eq!(names.len(), policies.len());
}

#[test]
fn every_act_is_permitted_to_somebody_besides_the_installation() {
    for action in ACTIONS {
        let policies = AUTHORITY.policies_for(action.code);
        match action.area {
            Area::Automatic => assert_eq!(policies, 1, "{} is the installation's alone", action.code),
            _ => assert!(policies >= 2, "{} has no policy of its own", action.code),
        }
    }
}

#[test]
fn slices_are_small() {
    for action in ACTIONS {
        assert!(AUTHORITY.policies_for(action.code) <= 7, "{}", action.code);
    }
}

#[test]
fn an_unknown_act_is_nobodys() {
    let ruling = AUTHORITY.decide(&Actor::system(), "case.forget", &task());
    assert_eq!(ruling, Ruling { permitted: false, policies: vec![UNKNOWN_ACTION.to_owned()] });
    assert_eq!(AUTHORITY.policies_for("case.forget"), 0);
}

#[test]
fn the_ruling_names_the_policies_which_decided() {
    assert_eq!(AUTHORITY.decide(&clerk(), "case.accept", &task()).policies, ["post-handles-task"]);
    let own = Resource { party: Some("person_clerk".to_owned()), ..task() };
    assert_eq!(AUTHORITY.decide(&clerk(), "case.accept", &own).policies, ["no-one-handles-own-case"]);
    assert_eq!(AUTHORITY.decide(&Actor::anonymous(), "case.accept", &task()).policies, Vec::<String>::new());
}

#[test]
fn nobody_handles_an_own_case_not_even_with_every_post() {
    let mut everything = clerk();
    everything.posts.push(ActorPost { post: "head".to_owned(), organ: "organ_a".to_owned(), division: "339921".to_owned() });
    let own = Resource { party: Some("person_clerk".to_owned()), assignee: Some(everything.account.clone()), ..task() };
    for action in ["case.claim", "case.accept", "case.refuse-acceptance", "case.complete-task", "case.countersign", "case.extend", "case.assign"] {
        assert!(!permitted(&everything, action, &own), "{action}");
    }
    assert!(permitted(&everything, "case.accept", &Resource { assignee: None, ..task() }));
}

#[test]
fn a_case_without_applicant_can_be_handled_by_who_has_no_party() {
    let clerk = Actor { party: None, roles: Vec::new(), ..clerk() };
    assert!(permitted(&clerk, "case.accept", &Resource { party: None, ..task() }));
}

#[test]
fn a_post_is_of_one_organ_alone() {
    assert!(!permitted(&clerk(), "case.accept", &Resource { organ: Some("organ_b".to_owned()), ..task() }));
    assert!(permitted(
        &clerk(),
        "case.countersign",
        &Resource { organ: Some("organ_b".to_owned()), post_organ: Some("organ_a".to_owned()), ..task() }
    ));
    let without_organ = Actor { posts: vec![ActorPost { post: "clerk".to_owned(), organ: String::new(), division: String::new() }], ..clerk() };
    assert!(!permitted(&without_organ, "case.accept", &task()));
}

#[test]
fn an_authorisation_covers_its_items_alone() {
    let agent = |scope: &str| Actor {
        party: Some("person_agent".to_owned()),
        on_behalf: Some("person_applicant".to_owned()),
        roles: vec![delegation_role(scope)],
        assurance: 2,
        ..Actor::bare("account_agent", ActorKind::Person)
    };
    let case = Resource { scope: Some("licence".to_owned()), ..task() };
    assert!(permitted(&agent("licence"), "case.submit", &case));
    assert!(permitted(&agent("*"), "case.submit", &case));
    assert!(!permitted(&agent("pension"), "case.submit", &case));
    assert!(!permitted(&agent("*"), "delegation.grant", &Resource { party: Some("person_applicant".to_owned()), ..Resource::of("delegation") }));
}

#[test]
fn nobody_gives_oneself_a_role() {
    let security = Actor { roles: vec!["security-admin".to_owned()], ..Actor::bare("account_s", ActorKind::Admin) };
    let account = |id: &str| Resource { id: id.to_owned(), ..Resource::of("account") };
    assert!(permitted(&security, "role.grant", &account("account_x")));
    assert!(!permitted(&security, "role.grant", &account("account_s")));
    let staff_with_the_role = Actor { kind: ActorKind::Staff, ..security };
    assert!(!permitted(&staff_with_the_role, "role.grant", &account("account_x")));
}

#[test]
fn odd_texts_neither_break_nor_widen_anything() {
    for odd in ["\"", "\\", "*", "organ_a/clerk", "\u{0}", "'; drop table", ""] {
        let actor = Actor { account: odd.to_owned(), party: Some(odd.to_owned()), ..Actor::bare(odd, ActorKind::Person) };
        assert!(!permitted(&actor, "case.read", &task()), "{odd:?}");
        assert!(!permitted(&actor, "case.read", &Resource { party: None, ..task() }), "{odd:?}");
    }
}

/// The reviewed matrix. `UPDATE_REFERENCE=1` writes it anew.
#[test]
fn the_matrix_is_the_reviewed_one() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("authority-matrix.txt");
    let matrix = authority_matrix(&AUTHORITY);
    if std::env::var_os("UPDATE_REFERENCE").is_some() {
        fs::write(&path, &matrix).unwrap();
    }
    let reviewed = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(matrix, reviewed, "the policies changed: review the difference and run the test with UPDATE_REFERENCE=1");
}
