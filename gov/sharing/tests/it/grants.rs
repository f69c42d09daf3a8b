//! The life of a grant.

use sharing::commands::{ExtendGrant, GiveUpGrant, GrantAccess, ResumeGrant, SuspendGrant, WithdrawGrant};
use sharing::{GrantState, Ground, ItemUse, Method, Terms, queries};
use testkit::on_both;

use crate::world::{County, SHOPS, names};

const CASE: Option<(&str, bool)> = Some((SHOPS, true));

#[test]
fn a_grant_is_signed_by_the_provider_and_both_sides_see_the_same() {
    on_both(|database| {
        let county = County::on(database);
        let id = county.grant(county.terms());
        let grant = county.read(&id);
        assert_eq!((grant.state, grant.issue, grant.terms.clone()), (GrantState::Granted, 1, county.terms()));
        county.world.read(|tx| {
            assert_eq!(queries::verify_grant(tx, &grant)?, Ok(()));
            assert_eq!(queries::grants_of_grantee(tx, county.organ("market-supervision"), 10)?, vec![grant.clone()]);
            assert_eq!(queries::grants_of_provider(tx, county.organ("public-security"), 10)?, vec![grant.clone()]);
            assert_eq!(queries::grants_of_grantee(tx, county.organ("health"), 10)?, vec![]);
            for side in ["market-supervision", "public-security"] {
                assert_eq!(queries::notices_of(tx, county.organ(side), 10)?.len(), 1, "{side} was told");
            }
            assert_eq!(queries::organ_verifiers(tx, county.organ("public-security"))?.len(), 2, "SM2 and Ed25519");
            Ok(())
        });
    });
}

#[test]
fn a_grant_that_was_altered_does_not_verify() {
    on_both(|database| {
        let county = County::on(database);
        let grant = county.read(&county.grant(county.terms()));
        let wider = Terms { fields: names(&["address", "id_number", "name"]), ..grant.terms.clone() };
        let problem = |altered: sharing::Grant| county.world.read(|tx| queries::verify_grant(tx, &altered)).unwrap_err();
        assert_eq!(problem(sharing::Grant { terms: wider.clone(), ..grant.clone() }), queries::GrantProblem::Hash);
        let sm3 = sharing::model::terms_sm3(&sharing::model::canonical(&grant.id, 1, &wider));
        let forged = sharing::Grant { terms: wider, terms_sm3: sm3, ..grant.clone() };
        assert_eq!(problem(forged), queries::GrantProblem::Signature(sharing::SignatureProblem::OtherText));
        let note = grant.note.lines().filter(|line| !line.starts_with('—')).collect::<Vec<_>>().join("\n");
        assert!(matches!(problem(sharing::Grant { note, ..grant.clone() }), queries::GrantProblem::Signature(_)));
        let id = grant.id.clone();
        county.world.store().write(move |tx| tx.execute("update sharing_permit set state = 'suspended' where grant_id = $1", &[&id])).unwrap();
        assert_eq!(problem(grant), queries::GrantProblem::Compiled);
    });
}

#[test]
fn what_cannot_be_granted_is_refused() {
    on_both(|database| {
        let county = County::on(database);
        let head = county.staff("public-security", "head");
        let base = county.terms();
        let check = |terms: Terms, code: &str| assert_eq!(county.world.refuse(&head, GrantAccess { terms }).code, code);
        let day = |text: &str| text.parse().unwrap();
        check(Terms { resource: "339921-nothing".into(), ..base.clone() }, "resource-unknown");
        check(Terms { register: "marriage".into(), ..base.clone() }, "resource-unknown");
        check(Terms { fields: names(&[]), ..base.clone() }, "fields-missing");
        check(Terms { fields: names(&["blood_type"]), ..base.clone() }, "field-unknown");
        check(Terms { grantee: base.provider.clone(), ..base.clone() }, "own-resource");
        check(Terms { method: Method::File, ..base.clone() }, "method-not-offered");
        check(Terms { purpose: " ".into(), ..base.clone() }, "purpose-missing");
        check(Terms { basis: String::new(), ..base.clone() }, "purpose-missing");
        check(Terms { valid_until: day("2026-03-01"), ..base.clone() }, "period-unfit");
        check(Terms { valid_until: day("2030-03-01"), ..base.clone() }, "period-unfit");
        check(Terms { valid_from: day("2026-12-31"), valid_until: day("2026-12-30"), ..base.clone() }, "period-unfit");
        check(Terms { quota_per_day: 0, ..base.clone() }, "quota-unfit");
        check(Terms { rate_per_minute: 0, ..base.clone() }, "quota-unfit");
        check(Terms { rate_per_minute: 6, ..base.clone() }, "quota-unfit");
        check(Terms { ground: Ground::Cases(Vec::new()), ..base.clone() }, "ground-missing");
        check(Terms { ground: Ground::StandingDuty(String::new()), ..base.clone() }, "ground-missing");
        check(Terms { ground: Ground::Consent(" ".into()), ..base.clone() }, "ground-missing");
        let used = |item: &str, fields: &[&str]| Ground::Cases(vec![ItemUse { item: item.into(), fields: names(fields) }]);
        check(Terms { ground: used("no-such-item", &["name"]), ..base.clone() }, "item-unknown");
        check(Terms { ground: used(SHOPS, &["sex"]), ..base.clone() }, "fields-missing");
        check(Terms { purpose: "字".repeat(501), ..base }, "text-too-long");
    });
}

