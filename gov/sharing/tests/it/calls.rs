//! Calls: what the gateway asks, and what is counted.

use sharing::{Ground, ItemUse, Terms, queries};
use testkit::on_both;
use tracker::Manner;

use crate::world::{County, POPULATION, SHOPS, names};

const CASE: Option<(&str, bool)> = Some((SHOPS, true));

#[test]
fn a_call_within_the_grant_passes_in_its_manner() {
    on_both(|database| {
        let county = County::on(database);
        let id = county.grant(county.terms());
        for target in ["population", POPULATION] {
            let permit = county.call_of("market-supervision", target, &["name"], CASE).unwrap();
            assert_eq!((permit.grant.as_str(), permit.manner), (id.as_str(), Manner::YesNo));
            assert_eq!(permit.fields, names(&["name"]), "no more than was asked for");
            assert_eq!(permit.purpose, county.terms().purpose);
        }
    });
}

#[test]
fn each_way_out_of_a_grant_is_refused_by_name() {
    on_both(|database| {
        let county = County::on(database);
        county.grant(county.terms());
        let market = "market-supervision";
        let check = |duty: &str, target: &str, fields: &[&str], case, code: &str| {
            assert_eq!(county.call_of(duty, target, fields, case).map(|permit| permit.grant), Err(code.to_owned()));
        };
        check("health", "population", &["name"], CASE, "no-grant");
        check(market, "marriage", &["name"], CASE, "no-grant");
        check(market, "population", &["name", "id_number"], CASE, "field-not-granted");
        check(market, "population", &[], CASE, "field-not-granted");
        check(market, "population", &["name"], None, "case-not-declared");
        check(market, "population", &["name"], Some((SHOPS, false)), "case-not-open");
        check(market, "population", &["name"], Some(("gaoling-jintie", true)), "purpose-mismatch");
        county.world.move_to("2026-03-01T23:59");
        check(market, "population", &["name"], CASE, "grant-not-begun");
        county.world.move_to("2027-01-01T00:00");
        check(market, "population", &["name"], CASE, "grant-expired");
    });
}

#[test]
fn an_item_reads_only_the_fields_it_declares() {
    on_both(|database| {
        let county = County::on(database);
        let uses = vec![
            ItemUse { item: SHOPS.into(), fields: names(&["name", "address"]) },
            ItemUse { item: "gaoling-jintie".into(), fields: names(&["name"]) },
        ];
        county.grant(Terms { ground: Ground::Cases(uses), ..county.terms() });
        assert!(county.call(&["address"], CASE).is_ok());
        assert!(county.call(&["name"], Some(("gaoling-jintie", true))).is_ok());
        assert_eq!(county.call(&["address"], Some(("gaoling-jintie", true))), Err("case-not-declared".into()));
    });
}

#[test]
fn a_standing_duty_needs_no_case() {
    on_both(|database| {
        let county = County::on(database);
        county.grant(Terms { ground: Ground::StandingDuty("社会救助家庭经济状况核对".into()), ..county.terms() });
        assert!(county.call(&["name"], None).is_ok());
    });
}

#[test]
fn a_grant_by_consent_says_which_and_is_used_where_no_other_carries_the_call() {
    on_both(|database| {
        let county = County::on(database);
        let by_consent = county.grant(Terms { ground: Ground::Consent("入学核对住址".into()), ..county.terms() });
        let permit = county.call_of("market-supervision", "population", &["name"], None).unwrap();
        assert_eq!((permit.grant.as_str(), permit.consent.as_deref()), (by_consent.as_str(), Some("入学核对住址")));
        let by_duty = county.grant(Terms { ground: Ground::StandingDuty("核对".into()), ..county.terms() });
        let permit = county.call_of("market-supervision", "population", &["name"], None).unwrap();
        assert_eq!((permit.grant.as_str(), permit.consent), (by_duty.as_str(), None));
    });
}

