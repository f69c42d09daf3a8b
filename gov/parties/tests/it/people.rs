use std::sync::Arc;

use crate::world::{Town, code, day, keeper, number, register};
use parties::{CorrectPerson, LegalPersonStatus, PersonId, RegisterPerson, SetLegalPersonStatus, Sex, UnifiedCode};
use seal::FieldKeys;
use testkit::on_both;

fn correct(person: &PersonId) -> CorrectPerson {
    CorrectPerson {
        person: person.clone(),
        name: None,
        identity_number: None,
        division: None,
        address: None,
        mobile: None,
        reason: "户口簿记载".into(),
        seen: None,
    }
}

fn seen() -> tracker::Trace {
    tracker::in_process("a test")
}

#[test]
fn a_person_is_found_by_number_and_opened_with_the_key_alone() {
    on_both(|database| {
        let town = Town::new(database);
        let id = town.person("王小明", "1944-05-06", 12);
        let by_number = |keys: &FieldKeys| town.world.read(|tx| parties::person_by_identity_number(tx, keys, &number("1944-05-06", 12)));
        let sealed = by_number(&town.keys).unwrap();
        assert_eq!(sealed.id, id);
        let person = sealed.open(&town.keys, &seen()).unwrap();
        assert_eq!((person.name.as_str(), person.sex, person.birth), ("王小明", Sex::Female, day("1944-05-06")));
        assert_eq!((person.mobile.as_deref(), person.address.as_str()), (Some("13800000001"), "城关镇人民路3号"));
        assert_eq!(person.age(day("2026-03-02")), 81);

        let others = FieldKeys::new([(1, [8; 32])]).unwrap();
        assert!(by_number(&others).is_none());
        assert!(sealed.open(&others, &seen()).is_err());
        assert_eq!(town.world.read(|tx| parties::persons_by_name(tx, &town.keys, "王小明")).len(), 1);
        assert_eq!(town.world.read(|tx| parties::persons_by_mobile(tx, &town.keys, "13800000001")).len(), 1);
        assert_eq!(town.world.read(|tx| parties::persons_after(tx, "", 10)).len(), 1);
    });
}

#[test]
fn a_rotated_key_still_finds_and_opens_the_old() {
    on_both(|database| {
        let town = Town::new(database);
        let id = town.person("王小明", "1944-05-06", 12);
        let newer = FieldKeys::new([(1, [7; 32]), (2, [9; 32])]).unwrap();
        let found = town.world.read(|tx| parties::person_by_identity_number(tx, &newer, &number("1944-05-06", 12))).unwrap();
        assert_eq!(found.id, id);
        assert_eq!(found.open_name(&newer, &seen()).unwrap(), "王小明");
    });
}

#[test]
fn nothing_personal_stands_in_the_clear() {
    on_both(|database| {
        let town = Town::new(database);
        let id = town.person("王小明", "1944-05-06", 12);
        town.world.execute(&keeper(), CorrectPerson { address: Some("桂花路8号".into()), ..correct(&id) });
        let journal = town.world.store().read(|tx| journal::entries_after(tx, 0, 100)).unwrap();
        let payloads: String = journal.iter().filter_map(|entry| entry.payload.as_deref()).collect();
        let rows = town.world.read(|tx| tx.query("select name_sealed, identity_number_sealed, address_sealed, mobile_sealed from person", &[]));
        let stored: Vec<String> = (0..4).map(|column| rows[0].get(column).unwrap()).collect();
        for personal in ["王小明", number("1944-05-06", 12).as_str(), "19440506", "13800000001", "人民路3号", "桂花路"] {
            assert!(!payloads.contains(personal), "{personal} in the journal");
            assert!(!stored.concat().contains(personal), "{personal} in the table");
        }
    });
}

#[test]
fn a_number_belongs_to_one_person() {
    on_both(|database| {
        let town = Town::new(database);
        town.person("王小明", "1944-05-06", 12);
        let other = town.person("李四", "1990-01-01", 11);
        assert_eq!(town.world.refuse(&keeper(), register("张三", "1944-05-06", 12)).code, "person-known");
        let take = CorrectPerson { identity_number: Some(number("1944-05-06", 12).as_str().into()), ..correct(&other) };
        assert_eq!(town.world.refuse(&keeper(), take).code, "person-known");
    });
}