#[test]
fn the_negative_list_refuses_under_its_own_law() {
    on_both(|database| {
        let county = County::on(database);
        let terms = Terms {
            resource: "303026/000001".into(),
            register: "hotline-reports".into(),
            provider: county.organ("hotline-12345").into(),
            fields: names(&["reporter"]),
            ..county.terms()
        };
        let refusal = county.world.refuse(&county.staff("hotline-12345", "head"), GrantAccess { terms });
        assert_eq!((refusal.code.as_ref(), refusal.basis.as_ref()), ("negative-listed", "信访工作条例 第三十条第三款"));
    });
}

#[test]
fn only_the_providers_head_grants() {
    on_both(|database| {
        let county = County::on(database);
        for actor in [
            county.staff("public-security", "handler"),
            county.staff("market-supervision", "head"),
            county.staff("data-resources", "head"),
            runner::Actor::anonymous(),
        ] {
            assert_eq!(county.world.refuse(&actor, GrantAccess { terms: county.terms() }).code, "not-permitted");
        }
    });
}

#[test]
fn misuse_suspends_at_once_and_whoever_suspended_resumes() {
    on_both(|database| {
        let county = County::on(database);
        let id = county.grant(county.terms());
        let (provider, authority) = (county.staff("public-security", "head"), county.staff("data-resources", "head"));
        let suspend = |reason: &str| SuspendGrant { grant: id.clone(), reason: reason.into(), seen: None };
        let resume = || ResumeGrant { grant: id.clone(), reason: "已经整改".into(), seen: None };
        assert!(county.call(&["name"], CASE).is_ok());
        assert_eq!(county.world.refuse(&county.staff("market-supervision", "head"), suspend("误用")).code, "not-permitted");
        assert_eq!(county.world.refuse(&county.staff("health", "head"), suspend("误用")).code, "not-found");
        assert_eq!(county.world.refuse(&authority, suspend(" ")).code, "reason-missing");
        county.world.execute(&authority, suspend("抽查发现用于申请以外的工作，依据数据安全法第三十八条停用"));
        assert_eq!(county.call(&["name"], CASE), Err("grant-suspended".into()));
        assert_eq!(county.world.refuse(&authority, suspend("再停一次")).code, "grant-not-in-state");
        assert_eq!(county.world.refuse(&provider, resume()).code, "not-permitted");
        county.world.execute(&authority, resume());
        assert!(county.call(&["name"], CASE).is_ok());
        county.world.execute(&provider, suspend("提供部门核查"));
        county.world.execute(&provider, resume());
        assert_eq!(county.world.refuse(&provider, resume()).code, "grant-not-in-state");
        county.world.read(|tx| {
            assert_eq!(queries::notices_of(tx, county.organ("market-supervision"), 10)?.len(), 5);
            assert_eq!(queries::verify_grant(tx, &county.read(&id))?, Ok(()));
            Ok(())
        });
    });
}