#[test]
fn rights_of_two_grants_are_never_added_up() {
    on_both(|database| {
        let county = County::on(database);
        let of = |field: &str, item: &str| {
            let fields = names(&[field]);
            Terms { fields: fields.clone(), ground: Ground::Cases(vec![ItemUse { item: item.into(), fields }]), ..county.terms() }
        };
        county.grant(of("name", SHOPS));
        county.grant(of("address", "gaoling-jintie"));
        assert!(county.call(&["name"], CASE).is_ok());
        assert_eq!(county.call(&["address"], CASE), Err("purpose-mismatch".into()));
        assert_eq!(county.call(&["name", "address"], CASE), Err("field-not-granted".into()));
    });
}

#[test]
fn the_narrowest_grant_that_carries_a_call_is_used() {
    on_both(|database| {
        let county = County::on(database);
        county.grant(Terms { manner: Manner::Full, ..county.terms() });
        let fields = names(&["name"]);
        let narrow = Terms { fields: fields.clone(), ground: Ground::Cases(vec![ItemUse { item: SHOPS.into(), fields }]), ..county.terms() };
        let narrow = county.grant(narrow);
        assert_eq!(county.call(&["name"], CASE).unwrap().grant, narrow);
    });
}

#[test]
fn the_calls_of_a_day_and_of_a_minute_are_counted_in_the_same_transaction() {
    on_both(|database| {
        let county = County::on(database);
        let id = county.grant(county.terms());
        for _ in 0..3 {
            assert!(county.use_it(&["name"], CASE).is_ok());
        }
        assert_eq!(county.use_it(&["name"], CASE), Err("rate-exceeded".into()));
        county.world.move_to("2026-03-02T09:01");
        for _ in 0..2 {
            assert!(county.use_it(&["name"], CASE).is_ok());
        }
        county.world.move_to("2026-03-02T09:02");
        assert_eq!(county.use_it(&["name"], CASE), Err("quota-used-up".into()));
        assert_eq!(county.call(&["name"], CASE), Err("quota-used-up".into()));
        let (day, since) = ("2026-03-02".parse().unwrap(), "2026-02-01".parse().unwrap());
        assert_eq!(county.world.read(|tx| queries::calls_on(tx, &id, day)), 5);
        county.world.move_to("2026-03-03T00:00");
        assert!(county.use_it(&["name"], CASE).is_ok(), "a new day");
        let days = county.world.read(|tx| queries::calls_since(tx, &id, since));
        assert_eq!(days, [("2026-03-03".to_owned(), 1), ("2026-03-02".to_owned(), 5)]);
    });
}

#[test]
fn a_transaction_that_fails_counts_nothing() {
    on_both(|database| {
        let county = County::on(database);
        let id = county.grant(county.terms());
        let (now, grantee) = (county.now(), county.organ("market-supervision").to_owned());
        let failed = county.world.store().write(move |tx| {
            sharing::use_grant(tx, &grantee, "population", &["name"], CASE, now)?;
            Err::<(), _>(runner::Halt::Fault(runner::Fault::because("the answer could not be sent")))
        });
        assert!(failed.is_err());
        assert_eq!(county.world.read(|tx| queries::calls_on(tx, &id, "2026-03-02".parse().unwrap())), 0);
    });
}

#[test]
fn of_many_calls_at_once_no_more_pass_than_the_quota() {
    on_both(|database| {
        let county = County::on(database);
        let id = county.grant(Terms { quota_per_day: 5, rate_per_minute: 5, ..county.terms() });
        let passed = std::sync::atomic::AtomicU32::new(0);
        std::thread::scope(|scope| {
            for _ in 0..12 {
                scope.spawn(|| {
                    if county.use_it(&["name"], CASE).is_ok() {
                        passed.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    }
                });
            }
        });
        assert_eq!(passed.into_inner(), 5);
        assert_eq!(county.world.read(|tx| queries::calls_on(tx, &id, "2026-03-02".parse().unwrap())), 5);
    });
}