#[test]
fn wrong_fields_are_named() {
    on_both(|database| {
        let town = Town::new(database);
        let wrong = RegisterPerson {
            name: " ".into(),
            identity_number: "110105194912310021".into(),
            mobile: Some("12345".into()),
            ..register("王小明", "1944-05-06", 12)
        };
        let refusal = town.world.refuse(&keeper(), wrong);
        let fields: Vec<_> = refusal.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, ["name", "identity_number", "mobile"]);
        assert_eq!(refusal.fields[1].zh, "公民身份号码的校验位不正确，请核对是否输错");
        let tomorrow = register("未出生", "2026-03-03", 12);
        assert_eq!(town.world.refuse(&keeper(), tomorrow).fields[0].field, "identity_number");
    });
}

#[test]
fn a_correction_says_what_changed_and_why() {
    on_both(|database| {
        let town = Town::new(database);
        let id = town.person("王小明", "1944-05-06", 12);
        assert_eq!(town.world.refuse(&keeper(), correct(&id)).code, "nothing-changed");
        let no_reason = CorrectPerson { name: Some("王晓明".into()), reason: String::new(), ..correct(&id) };
        assert_eq!(town.world.refuse(&keeper(), no_reason).fields[0].field, "reason");
        let change = CorrectPerson {
            name: Some("王晓明".into()),
            identity_number: Some(number("1945-05-06", 13).as_str().into()),
            division: Some(code("339921")),
            mobile: Some(String::new()),
            seen: Some(1),
            ..correct(&id)
        };
        town.world.execute(&keeper(), change.clone());
        assert_eq!(town.world.refuse(&keeper(), change).code, "stale-version");
        let person = town.world.read(|tx| parties::person(tx, &id)).unwrap().open(&town.keys, &seen()).unwrap();
        assert_eq!((person.name.as_str(), person.sex, person.birth), ("王晓明", Sex::Male, day("1945-05-06")));
        assert_eq!((person.mobile, person.division, person.version), (None, code("339921"), 2));
        let journal = town.world.store().read(|tx| journal::entries_of(tx, id.as_str())).unwrap();
        let payload = journal.last().unwrap().payload.clone().unwrap();
        assert!(payload.contains(r#""fields":["name","identity_number","division","mobile"]"#), "{payload}");
    });
}

#[test]
fn a_legal_person_lives_and_ends() {
    on_both(|database| {
        let town = Town::new(database);
        let boss = town.person("王小明", "1980-05-06", 12);
        let id = town.company(1, Some(&boss));
        let uscc = UnifiedCode::from_serial('9', '1', &code("339921"), 1).unwrap();
        let found = town.world.read(|tx| parties::legal_person_by_code(tx, &uscc)).unwrap();
        assert_eq!((&found.id, found.class().unwrap().zh, found.status), (&id, "企业", LegalPersonStatus::Active));
        assert_eq!(town.world.read(|tx| parties::legal_persons_represented_by(tx, &boss)), [found]);
        let set = |status| SetLegalPersonStatus { legal_person: id.clone(), status, basis: "登记机关决定".into(), seen: None };
        town.world.execute(&keeper(), set(LegalPersonStatus::Dormant));
        town.world.execute(&keeper(), set(LegalPersonStatus::Revoked));
        assert_eq!(town.world.refuse(&keeper(), set(LegalPersonStatus::Active)).code, "legal-person-status-impossible");
        town.world.execute(&keeper(), set(LegalPersonStatus::Deregistered));
        assert_eq!(town.world.read(|tx| parties::legal_person(tx, &id)).unwrap().status, LegalPersonStatus::Deregistered);
        assert_eq!(town.world.read(|tx| parties::legal_persons_after(tx, "", 10)).len(), 1);
    });
}

#[test]
fn the_keys_must_be_given_to_the_runner() {
    let world = testkit::World::on(testkit::TestDatabase::sqlite(), "2026-03-02T09:00", testkit::PermitAll);
    let world = world.migrate("parties", parties::MIGRATIONS).with(Arc::new(1_u8)).build();
    assert!(matches!(world.try_execute(&keeper(), register("王小明", "1944-05-06", 12)), Err(runner::Halt::Fault(_))));
}
