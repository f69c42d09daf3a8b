//! Data shared among the county's organs.

use std::collections::BTreeSet;

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
