//! Consents and daily digests: 个人信息保护法 第十三条至第十六条.

use std::sync::Arc;

use i18n::Text;
use jobs::Worker;
use parties::{DivisionCode, EnactDivision, RegisterPerson};
use registers::{
    AnswerConsent, AskConsent, Asked, ChooseDigest, ConsentOf, CountRecords, Filter, ReadRecord, RevokeConsent, SearchRecords, VerifyRecord,
};
use runner::{Actor, ActorKind};
use testkit::{TestDatabase, World, on_both, staff};
use tracker::{CONSENT_BASIS, ConsentSeal, ConsentState, Manner};

use crate::world::*;

const ORGAN: &str = "organ_school";

/// The population register, the person who is asked, and somebody else.
struct Stage {
    world: World,
    lin: Actor,
    zhou: Actor,
}

impl Stage {
    fn on(database: TestDatabase) -> Self {
        let world = world_with(database, Arc::new(ConsentSeal::new(&[3; 32]).unwrap()));
        let division = DivisionCode::parse("339921").unwrap();
        for (code, name) in [("330000", "示例省"), ("339900", "云州市"), ("339921", "云溪县")] {
            let code = DivisionCode::parse(code).unwrap();
            world.execute(&Actor::system(), EnactDivision { code, name: Text::same(name), valid_from: "2020-01-01".parse().unwrap() });
        }
        let person = |name: &str, number: &str| {
            let command = RegisterPerson {
                name: name.into(),
                identity_number: number.into(),
                division,
                address: "云溪县城关镇和平路12号".into(),
                mobile: None,
            };
            let id = world.execute(&Actor::system(), command).outcome.to_string();
            Actor { party: Some(id.clone()), assurance: 3, ..Actor::bare(&format!("account_{id}"), ActorKind::Person) }
        };
        let (lin, zhou) = (person("林晓禾", LIN), person("周敏", ZHOU));
        Self { world, lin, zhou }
    }

    fn ask(&self, fields: &[&str], until: &str) -> String {
        self.world.execute(&teacher(), asking(fields, until)).outcome
    }

    fn answer(&self, consent: &str, agrees: bool) {
        self.world.execute(&self.lin, AnswerConsent { consent: consent.into(), agrees });
    }

    fn states(&self) -> Vec<(i64, ConsentState)> {
        let all = self.world.read(|tx| tracker::consents_of(tx, &keys(), LIN));
        let mut states: Vec<_> = all.into_iter().map(|consent| (consent.version, consent.state)).collect();
        states.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
        states
    }
}

fn teacher() -> Actor {
    staff("account_teacher", ORGAN, "339921", &["handler"])
}

fn asking(fields: &[&str], until: &str) -> AskConsent {
    AskConsent {
        register: "population".into(),
        organ: ORGAN.into(),
        for_member: None,
        name: "入学核对住址".into(),
        purpose: Text::new("核对入学片区", "To check the school district"),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        subject: LIN.into(),
        until: until.parse().unwrap(),
    }
}

fn reading(consent: &str, fields: &[&str], key: &str) -> ReadRecord {
    let purpose = Text::same("随便看看");
    let asked = Asked { consent: Some(ConsentOf::Id(consent.into())), ..Asked::new("population", fields, Manner::Full, purpose, "没有依据") };
    ReadRecord { asked, key: key.into() }
}

