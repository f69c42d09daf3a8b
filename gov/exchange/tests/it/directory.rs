use clock::Clock;
use exchange::{Code, EndDuty, EnrolKey, EnrolMember, OfferService, RecordDuty, Service, SetServiceStanding, Standing, SubsystemId};
use i18n::Text;
use runner::Refusal;
use testkit::on_both;
use tracker::Manner;

use crate::world::{CIVIL, PERSON, POLICE, STRANGER, Town, WANG, admin, duty, id, remote_key, service};
use seal::{Algorithm, Signer};

fn fields(refusal: &Refusal) -> Vec<&str> {
    refusal.fields.iter().map(|field| field.field.as_str()).collect()
}

#[test]
fn a_member_is_enrolled_once_here_or_elsewhere() {
    on_both(|database| {
        let town = Town::new(database);
        let member = |id_: &str, organ: Option<&str>, address: &str| EnrolMember {
            id: id(id_),
            name: Text::new("甲", "A"),
            organ: organ.map(str::to_owned),
            address: address.into(),
            ed25519_allowed: false,
        };
        assert_eq!(town.world.refuse(&admin(), member(CIVIL, Some("organ_civil"), "")).code, "member-known");
        assert_eq!(fields(&town.world.refuse(&admin(), member("A/B/C/D", None, ""))), ["organ"]);
        assert_eq!(fields(&town.world.refuse(&admin(), member("A/B/C/D", None, "http://elsewhere.example"))), ["address"]);
        assert_eq!(fields(&town.world.refuse(&admin(), member("A/B/C/D", None, "http://127.0.0.1.elsewhere.example"))), ["address"]);
        town.world.execute(&admin(), member("A/B/C/D", None, "http://127.0.0.1:9999/"));
        let found = town.world.read(|tx| exchange::member(tx, &id("A/B/C/D"))).unwrap();
        assert_eq!(found.address, "http://127.0.0.1:9999");
    });
}

#[test]
fn a_member_of_another_node_gets_another_address_and_keeps_its_keys() {
    on_both(|database| {
        let town = Town::new(database);
        let to = |id: &str, address: &str| exchange::MoveMember { id: id.parse().unwrap(), address: address.into() };
        assert_eq!(fields(&town.world.refuse(&admin(), to(STRANGER, "http://remote.example"))), ["address"]);
        assert_eq!(fields(&town.world.refuse(&admin(), to(CIVIL, "https://civil.example"))), ["address"], "it is here");
        assert_eq!(town.world.refuse(&admin(), to("CN-339999/GOV/X/nobody", "https://x.example")).code, "not-found");
        let keys = || town.world.read(|tx| exchange::keys_of(tx, &id(STRANGER)));
        let before = keys();
        town.world.execute(&admin(), to(STRANGER, "https://remote.example:8443/"));
        let member = town.world.read(|tx| exchange::member(tx, &id(STRANGER))).unwrap();
        assert_eq!((member.address.as_str(), keys()), ("https://remote.example:8443", before));
        let suspend = |reason: &str| exchange::SetMemberStanding { id: id(STRANGER), standing: exchange::Standing::Suspended, reason: reason.into() };
        assert_eq!(town.world.refuse(&admin(), suspend(" ")).code, "reason-missing");
    });
}

#[test]
fn a_quiet_member_finds_its_calls_behind_those_of_others() {
    let town = Town::new(testkit::TestDatabase::sqlite());
    let mut right = duty(CIVIL, &[Manner::Full], false);
    (right.calls_per_minute_max, right.calls_per_day_max) = (1_000, 1_000);
    town.world.execute(&admin(), right);
    town.enrol("CN-339921/GOV/11339921MB00000018/quiet", Some("organ_civil"), "", false);
    town.may("CN-339921/GOV/11339921MB00000018/quiet", &[Manner::Full], false);
    let ask = |client: &str| {
        let asking = exchange::Asking { client: id(client), ..town.asking("read", serde_json::json!({"key": WANG, "fields": ["name"]}), None) };
        town.gateway.call_here(&admin(), &asking).unwrap().call
    };
    let quiet = ask("CN-339921/GOV/11339921MB00000018/quiet");
    for _ in 0..120 {
        ask(CIVIL);
    }
    let of = |members: &[&str]| {
        let members: Vec<_> = members.iter().map(|member| id(member)).collect();
        town.world.read(|tx| exchange::latest_calls_of(tx, &members, 50)).into_iter().map(|call| call.id).collect::<Vec<_>>()
    };
    assert_eq!(of(&["CN-339921/GOV/11339921MB00000018/quiet"]), [quiet]);
    assert_eq!((of(&[POLICE]).len(), of(&[STRANGER]).len()), (50, 0), "who provides sees the calls of others");
}

