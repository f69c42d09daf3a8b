//! R3, R7: what government holds is not asked again; the case says where it comes from, and a correction finds what was made from it.

use std::collections::BTreeSet;
use std::sync::Arc;

use cases::commands::{ReviewCorrection, StartDraft};
use cases::model::CaseStatus;
use cases::queries::{RegisterUse, cases_made_from, draft_of, is_counted, register_uses};
use cases::{Fact, FactUse};
use registers::{CorrectRecord, RecordCorrection};
use runner::Actor;
use seal::FieldKeys;
use serde_json::{Value, json};
use testkit::on_both;

use crate::stage::County;
use crate::steps::*;

const BENEFIT: &str = "gaoling-jintie";
const ZHOU: &str = "339921194003080135";

fn started(county: &County, actor: &Actor, slug: &str) -> serde_json::Map<String, Value> {
    let start = StartDraft { slug: slug.into(), situation: fields(&json!({})), answers: fields(&json!({})), prefill: true };
    let draft = county.world.execute(actor, start).outcome;
    let keys = county.runner().service::<FieldKeys>().unwrap();
    county.world.store().read(|tx| draft_of(tx, &keys, &draft, &actor.account)).unwrap().unwrap().answers
}

fn fact<'f>(facts: &'f [Fact], place: &str, field: &str) -> &'f Fact {
    facts.iter().find(|fact| fact.place == place && fact.field == field).unwrap_or_else(|| panic!("{place} {field}: {facts:#?}"))
}

/// The owner of the register corrects a record.
fn correct(county: &County, number: &str, values: &Value) -> registers::Corrected {
    let correction = CorrectRecord {
        register: "population".into(),
        key: number.into(),
        on: None,
        seen_position: None,
        values: fields(values),
        reason: "录入时抄错。".into(),
        basis: "户口登记条例 第十七条".into(),
    };
    let owner = county.post("data-officer", Some(&county.organs["public-security"]));
    county.world.execute(&owner, correction).outcome
}

/// A food permit of 林晓禾 in the register of certificates.
fn register_permit(county: &County, file: &str, status: &str, expires_on: &str) {
    let text = registers::SHIPPED.iter().find(|(slug, _)| *slug == "certificates").unwrap().1;
    county.world.execute(&Actor::system(), registers::DeclareRegister { text: text.into(), division: crate::stage::COUNTY.into() });
    let cells = fields(&json!({
        "number": "JY23399210000018", "type": "food-permit", "holder": "林晓禾", "holder_number": "339921199005170241",
        "issued_by": "云溪县市场监督管理局", "issued_on": "2023-03-15", "expires_on": expires_on, "status": status,
    }));
    let load = registers::LoadRecords {
        register: "certificates".into(),
        file_sm3: seal::hash::sm3_hex(file.as_bytes()),
        valid_from: day("2023-03-15"),
        rows: Arc::new(vec![registers::LoadRow { row: 2, cells }]),
        unread: Vec::new(),
    };
    assert_eq!(county.world.execute(&Actor::system(), load).outcome.report.refused, 0);
}

#[test]
fn a_valid_certificate_stands_in_for_a_material_and_an_expired_or_revoked_one_does_not() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        publish_altered(&county, SHOP, "item.toml", "id = \"premises_lease\"", "id = \"premises_lease\"\nwaived_by = \"certificate:food-permit\"");
        let me = county.sample();
        let without = || {
            let script = script(SHOP, "ordinary");
            let start = StartDraft { slug: SHOP.into(), situation: script.situation.clone(), answers: script.answers.clone(), prefill: false };
            submission(&county.world.execute(&me, start).outcome)
        };
        assert_eq!(refused(&county, &me, without()), "material-missing");
        register_permit(&county, "expired", "valid", "2026-03-01");
        assert_eq!(refused(&county, &me, without()), "material-missing");
        register_permit(&county, "revoked", "revoked", "2028-03-14");
        assert_eq!(refused(&county, &me, without()), "material-missing");
        register_permit(&county, "valid", "valid", "2028-03-14");
        let case = county.world.execute(&me, without()).outcome.case;
        let facts = view(&county, &case).facts;
        let permit = fact(&facts, "premises_lease", "");
        assert_eq!((permit.used, permit.register.as_str()), (FactUse::Waived, "certificates"));
    });
}