#[test]
fn under_a_consent_that_is_in_force_its_fields_are_read_and_the_reading_names_it() {
    on_both(|database| {
        let stage = Stage::on(database);
        let consent = stage.ask(&["name", "address"], "2026-06-30");
        assert_eq!(stage.world.refuse(&teacher(), reading(&consent, &["address"], LIN)).code, "consent-not-in-force", "not answered yet");
        stage.answer(&consent, true);
        let record = stage.world.execute(&teacher(), reading(&consent, &["address"], LIN)).outcome.unwrap();
        assert_eq!(record.values["address"], "云溪县城关镇和平路12号");
        let seen = seen_by(&stage.world, LIN);
        assert_eq!((seen.len(), seen[0].consent.as_deref(), seen[0].basis.as_str()), (1, Some(consent.as_str()), CONSENT_BASIS));
        assert_eq!(
            (seen[0].purpose.zh.as_str(), seen[0].organ.as_deref()),
            ("核对入学片区", Some(ORGAN)),
            "what she agreed to, not what is said now"
        );
        for (fields, key) in [(&["mobile"][..], LIN), (&["name", "mobile"][..], LIN), (&["address"][..], ZHOU), (&["address"][..], NOBODY)] {
            assert_eq!(stage.world.refuse(&teacher(), reading(&consent, fields, key)).code, "consent-not-in-force", "{fields:?} of {key}");
        }
        let stranger = staff("account_x", "organ_other", "339921", &["handler"]);
        assert_eq!(stage.world.refuse(&stranger, reading(&consent, &["address"], LIN)).code, "consent-unknown");
        assert_eq!(seen_by(&stage.world, LIN).len(), 1);
    });
}

/// As somebody asks who knows what it is about, but not of whom.
fn named(name: &str, fields: &[&str]) -> Asked {
    let asked = asked("population", fields, Manner::Full);
    Asked { consent: Some(ConsentOf::Name(name.into())), organ: Some(ORGAN.into()), ..asked }
}

#[test]
fn a_consent_is_found_by_its_name_and_the_subject_and_opens_nothing_else() {
    on_both(|database| {
        let stage = Stage::on(database);
        let (name, fields) = ("入学核对住址", &["address"][..]);
        let read = |asked: Asked, key: &str| ReadRecord { asked, key: key.into() };
        let refused = |asked: Asked, key: &str| stage.world.refuse(&teacher(), read(asked, key)).code.to_string();
        let consent = stage.ask(&["name", "address"], "2026-06-30");
        assert_eq!(refused(named(name, fields), LIN), "consent-not-in-force", "not answered yet");
        stage.answer(&consent, true);
        let record = stage.world.execute(&teacher(), read(named(name, fields), LIN)).outcome.unwrap();
        assert_eq!(record.values["address"], "云溪县城关镇和平路12号");
        let seen = seen_by(&stage.world, LIN).remove(0);
        assert_eq!((seen.consent, seen.basis.as_str(), seen.purpose.zh.as_str()), (Some(consent.clone()), CONSENT_BASIS, "核对入学片区"));
        for (asked, key) in
            [(named("别的事由", fields), LIN), (named(name, &["mobile"]), LIN), (named(name, fields), ZHOU), (named(name, fields), NOBODY)]
        {
            assert_eq!(refused(asked, key), "consent-not-in-force", "{key}");
        }
        let stated = map(serde_json::json!({ "name": "林晓禾" }));
        let verify = |key: &str| VerifyRecord { asked: named(name, &["name"]), key: key.into(), stated: stated.clone() };
        assert!(stage.world.execute(&teacher(), verify(LIN)).outcome.all_match);
        assert_eq!(stage.world.refuse(&teacher(), verify(ZHOU)).code, "consent-not-in-force");
        let count = CountRecords { asked: named(name, &["division"]), field: "division".into() };
        assert_eq!(stage.world.refuse(&teacher(), count).code, "consent-not-in-force", "figures are about everybody");
        let all = SearchRecords { asked: named(name, fields), filters: vec![Filter::within("division", "339921")], after: None, count_max: 10 };
        assert_eq!(stage.world.refuse(&teacher(), all).code, "consent-not-in-force", "others are among them");
        stage.world.execute(&stage.lin, RevokeConsent { consent });
        assert_eq!(refused(named(name, fields), LIN), "consent-not-in-force", "taken back");
        assert_eq!((seen_by(&stage.world, LIN).len(), seen_by(&stage.world, ZHOU).len()), (2, 0));
    });
}

