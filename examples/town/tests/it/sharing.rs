//! Data shared among the county's organs.

use std::collections::BTreeSet;

use exchange::FeedState;
use sharing::{GrantState, queries};
use testkit::TestDatabase;
use town::Size;

use crate::office::{Office, now};

fn is_for(grant: &sharing::Grant, item: &str) -> bool {
    matches!(&grant.terms.ground, sharing::Ground::Cases(uses) if uses.iter().any(|used| used.item == item))
}

#[test]
fn organs_share_data_in_every_state_and_every_grant_holds() {
    let office = Office::seeded(TestDatabase::sqlite(), Size::small());
    assert!(office.report.broken.is_empty(), "{:?}", office.report.broken);
    let store = office.database.store();
    let (grants, requests, demands) =
        store.read(|tx| Ok::<_, store::StoreError>((queries::grants(tx, 100)?, queries::requests(tx, 100)?, queries::demands(tx, 100)?))).unwrap();
    assert!(requests.len() >= 15, "{} requests", requests.len());
    assert!(grants.len() >= 10, "{} grants", grants.len());
    assert_eq!(demands.len(), 2);
    let states: BTreeSet<&str> = grants.iter().map(|grant| grant.state.code()).collect();
    assert_eq!(states, GrantState::ALL.iter().map(|state| state.code()).collect());
    for grant in &grants {
        let holds = store.read(|tx| queries::verify_grant(tx, grant)).unwrap();
        assert_eq!(holds, Ok(()), "{}", grant.id);
    }
    let today = clock::local_date(now());
    for (item, fields) in [("geti-shangpu-dengji", ["address", "name"]), ("gaoling-jintie", ["birth_date", "division"])] {
        let grant = grants.iter().find(|grant| is_for(grant, item)).unwrap();
        assert_eq!((grant.terms.register.as_str(), grant.state_on(today)), ("population", GrantState::Granted));
        let asked = store.read(|tx| sharing::grant_for(tx, &grant.terms.grantee, "population", &fields, Some((item, true)), now()));
        assert_eq!(asked.unwrap().grant, grant.id);
        let closed = store.read(|tx| sharing::grant_for(tx, &grant.terms.grantee, "population", &fields, Some((item, false)), now()));
        assert_eq!(closed.unwrap_err().refusal().unwrap().code, "case-not-open");
    }
}

#[test]
fn feeds_run_and_are_set_aside_and_rows_that_do_not_fit_wait_for_who_received_them() {
    let office = Office::seeded(TestDatabase::sqlite(), Size { residents: 120, companies: 40, cases: 4 });
    let store = office.database.store();
    let (feeds, services, dead) =
        store.read(|tx| Ok::<_, store::StoreError>((exchange::feeds(tx)?, exchange::services(tx)?, exchange::dead_rows(tx)?))).unwrap();
    let states: BTreeSet<&str> = feeds.iter().map(|feed| feed.state.as_str()).collect();
    assert_eq!((feeds.len(), states), (2, BTreeSet::from([FeedState::Active.as_str(), FeedState::Dead.as_str()])));
    let inboxes = services.iter().filter(|service| service.register == "inbox:address-changes").count();
    assert_eq!(inboxes, 2, "one of them waits for a feed");
    let reasons: BTreeSet<&str> = dead.iter().map(|row| row.reason.as_str()).collect();
    assert_eq!((dead.len(), reasons.len()), (2, 2), "{dead:?}");
    let receiver = services.iter().find(|service| service.id.to_string() == dead[0].service).unwrap();
    assert_eq!(store.read(|tx| exchange::received_count(tx, &receiver.id)).unwrap(), 3);
}