#[test]
fn a_form_begins_with_what_the_register_holds() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let answers = started(&county, &county.sample(), SHOP);
        assert_eq!(answers["operator_name"], json!("林晓禾"));
        assert_eq!(answers["operator_address"], json!("云溪县城关街道桂花路8号"));
        assert!(!answers.contains_key("trade_name"), "{answers:?}");
        // Not in the register of the county: what the account knows takes its place.
        let elsewhere = started(&county, &county.person("339921193801010559").unwrap(), BENEFIT);
        assert_eq!((&elsewhere["name"], &elsewhere["division"]), (&json!("钱长福"), &json!("330106")));
    });
}

#[test]
fn the_case_says_from_which_record_and_that_the_applicant_differs() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let case = apply(&county, &county.sample(), SHOP, "ordinary").case;
        let facts = view(&county, &case).facts;
        let name = fact(&facts, "operator_name", "name");
        assert_eq!((name.used, name.register.as_str(), name.agrees), (FactUse::Prefilled, "population", true));
        assert!(name.position > 0 && name.version == 1 && name.sm3.len() == 64 && name.recorded_ms < name.taken_ms, "{name:?}");
        let address = fact(&facts, "operator_address", "address");
        assert_eq!((address.used, address.agrees), (FactUse::Changed, false), "she states another address than the register");
        assert_eq!(fact(&facts, "operator_identity", "id_number").used, FactUse::Waived);
        let made = county.world.store().read(|tx| cases_made_from(tx, "population", name.position, 10)).unwrap();
        assert_eq!(made, [case]);
        // Nobody's values stand beside the hashes.
        let kept = format!("{facts:?}");
        assert!(!kept.contains("林晓禾") && !kept.contains("339921199005170241"), "{kept}");
    });
}

#[test]
fn what_the_package_fixes_is_as_the_register_has_it() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let source = "\"x-prefill\": \"population.address\"";
        publish_altered(&county, SHOP, "form.json", source, &format!("{source}, \"x-prefill-fixed\": true"));
        let me = county.sample();
        let draft = draft(&county, &me, SHOP, "ordinary");
        let refusal = county.world.refuse(&me, submission(&draft));
        assert_eq!((refusal.code.as_ref(), refusal.fields[0].field.as_str()), ("answers-invalid", "operator_address"));
        assert!(refusal.fields[0].zh.contains("人口基础信息库"), "{refusal:?}");
        let answers = fields(&json!({ "operator_address": "云溪县城关街道桂花路8号" }));
        let (situation, page) = (fields(&json!({})), String::new());
        county.world.execute(&me, cases::commands::SaveDraft { draft: draft.clone(), situation, answers, page, seen: None });
        let case = county.world.execute(&me, submission(&draft)).outcome.case;
        assert_eq!(fact(&view(&county, &case).facts, "operator_address", "address").used, FactUse::Prefilled);
    });
}

#[test]
fn what_a_flow_verified_is_among_the_facts() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let case = apply(&county, &county.person(ZHOU).unwrap(), BENEFIT, "instant-86").case;
        let facts = view(&county, &case).facts;
        for field in ["name", "birth_date", "division"] {
            let verified = fact(&facts, "verify", field);
            assert_eq!((verified.used, verified.agrees), (FactUse::Verified, true), "{field}");
        }
    });
}

#[test]
fn what_counted_cases_took_from_registers_is_told_in_counts_and_one_hash() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let benefit = apply(&county, &county.person(ZHOU).unwrap(), BENEFIT, "instant-86").case;
        let shop = apply(&county, &county.sample(), SHOP, "ordinary").case;
        let uses = |before: &str| county.world.store().read(|tx| register_uses(tx, day(before))).unwrap();
        assert_eq!(uses("2026-03-02").0, [], "they were submitted on that day, not before it");
        let (found, sm3) = uses("2026-03-03");
        let facts: Vec<Fact> = [&benefit, &shop].into_iter().flat_map(|case| view(&county, case).facts).collect();
        let lines: BTreeSet<(i64, String)> = facts.iter().map(|fact| (fact.position, fact.sm3.clone())).collect();
        let count = |length: usize| i64::try_from(length).unwrap();
        let expected = RegisterUse { register: "population".into(), cases: 2, facts: count(facts.len()), records: count(lines.len()) };
        assert_eq!((found, lines.len()), (vec![expected], 2));
        let text: String = lines.iter().map(|(position, record)| format!("population {position} {record}\n")).collect();
        assert_eq!(sm3, seal::hash::sm3_hex(text.as_bytes()), "from the facts of the cases the hash is computed again");
        let file = view(&county, &benefit).file;
        assert!(is_counted(&file, day("2026-03-03")) && !is_counted(&file, day("2026-03-02")));
        county.world.move_to("2026-03-05T09:00");
        correct(&county, ZHOU, &json!({ "division": "330106" }));
        run_jobs(&county);
        let review = view(&county, &view(&county, &benefit).reviews[0]).file;
        assert!(!is_counted(&review, day("2026-04-01")), "what follows from a case is not counted");
        assert_eq!(uses("2026-03-03").1, sm3, "a correction changes no fact that was taken before");
    });
}