#[test]
fn keys_are_read_before_they_are_trusted() {
    on_both(|database| {
        let town = Town::new(database);
        let key = |pem: &str, valid_days: u32| EnrolKey { member: id(STRANGER), pem: pem.into(), valid_days };
        assert_eq!(town.world.refuse(&admin(), key("nonsense", 10)).code, "key-unreadable");
        let pem = remote_key(Algorithm::Sm2).public_key().to_pem().unwrap();
        assert_eq!(town.world.refuse(&admin(), key(&pem, 10)).code, "key-known");
        let p256 = remote_key(Algorithm::P256).public_key().to_pem().unwrap();
        assert_eq!(town.world.refuse(&admin(), key(&p256, 10)).code, "algorithm-not-allowed");
    });
}

#[test]
fn a_service_and_a_duty_say_everything_that_is_wrong() {
    on_both(|database| {
        let town = Town::new(database);
        let mut wrong = service(&[]);
        (wrong.endpoints, wrong.kept_days) = (vec!["delete".into()], 0);
        let refusal = town.world.refuse(&admin(), OfferService { service: wrong });
        assert_eq!(fields(&refusal), ["fields", "endpoints", "kept_days"]);
        let wrong = RecordDuty { fields: vec!["health".into()], basis: " ".into(), days: 0, ..duty("A/B/C/D", &[Manner::Full], false) };
        assert_eq!(fields(&town.world.refuse(&admin(), wrong)), ["client", "fields", "basis", "days"]);
        let figures = RecordDuty { cell_count_min: 1, ..duty(STRANGER, &[Manner::Aggregate], false) };
        assert_eq!(fields(&town.world.refuse(&admin(), figures)), ["cell_count_min"]);
    });
}

#[test]
fn what_is_on_the_negative_list_is_under_no_duty_and_what_is_put_there_later_is_shown_at_both_sides() {
    on_both(|database| {
        let town = Town::new(database);
        let kept = town.world.execute(&admin(), duty(CIVIL, &[Manner::Full], false)).outcome;
        *town.listed.0.lock().unwrap() = true;
        let refusal = town.world.refuse(&admin(), duty(CIVIL, &[Manner::Masked], false));
        assert_eq!((refusal.code.as_ref(), refusal.basis.as_ref()), ("negative-listed", "户口登记条例 第二条"));
        assert!(refusal.sentence.zh.contains("户籍"));
        let others = RecordDuty { fields: vec!["name".into()], ..duty(STRANGER, &[Manner::Full], false) };
        town.world.execute(&admin(), others);
        let ports = town.world.runner().service::<exchange::Ports>().unwrap();
        for (member, count) in [(CIVIL, 1), (POLICE, 2)] {
            let duties =
                town.world.store().read(|tx| exchange::duties_of(tx, &ports, &id(member), town.world.clock().now().as_millisecond())).unwrap();
            assert_eq!(duties.len(), count);
            let (_, entry) = duties.iter().find(|(duty, _)| duty.id == kept).unwrap();
            assert_eq!(entry.as_ref().unwrap().basis, "户口登记条例 第二条");
            assert!(duties.iter().all(|(duty, entry)| entry.is_some() == (duty.id == kept)));
        }
    });
}

