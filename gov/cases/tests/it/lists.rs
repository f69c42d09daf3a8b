//! A list is exactly what the authority permits to read, for everybody.

use cases::model::CaseStatus;
use cases::queries::{CaseFilter, case_list, case_resource};
use runner::{Actor, ActorKind, Request};
use testkit::on_both;
use trust::{OrganPost, Scope, ScopePart};

use crate::concurrency::complaint;
use crate::stage::County;

#[test]
fn a_list_equals_what_the_policy_permits() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let people = ["339921199005170241", "339921194003080135", "339921193506010265"];
        for (n, number) in people.iter().cycle().take(9).enumerate() {
            let actor = county.person(number).unwrap();
            county.runner().execute(Request::by(actor), complaint(&format!("噪声扰民第{n}件"))).unwrap();
        }
        let hotline = county.organs["hotline-12345"].clone();
        let market = county.organs["market-supervision"].clone();
        let actors = [
            county.person(people[0]).unwrap(),
            county.person("33992119250211031X").unwrap(),
            county.post("dispatcher", Some(&hotline)),
            county.post("head", Some(&hotline)),
            county.post("handler", Some(&market)),
            county.post("head", Some(&market)),
            Actor::anonymous(),
            Actor::bare("account_admin", ActorKind::Admin),
            Actor::system(),
        ];
        let all: Vec<String> = county.world.read(|tx| tx.query("select id from case_file", &[])).iter().map(|row| row.get(0).unwrap()).collect();
        for actor in &actors {
            let scope = Scope::for_case_list(actor);
            let filter = CaseFilter { page_size: Some(100), ..CaseFilter::default() };
            let mut listed: Vec<String> = county.world.read(|tx| case_list(tx, &scope, &filter)).rows.into_iter().map(|row| row.id).collect();
            listed.sort();
            let permitted = |id: &String| {
                let resource = county.world.read(|tx| case_resource(tx, actor, id)).unwrap();
                county.runner().authority().rule(actor, "case.read", &resource).permitted
            };
            let mut expected: Vec<String> = all.iter().filter(|id| permitted(id)).cloned().collect();
            expected.sort();
            assert_eq!(listed, expected, "{}", actor.account);
        }
    });
}

#[test]
fn pages_of_a_list_neither_repeat_nor_skip() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        for n in 0..25 {
            county.runner().execute(Request::by(county.sample()), complaint(&format!("噪声扰民第{n}件"))).unwrap();
        }
        let market = county.organs["hotline-12345"].clone();
        let other = ScopePart::Granted { account: "account_nobody".into() };
        let post = ScopePart::Posts(vec![OrganPost { organ: market.clone(), post: "dispatcher".into() }]);
        let clerk = Scope::AnyOf(vec![post.clone(), other.clone()]);
        let head = Scope::AnyOf(vec![other, post, ScopePart::Organs(vec![market])]);
        for scope in [Scope::All, clerk, head] {
            for status in [None, Some(CaseStatus::Accepted)] {
                assert_eq!(walked(&county, &scope, status), 25, "{scope:?} {status:?}");
            }
        }
    });
}

/// How many different cases a list has; none comes twice, and the newest comes first.
fn walked(county: &County, scope: &Scope, status: Option<CaseStatus>) -> usize {
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let filter = CaseFilter { page_size: Some(7), after: after.clone(), status, ..CaseFilter::default() };
        let page = county.world.read(|tx| case_list(tx, scope, &filter));
        seen.extend(page.rows.into_iter().map(|row| row.line));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "{seen:?}");
    seen.len()
}
