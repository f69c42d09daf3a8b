//! R26, invariant 5: who is not a side of a case leaves a reading with everything that is shown.

use cases::commands::{OrderSecrecy, ReadCase, ReadDocument, ReadMaterial};
use cases::queries::materials_of;
use runner::{Actor, Halt};
use seal::FieldKeys;
use testkit::on_both;
use tracker::{Manner, Seen, SourceKind, readings_of, readings_of_case};

use crate::stage::County;
use crate::steps::*;

const APPLICANT: &str = "339921199005170241";

fn readings(county: &County, case: &str) -> Vec<Seen> {
    county.world.store().read(|tx| readings_of_case(tx, case)).unwrap()
}

fn shown_to_the_applicant(county: &County) -> usize {
    let keys = county.runner().service::<FieldKeys>().unwrap();
    let now_ms = county.runner().clock().now().as_millisecond();
    county.world.store().read(|tx| readings_of(tx, &keys, APPLICANT, now_ms, None, 50)).unwrap().len()
}

fn refused(county: &County, actor: &Actor, command: impl runner::Command) -> String {
    match county.world.try_execute(actor, command) {
        Err(Halt::Refused(refusal)) => refusal.code.into_owned(),
        Err(Halt::Fault(fault)) => panic!("{fault:?}"),
        Ok(_) => "done".into(),
    }
}

#[test]
fn the_post_that_handles_a_case_leaves_a_reading_each_time() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let case = apply(&county, &county.sample(), FOOD, "ordinary-tea-shop").case;
        let before = readings(&county, &case).len();
        let clerk = county.post("window", None);
        county.world.move_to("2026-03-02T09:01");
        let view = county.world.execute(&clerk, ReadCase { case: case.clone() }).outcome;
        assert_eq!(view.file.applicant.id_number, APPLICANT);
        let seen = readings(&county, &case);
        assert_eq!(seen.len(), before + 1);
        let last = &seen[0];
        assert_eq!((last.source.kind, last.manner, last.account.as_str()), (SourceKind::Case, Manner::Full, clerk.account.as_str()));
        assert!(last.fields.contains(&"id_number".to_owned()) && last.fields.contains(&"answers".to_owned()), "{:?}", last.fields);
        assert_eq!(last.organ.as_deref(), Some(view.file.organ.as_str()));
        assert!(!last.basis.is_empty());
        let file = county.world.store().read(|tx| materials_of(tx, &case)).unwrap().remove(0);
        county.world.move_to("2026-03-02T09:02");
        county.world.execute(&clerk, ReadMaterial { case: case.clone(), file: file.id });
        assert_eq!(readings(&county, &case)[0].fields, [format!("material:{}", file.material)]);
        complete(&county, "window", &case, "accept", "accepted");
        let paper = county.world.store().read(|tx| documents::queries::documents_of_case(tx, &case)).unwrap().remove(0);
        county.world.move_to("2026-03-02T09:03");
        county.world.execute(&clerk, ReadDocument { case: case.clone(), document: paper.id });
        assert_eq!(readings(&county, &case)[0].fields, ["document:acceptance-notice"]);
        assert_eq!(shown_to_the_applicant(&county), readings(&county, &case).len());
    });
}

#[test]
fn the_applicant_reads_without_a_reading_and_strangers_read_nothing() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let case = apply(&county, &county.sample(), FOOD, "ordinary-tea-shop").case;
        let before = readings(&county, &case).len();
        county.world.execute(&county.sample(), ReadCase { case: case.clone() });
        let stranger = county.person("339921194003080135").unwrap();
        let other_organ = county.post("dispatcher", None);
        for who in [stranger, other_organ, Actor::anonymous()] {
            assert_eq!(refused(&county, &who, ReadCase { case: case.clone() }), "not-found");
        }
        assert_eq!(readings(&county, &case).len(), before);
    });
}

#[test]
fn a_check_against_a_register_is_seen_by_its_subject() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let old = county.person("339921194003080135").unwrap();
        let case = apply(&county, &old, "gaoling-jintie", "instant-86").case;
        let seen = readings(&county, &case);
        let register: Vec<&Seen> = seen.iter().filter(|seen| seen.source.kind == SourceKind::Register).collect();
        assert!(!register.is_empty(), "{seen:?}");
        assert!(register.iter().all(|seen| seen.account == "system" && seen.source.name == "population" && seen.organ.is_some()));
    });
}

#[test]
fn secrecy_is_ordered_by_the_head_alone_with_basis_and_for_a_time() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let case = apply(&county, &county.sample(), FOOD, "ordinary-tea-shop").case;
        let organ = view(&county, &case).file.organ;
        let (clerk, head) = (county.post("window", None), county.post("head", Some(&organ)));
        let order = |days: i64, basis: &str| OrderSecrecy { case: case.clone(), basis: basis.into(), reason: "核查举报期间".into(), days };
        assert_eq!(refused(&county, &clerk, order(5, "食品安全法 第一百一十条")), "not-permitted");
        assert_eq!(refused(&county, &head, order(91, "食品安全法 第一百一十条")), "secrecy-days-unfit");
        assert_eq!(refused(&county, &head, order(5, " ")), "secrecy-unfounded");
        assert_eq!(refused(&county, &county.post("dispatcher", None), order(5, "食品安全法 第一百一十条")), "not-found");
        let before = shown_to_the_applicant(&county);
        county.world.execute(&head, order(5, "食品安全法 第一百一十条"));
        county.world.execute(&clerk, ReadCase { case: case.clone() });
        assert_eq!(shown_to_the_applicant(&county), before);
        county.world.move_to("2026-03-07T09:00");
        assert_eq!(shown_to_the_applicant(&county), before + 1);
        let counted = county.world.store().read(|tx| tracker::secrecy_count(tx, 0, i64::MAX)).unwrap();
        assert_eq!(counted, 1);
    });
}
