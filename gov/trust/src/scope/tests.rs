#![allow(clippy::unwrap_used)]
use std::sync::LazyLock;

use proptest::{prelude::*, sample::select};
use runner::ActorPost;

use super::*;
use crate::{authority::Authority, model::delegation_role};

static AUTHORITY: LazyLock<Authority> = LazyLock::new(|| Authority::new().unwrap());

fn option(values: &[&str]) -> impl Strategy<Value = Option<String>> + use<> {
    let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    prop::option::of(select(values))
}

fn some_of(values: &[&str]) -> impl Strategy<Value = Vec<String>> + use<> {
    let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    prop::collection::vec(select(values), 0..3)
}

fn actors() -> impl Strategy<Value = Actor> {
    let kinds = vec![ActorKind::Anonymous, ActorKind::Person, ActorKind::Staff, ActorKind::Admin, ActorKind::System];
    let post = (select(vec!["clerk", "head", "window"]), select(vec!["organ_a", "organ_b"])).prop_map(|(post, organ)| ActorPost {
        post: post.to_owned(),
        organ: organ.to_owned(),
        division: "339921".to_owned(),
    });
    (
        select(kinds),
        select(vec!["account_1", "account_2"]),
        option(&["person_1", "person_2"]),
        option(&["company_1", "organ_a"]),
        prop::collection::vec(post, 0..3),
        some_of(&["*", "item-a", "item-b"]),
        0_u8..=4,
    )
        .prop_map(|(kind, account, party, on_behalf, posts, scopes, assurance)| Actor {
            account: account.to_owned(),
            kind,
            party,
            on_behalf,
            posts,
            roles: scopes.iter().map(|scope| delegation_role(scope)).collect(),
            assurance,
        })
}

fn cases() -> impl Strategy<Value = Resource> {
    (
        option(&["organ_a", "organ_b"]),
        option(&["clerk", "head", "window"]),
        option(&["organ_a", "organ_b"]),
        option(&["person_1", "person_2", "company_1", "organ_a"]),
        option(&["account_1", "account_2"]),
        some_of(&["account_1", "account_2"]),
        option(&["item-a", "item-b"]),
        0_u8..=3,
    )
        .prop_map(|(organ, post, post_organ, party, assignee, handlers, scope, sensitivity)| Resource {
            kind: "case".to_owned(),
            id: "case_1".to_owned(),
            organ,
            division: Some("339921".to_owned()),
            post,
            post_organ,
            party,
            assignee,
            handlers,
            scope,
            sensitivity,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn lists_say_the_same_as_the_policies(actor in actors(), case in cases()) {
        let ruling = AUTHORITY.decide(&actor, "case.read", &case);
        prop_assert_eq!(Scope::for_case_list(&actor).sees(&case), ruling.permitted, "{:?}", ruling.policies);
    }
}

#[test]
fn a_delegate_without_scope_sees_nothing() {
    let actor = Actor { party: Some("person_1".to_owned()), on_behalf: Some("company_1".to_owned()), ..Actor::bare("account_1", ActorKind::Person) };
    assert_eq!(Scope::for_case_list(&actor), Scope::Nothing);
}

#[test]
fn a_head_sees_the_organ_and_a_clerk_the_post() {
    let held = |post: &str| ActorPost { post: post.to_owned(), organ: "organ_a".to_owned(), division: "339921".to_owned() };
    let head = Actor { posts: vec![held("head"), held("clerk")], ..Actor::bare("account_1", ActorKind::Staff) };
    let Scope::AnyOf(parts) = Scope::for_case_list(&head) else { panic!("parts") };
    assert!(parts.contains(&ScopePart::Organs(vec!["organ_a".to_owned()])));
    let clerk = Actor { posts: vec![held("clerk")], ..Actor::bare("account_2", ActorKind::Staff) };
    let Scope::AnyOf(parts) = Scope::for_case_list(&clerk) else { panic!("parts") };
    assert!(!parts.iter().any(|part| matches!(part, ScopePart::Organs(_))));
}