#[test]
fn a_corrected_record_opens_reviews_of_open_and_closed_cases_once() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let old = county.person(ZHOU).unwrap();
        let closed = apply(&county, &old, BENEFIT, "instant-86").case;
        let open = apply(&county, &old, BENEFIT, "person-decides-on-request").case;
        let other = apply(&county, &county.sample(), SHOP, "ordinary").case;
        assert_eq!((view(&county, &closed).file.status, view(&county, &open).file.status.is_open()), (CaseStatus::Closed, true));
        county.world.move_to("2026-03-05T09:00");
        let corrected = correct(&county, ZHOU, &json!({ "division": "330106" }));
        run_jobs(&county);
        for (case, state) in [(&closed, "closed"), (&open, "open")] {
            let seen = view(&county, case);
            assert_eq!(seen.reviews.len(), 1, "{state}");
            let review = view(&county, &seen.reviews[0]).file;
            assert_eq!((review.slug.as_str(), review.parent.as_deref()), ("shuju-fuhe", Some(case.as_str())));
            assert_eq!(review.organ, county.organs["civil-affairs"], "the organ that decided");
            assert_eq!(review.answers["case_state"], json!(state));
            assert_eq!(review.answers["fields"], json!("所在区划"));
            assert_eq!(review.answers["basis"], json!("户口登记条例 第十七条"));
            assert_eq!(review.answers.contains_key("certificates"), state == "closed", "the certificate is named");
            assert_eq!(open_task(&county, &review.id, "examine").organ, review.organ);
            assert!(seen.timeline.iter().any(|entry| entry.kind == "review-opened" && entry.public));
        }
        assert!(view(&county, &other).reviews.is_empty(), "made from another record");
        // The same again opens nothing.
        let position = fact(&view(&county, &closed).facts, "verify", "division").position;
        let again = RecordCorrection {
            register: "population".into(),
            position: corrected.position,
            earlier: vec![position],
            fields: corrected.fields,
            valid_from: day("2020-01-01"),
            valid_until: None,
            basis: "户口登记条例 第十七条".into(),
        };
        let opened = county.world.execute(&Actor::system(), ReviewCorrection { correction: again.clone() }).outcome;
        assert!(opened.is_empty(), "{opened:?}");
        assert_eq!(refused(&county, &county.post("handler", None), ReviewCorrection { correction: again }), "not-permitted");
    });
}

#[test]
fn a_correction_of_what_no_case_used_or_of_other_days_opens_nothing() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let case = apply(&county, &county.person(ZHOU).unwrap(), BENEFIT, "instant-86").case;
        county.world.move_to("2026-03-05T09:00");
        correct(&county, ZHOU, &json!({ "mobile": "13900000001" }));
        run_jobs(&county);
        assert!(view(&county, &case).reviews.is_empty(), "the case used no mobile number of the register");
        let position = fact(&view(&county, &case).facts, "verify", "division").position;
        let earlier_days = RecordCorrection {
            register: "population".into(),
            position: position + 100,
            earlier: vec![position],
            fields: vec!["division".into()],
            valid_from: day("2020-01-01"),
            valid_until: Some(day("2025-12-31")),
            basis: "户口登记条例 第十七条".into(),
        };
        let opened = county.world.execute(&Actor::system(), ReviewCorrection { correction: earlier_days }).outcome;
        assert!(opened.is_empty(), "{opened:?}");
    });
}