#[test]
fn a_service_stands_on_a_register_that_its_organ_keeps_and_stays_with_it() {
    on_both(|database| {
        let town = Town::new(database);
        let described = |member: &str, code: &str, register: &str| {
            let id = id::<SubsystemId>(member).service(code).unwrap();
            let mut service = Service { id, register: register.into(), ..service(&[("name", exchange::FieldType::Text)]) };
            if register.starts_with(exchange::INBOX) {
                service.endpoints = exchange::BATCH_ENDPOINTS.map(str::to_owned).to_vec();
            }
            OfferService { service }
        };
        assert_eq!(fields(&town.world.refuse(&admin(), described(CIVIL, "person", "population"))), ["register"], "the police keep it");
        assert_eq!(fields(&town.world.refuse(&admin(), described(POLICE, "companies", "legal-persons"))), ["register"], "others keep it");
        assert_eq!(fields(&town.world.refuse(&admin(), described(STRANGER, "person", "population"))), ["id"], "it is another node's to offer");
        town.world.execute(&admin(), described(CIVIL, "changes", "inbox:persons"));
        assert_eq!(fields(&town.world.refuse(&admin(), described(CIVIL, "changes", "inbox:others"))), ["register"]);
        town.may(STRANGER, &[Manner::Full, Manner::YesNo], false);
        let verify = || town.gateway.answer(town.signed(town.request("verify", &serde_json::json!({ "key": WANG, "claims": { "age": 73 } })))).code;
        assert_eq!(verify(), Code::Answered);
        town.world.execute(&admin(), described(POLICE, "person", "population"));
        assert_eq!(verify(), Code::FieldNotGranted, "what is offered no more is not answered under an older right");
        let shown = town.world.read(|tx| exchange::service(tx, &id(PERSON))).unwrap();
        assert_eq!((shown.fields.len(), shown.register.as_str()), (1, "population"), "its description was changed");
    });
}

#[test]
fn a_withdrawn_service_answers_nobody_and_its_duties_hold_again_when_it_is_resumed() {
    on_both(|database| {
        let town = Town::new(database);
        town.may(STRANGER, &[Manner::Full], false);
        let set = |standing, reason: &str| SetServiceStanding { id: id(PERSON), standing, reason: reason.into() };
        assert_eq!(town.world.refuse(&admin(), set(Standing::Suspended, " ")).code, "reason-missing");
        assert_eq!(town.gateway.answer(town.read_wang()).code, Code::Answered);
        town.world.execute(&admin(), set(Standing::Suspended, "系统升级"));
        assert_eq!(town.gateway.answer(town.read_wang()).code, Code::ServiceUnknown);
        town.world.execute(&admin(), set(Standing::Active, ""));
        assert_eq!(town.gateway.answer(town.read_wang()).code, Code::Answered);
    });
}

#[test]
fn a_duty_begins_on_its_day_and_is_ended_with_a_reason() {
    on_both(|database| {
        let town = Town::new(database);
        let from = |day: &str| RecordDuty { from: Some(day.parse().unwrap()), days: 2, ..duty(STRANGER, &[Manner::Full], false) };
        assert_eq!(fields(&town.world.refuse(&admin(), from("2026-03-01"))), ["from"]);
        assert_eq!(fields(&town.world.refuse(&admin(), from("2027-04-01"))), ["from"]);
        let duty = town.world.execute(&admin(), from("2026-03-04")).outcome;
        assert_eq!(town.gateway.answer(town.read_wang()).code, Code::NotGranted, "two days before");
        for (moment, code) in [
            ("2026-03-03T23:59", Code::NotGranted),
            ("2026-03-04T00:00", Code::Answered),
            ("2026-03-05T23:59", Code::Answered),
            ("2026-03-06T00:00", Code::NotGranted),
        ] {
            town.world.move_to(moment);
            assert_eq!(town.gateway.answer(town.read_wang()).code, code, "{moment}");
        }
        let end = |reason: &str| EndDuty { duty: duty.clone(), reason: reason.into() };
        assert_eq!(town.world.refuse(&admin(), end("")).code, "reason-missing");
        town.world.execute(&admin(), end("已到期"));
    });
}

#[test]
fn a_duty_by_consent_is_for_records_of_persons_one_by_one() {
    on_both(|database| {
        let town = Town::new(database);
        let by_consent = |manner: Manner, name: &str| RecordDuty { consent: Some(name.into()), ..duty(STRANGER, &[manner], false) };
        assert_eq!(fields(&town.world.refuse(&admin(), by_consent(Manner::Aggregate, "入学"))), ["consent"]);
        assert_eq!(fields(&town.world.refuse(&admin(), by_consent(Manner::Full, " "))), ["consent"]);
        town.world.execute(&admin(), by_consent(Manner::Full, "入学"));
        let now_ms = town.now_ms();
        let wanted = town.world.read(|tx| exchange::consents_wanted(tx, "population", now_ms));
        assert_eq!(wanted.into_iter().map(|(member, name)| (member.id, name)).collect::<Vec<_>>(), [(id(STRANGER), "入学".to_owned())]);
        assert!(town.world.read(|tx| exchange::consents_wanted(tx, "legal-persons", now_ms)).is_empty());
    });
}