#[test]
fn what_was_taken_back_declined_or_is_over_opens_nothing() {
    on_both(|database| {
        let stage = Stage::on(database);
        let consent = stage.ask(&["address"], "2026-03-10");
        stage.answer(&consent, true);
        stage.world.move_to("2026-03-10T23:59");
        stage.world.execute(&teacher(), reading(&consent, &["address"], LIN));
        stage.world.move_to("2026-03-11T00:00");
        assert_eq!(stage.world.refuse(&teacher(), reading(&consent, &["address"], LIN)).code, "consent-not-in-force", "over");
        let second = stage.ask(&["address"], "2026-06-30");
        stage.answer(&second, true);
        stage.world.execute(&stage.lin, RevokeConsent { consent: second.clone() });
        assert_eq!(stage.world.refuse(&teacher(), reading(&second, &["address"], LIN)).code, "consent-not-in-force", "taken back");
        assert_eq!(stage.world.refuse(&stage.lin, RevokeConsent { consent: second }).code, "consent-not-in-force", "nothing to take back");
        let third = stage.ask(&["address"], "2026-06-30");
        stage.answer(&third, false);
        assert_eq!(stage.world.refuse(&teacher(), reading(&third, &["address"], LIN)).code, "consent-not-in-force", "declined");
        assert_eq!(seen_by(&stage.world, LIN).len(), 1);
    });
}

#[test]
fn other_terms_are_a_new_version_that_takes_the_place_of_the_old_one_when_it_is_given() {
    on_both(|database| {
        let stage = Stage::on(database);
        let first = stage.ask(&["address"], "2026-06-30");
        stage.answer(&first, true);
        let second = stage.ask(&["address", "mobile"], "2026-06-30");
        assert_eq!(stage.states(), [(2, ConsentState::Asked), (1, ConsentState::Given)]);
        stage.world.execute(&teacher(), reading(&first, &["address"], LIN));
        stage.answer(&second, true);
        assert_eq!(stage.states(), [(2, ConsentState::Given), (1, ConsentState::Replaced)]);
        assert_eq!(stage.world.refuse(&teacher(), reading(&first, &["address"], LIN)).code, "consent-not-in-force");
        let again = AnswerConsent { consent: second, agrees: true };
        assert_eq!(stage.world.refuse(&stage.lin, again).code, "consent-answered");
    });
}

#[test]
fn nobody_answers_for_somebody_else() {
    on_both(|database| {
        let stage = Stage::on(database);
        let consent = stage.ask(&["address"], "2026-06-30");
        let answer = AnswerConsent { consent: consent.clone(), agrees: true };
        assert_eq!(stage.world.refuse(&stage.zhou, answer).code, "not-found");
        assert_eq!(stage.world.refuse(&stage.zhou, RevokeConsent { consent }).code, "not-found");
        assert_eq!(stage.states(), [(1, ConsentState::Asked)]);
    });
}

#[test]
fn what_she_agreed_to_is_signed_and_an_edit_is_found() {
    on_both(|database| {
        let stage = Stage::on(database);
        let consent = stage.ask(&["address"], "2026-06-30");
        stage.answer(&consent, true);
        let seal = stage.world.runner().service::<ConsentSeal>().unwrap();
        let given = stage.world.read(|tx| tracker::consent(tx, &consent)).unwrap();
        assert!(seal.holds(&given) && !ConsentSeal::new(&[4; 32]).unwrap().holds(&given));
        let mut wider = given.clone();
        wider.terms.fields.push("mobile".into());
        let mut longer = given.clone();
        longer.terms.until_ms += 1;
        let mut other = given;
        other.terms.organ = "organ_other".into();
        assert!([wider, longer, other].iter().all(|edited| !seal.holds(edited)));
        let widened = "update consent set terms = replace(terms, '\"address\"', '\"address\",\"mobile\"') where id = $1";
        let id = consent.clone();
        stage.world.store().write(move |tx| tx.execute(widened, &[&id])).unwrap();
        assert!(matches!(stage.world.try_execute(&teacher(), reading(&consent, &["mobile"], LIN)), Err(runner::Halt::Fault(_))));
        let entries = stage.world.read(|tx| Ok(journal::entries_of(tx, &consent).unwrap()));
        assert_eq!(entries.iter().map(|entry| entry.header.kind.as_str()).collect::<Vec<_>>(), ["consent-asked", "consent-given"]);
        assert!(entries.iter().all(|entry| !entry.payload.clone().unwrap().contains(LIN)));
    });
}