#[test]
fn an_extension_is_a_new_signed_text() {
    on_both(|database| {
        let county = County::on(database);
        let id = county.grant(county.terms());
        let head = county.staff("public-security", "head");
        let extend =
            |until: &str, reason: &str| ExtendGrant { grant: id.clone(), valid_until: until.parse().unwrap(), reason: reason.into(), seen: None };
        assert_eq!(county.world.refuse(&head, extend("2026-12-31", "继续使用")).code, "period-unfit");
        assert_eq!(county.world.refuse(&head, extend("2036-12-31", "继续使用")).code, "period-unfit");
        assert_eq!(county.world.refuse(&head, extend("2027-06-30", "")).code, "reason-missing");
        assert_eq!(county.world.refuse(&county.staff("market-supervision", "head"), extend("2027-06-30", "继续使用")).code, "not-permitted");
        assert_eq!(county.world.execute(&head, extend("2027-06-30", "事项继续办理")).outcome, 2);
        let grant = county.read(&id);
        assert_eq!(grant.terms.valid_until.to_string(), "2027-06-30");
        assert_eq!(county.world.read(|tx| queries::verify_grant(tx, &grant)), Ok(()));
        county.world.move_to("2027-01-05T09:00");
        assert!(county.call(&["name"], CASE).is_ok());
        county.world.run_jobs(&county.worker());
        assert_eq!(county.read(&id).state, GrantState::Granted, "the promise for the old last day was taken back");
    });
}

#[test]
fn a_grant_expires_by_the_day_and_the_job_only_closes_it() {
    on_both(|database| {
        let county = County::on(database);
        let id = county.grant(county.terms());
        county.world.move_to("2026-12-31T23:59");
        assert!(county.call(&["name"], CASE).is_ok());
        county.world.run_jobs(&county.worker());
        assert_eq!(county.read(&id).state, GrantState::Granted);
        county.world.move_to("2027-01-01T00:00");
        assert_eq!(county.call(&["name"], CASE), Err("grant-expired".into()), "before any job");
        assert_eq!(county.read(&id).state_on("2027-01-01".parse().unwrap()), GrantState::Expired);
        county.world.run_jobs(&county.worker());
        assert_eq!(county.read(&id).state, GrantState::Expired);
        assert_eq!(county.call(&["name"], CASE), Err("grant-expired".into()));
        for side in ["market-supervision", "public-security"] {
            let told = county.world.read(|tx| queries::notices_of(tx, county.organ(side), 10));
            assert!(told.first().unwrap().text.zh.contains("到期"), "{told:?}");
        }
        let extend = ExtendGrant { grant: id, valid_until: "2027-12-31".parse().unwrap(), reason: "继续".into(), seen: None };
        assert_eq!(county.world.refuse(&county.staff("public-security", "head"), extend).code, "grant-not-in-state");
    });
}

#[test]
fn the_provider_withdraws_and_the_user_gives_up() {
    on_both(|database| {
        let county = County::on(database);
        let (first, second) = (county.grant(county.terms()), county.grant(county.terms()));
        let (provider, user) = (county.staff("public-security", "head"), county.staff("market-supervision", "head"));
        let withdraw = |grant: &str| WithdrawGrant { grant: grant.into(), reason: "依据的规定已经废止".into(), seen: None };
        let give_up = |grant: &str| GiveUpGrant { grant: grant.into(), reason: "事项已经取消".into(), seen: None };
        assert_eq!(county.world.refuse(&user, withdraw(&first)).code, "not-permitted");
        assert_eq!(county.world.refuse(&provider, give_up(&first)).code, "not-permitted");
        county.world.execute(&provider, withdraw(&first));
        assert!(county.call(&["name"], CASE).is_ok(), "the other grant stands");
        county.world.execute(&user, give_up(&second));
        assert_eq!(county.call(&["name"], CASE), Err("grant-withdrawn".into()));
        assert_eq!(county.read(&second).stopped_by.as_deref(), Some(county.organ("market-supervision")));
        assert_eq!(county.world.refuse(&provider, withdraw(&second)).code, "grant-not-in-state");
    });
}

#[test]
fn of_two_heads_at_once_the_second_is_told() {
    on_both(|database| {
        let county = County::on(database);
        let id = county.grant(county.terms());
        let seen = Some(county.read(&id).version);
        let head = county.staff("public-security", "head");
        county.world.execute(&head, SuspendGrant { grant: id.clone(), reason: "核查".into(), seen });
        let late = WithdrawGrant { grant: id, reason: "撤销".into(), seen };
        assert_eq!(county.world.refuse(&head, late).code, "stale-version");
    });
}

#[test]
fn every_refusal_has_words_in_both_languages_and_a_next_step() {
    for refusal in sharing::model::refusals::all() {
        assert!(!refusal.sentence.is_incomplete() && !refusal.next_step.is_incomplete(), "{}", refusal.code);
        assert!(!refusal.sentence.is_empty() && !refusal.next_step.is_empty(), "{}", refusal.code);
    }
}