#[test]
fn what_cannot_be_asked_for_is_refused() {
    on_both(|database| {
        let stage = Stage::on(database);
        let refused = |change: fn(&mut AskConsent)| {
            let mut command = asking(&["address"], "2026-06-30");
            change(&mut command);
            stage.world.refuse(&teacher(), command).code.to_string()
        };
        assert_eq!(refused(|command| command.fields = vec!["hobby".into()]), "field-unknown");
        assert_eq!(refused(|command| command.fields = Vec::new()), "consent-incomplete");
        assert_eq!(refused(|command| command.subject = "339921199005170242".into()), "subject-unfit");
        assert_eq!(refused(|command| command.until = "2026-03-01".parse().unwrap()), "consent-terms-unfit");
        assert_eq!(refused(|command| command.until = "2030-01-01".parse().unwrap()), "consent-terms-unfit");
        assert_eq!(refused(|command| command.purpose = Text::default()), "consent-incomplete");
    });
}

#[test]
fn each_morning_at_eight_whoever_wants_it_is_told_who_read_her_data_the_day_before() {
    on_both(|database| {
        let stage = Stage::on(database);
        stage.world.execute(&stage.lin, ChooseDigest { wanted: true });
        let consent = stage.ask(&["address"], "2026-06-30");
        stage.answer(&consent, true);
        for _ in 0..2 {
            stage.world.execute(&teacher(), reading(&consent, &["address"], LIN));
        }
        let party = stage.lin.party.clone().unwrap();
        let digests = || stage.world.read(|tx| tracker::digests_of(tx, &party));
        let at = |moment: &str| {
            stage.world.move_to(moment);
            let handlers = registers::handlers(stage.world.runner());
            let worker = Worker::new(stage.world.store(), "test".into());
            stage.world.run_jobs(&handlers.into_iter().fold(worker, |worker, (kind, handler)| worker.with(kind, handler)));
        };
        at("2026-03-03T07:59");
        assert_eq!(digests(), []);
        at("2026-03-03T08:00");
        let first = digests();
        assert_eq!((first.len(), first[0].day.as_str(), first[0].readings, first[0].organs[ORGAN]), (1, "2026-03-02", 2, 2));
        at("2026-03-04T08:00");
        assert_eq!(digests().len(), 1, "nothing was read on the third");
        stage.world.execute(&teacher(), reading(&consent, &["address"], LIN));
        stage.world.execute(&stage.lin, ChooseDigest { wanted: false });
        at("2026-03-06T08:00");
        assert_eq!(digests().len(), 1, "no longer wanted");
        let (due, wants) = stage.world.read(|tx| Ok((jobs::next_due(tx)?, tracker::wants_digest(tx, &party)?)));
        assert_eq!((due, wants), (None, false));
    });
}

#[test]
fn for_a_member_of_another_node_nobody_asks_but_who_keeps_the_register() {
    on_both(|database| {
        let stage = Stage::on(database);
        let asking = AskConsent { for_member: Some("CN-339922/GOV/COURT/files".into()), ..asking(&["address"], "2026-06-30") };
        assert_eq!(stage.world.refuse(&teacher(), asking).code, "consent-of-others");
        assert_eq!(stage.states(), []);
    });
}
