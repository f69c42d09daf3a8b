//! Reading by key, by filter, as of a day; and that every reading about somebody is recorded.

use i18n::Text;
use proptest::prelude::*;
use registers::{Asked, CorrectRecord, CountRecords, Filter, ReadHistory, ReadRecord, SearchRecords, VerifyRecord};
use runner::{Actor, Command, Cx, Fault, Halt, Resource};
use serde::Serialize;
use serde_json::json;
use testkit::{TestDatabase, on_both};
use tracker::Manner;

use crate::world::*;

fn read(asked: Asked, key: &str) -> ReadRecord {
    ReadRecord { asked, key: key.into() }
}

#[test]
fn a_record_is_found_by_its_key_and_its_subject_sees_the_reading() {
    on_both(|database| {
        let world = world(database);
        let asked = asked("population", &["name", "id_number", "birth_date", "sex", "mobile", "address", "division"], Manner::Full);
        let record = world.execute(&clerk(), read(asked, LIN)).outcome.unwrap();
        assert_eq!(serde_json::Value::Object(record.values), person("林晓禾", LIN, "13800000001", "云溪县城关镇和平路12号", "339921100"));
        assert_eq!((record.key.as_str(), record.subject.as_deref(), record.version), (LIN, Some(LIN), 1));
        let seen = seen_by(&world, LIN);
        assert_eq!(seen.len(), 1);
        assert_eq!((seen[0].source.name.as_str(), seen[0].manner, seen[0].fields.len()), ("population", Manner::Full, 7));
        assert_eq!(seen[0].organ.as_deref(), Some("organ_police"));
        assert!(seen_by(&world, ZHOU).is_empty());
    });
}

#[test]
fn only_the_fields_asked_for_are_given() {
    on_both(|database| {
        let world = world(database);
        let record = world.execute(&clerk(), read(asked("population", &["address"], Manner::Full), LIN)).outcome.unwrap();
        assert_eq!(record.values.keys().collect::<Vec<_>>(), ["address"]);
        let page = SearchRecords {
            asked: asked("population", &["address"], Manner::Full),
            filters: vec![Filter::equal("name", "周敏")],
            after: None,
            count_max: 10,
        };
        let found = world.execute(&clerk(), page).outcome.records;
        assert_eq!((found[0].key.as_str(), found[0].subject.clone()), ("***", None));
    });
}

#[test]
fn masked_values_show_no_more_than_their_masks() {
    on_both(|database| {
        let world = world(database);
        let asked = asked("population", &["name", "id_number", "birth_date", "mobile", "division"], Manner::Masked);
        let record = world.execute(&clerk(), read(asked, LIN)).outcome.unwrap();
        let expected = json!({
            "name": "林**", "id_number": "339921********0241", "birth_date": "***", "mobile": "138****0001", "division": "***",
        });
        assert_eq!(serde_json::Value::Object(record.values), expected);
    });
}

#[test]
fn that_somebody_is_in_no_register_is_recorded_too() {
    on_both(|database| {
        let world = world(database);
        assert_eq!(world.execute(&clerk(), read(asked("population", &["name"], Manner::Full), NOBODY)).outcome, None);
        assert_eq!(seen_by(&world, NOBODY).len(), 1);
        assert_eq!(world.execute(&clerk(), read(asked("population", &["name"], Manner::Full), "no number")).outcome, None);
    });
}

#[test]
fn a_reading_needs_purpose_law_and_declared_fields() {
    on_both(|database| {
        let world = world(database);
        let ask = |change: fn(&mut Asked)| {
            let mut asked = asked("population", &["name"], Manner::Full);
            change(&mut asked);
            world.refuse(&clerk(), read(asked, LIN)).code.to_string()
        };
        assert_eq!(ask(|asked| asked.purpose = Text::new("", "")), "purpose-missing");
        assert_eq!(ask(|asked| asked.basis.clear()), "purpose-missing");
        assert_eq!(ask(|asked| asked.fields.clear()), "fields-missing");
        assert_eq!(ask(|asked| asked.fields.push("religion".into())), "field-unknown");
        assert_eq!(ask(|asked| asked.register = "dreams".into()), "register-unknown");
        assert_eq!(ask(|asked| asked.manner = Manner::YesNo), "manner-unfit");
        assert!(seen_by(&world, LIN).is_empty());
    });
}

#[test]
fn filters_find_by_blind_index_and_by_division_and_each_hit_is_a_reading() {
    on_both(|database| {
        let world = world(database);
        let search = |filters: Vec<Filter>, after: Option<String>, count_max| {
            let asked = asked("population", &["name"], Manner::Full);
            world.execute(&clerk(), SearchRecords { asked, filters, after, count_max }).outcome
        };
        let names = |page: &registers::Page| page.records.iter().map(|record| record.values["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&search(vec![Filter::equal("mobile", "138 0000 0006")], None, 10)), ["周敏"]);
        assert_eq!(names(&search(vec![Filter::within("division", "339921"), Filter::equal("sex", "女")], None, 10)), ["林晓禾", "周敏"]);
        assert_eq!(names(&search(vec![Filter::within("division", "33992110")], None, 10)).len(), 2);
        assert!(names(&search(vec![Filter::equal("name", "林")], None, 10)).is_empty());
        let first = search(vec![], None, 2);
        assert_eq!(names(&first), ["林晓禾", "周敏"]);
        let second = search(vec![], first.next.clone(), 2);
        assert_eq!((names(&second), second.next), (vec!["高建军".to_owned()], None));
        assert_eq!(seen_by(&world, GAO).len(), 2);
        let wrong = SearchRecords {
            asked: asked("population", &["name"], Manner::Full),
            filters: vec![Filter::equal("address", "x")],
            after: None,
            count_max: 1,
        };
        assert_eq!(world.refuse(&clerk(), wrong).code, "filter-unfit");
    });
}

#[test]
fn verification_answers_yes_or_no_and_shows_no_value() {
    on_both(|database| {
        let world = world(database);
        let verify = |key: &str, stated: serde_json::Value| {
            let asked = asked("population", &[], Manner::YesNo);
            world.execute(&clerk(), VerifyRecord { asked, key: key.into(), stated: map(stated) }).outcome
        };
        let right = verify(LIN, json!({ "name": "林晓禾", "mobile": "138-0000-0001" }));
        assert!(right.found && right.all_match);
        let half = verify(LIN, json!({ "name": "林小禾", "mobile": "13800000001" }));
        assert!(half.found && !half.all_match && half.matches["mobile"] && !half.matches["name"]);
        let none = verify(NOBODY, json!({ "name": "周德全" }));
        assert!(!none.found && !none.all_match && !none.matches["name"]);
        assert_eq!(seen_by(&world, LIN).iter().map(|seen| seen.manner).collect::<Vec<_>>(), [Manner::YesNo, Manner::YesNo]);
        assert_eq!(seen_by(&world, NOBODY).len(), 1);
    });
}

#[test]
fn history_is_read_as_of_a_day_and_as_it_was_known() {
    on_both(|database| {
        let world = world(database);
        let before_ms = now_ms(&world);
        world.move_to("2026-03-10T09:00");
        let moved = person("林晓禾", LIN, "13800000001", "云溪县云山街道桂花巷9号", "339921002");
        let mut row = map(moved);
        row.insert("valid_from".into(), "2026-02-01".into());
        assert_eq!(load(&world, "population", "second", vec![row.into()]).report.changed, 1);
        let on = |day: Option<jiff::civil::Date>, known_at_ms: Option<i64>| {
            let asked = Asked { as_of: day, known_at_ms, ..asked("population", &["division"], Manner::Full) };
            world.execute(&clerk(), read(asked, LIN)).outcome.map(|record| record.values["division"].as_str().unwrap().to_owned())
        };
        assert_eq!(on(None, None).as_deref(), Some("339921002"));
        assert_eq!(on(Some(jiff::civil::date(2026, 1, 31)), None).as_deref(), Some("339921100"));
        assert_eq!(on(Some(jiff::civil::date(2026, 2, 1)), None).as_deref(), Some("339921002"));
        assert_eq!(on(Some(jiff::civil::date(2026, 2, 1)), Some(before_ms)).as_deref(), Some("339921100"));
        assert_eq!(on(Some(jiff::civil::date(2025, 12, 31)), None), None);
        let history = world.execute(&clerk(), ReadHistory { asked: asked("population", &["division"], Manner::Full), key: LIN.into() }).outcome;
        let spans: Vec<_> = history
            .iter()
            .map(|record| (record.valid_from.to_string(), record.valid_until.map(|day| day.to_string()), record.superseded_at_ms.is_none()))
            .collect();
        assert_eq!(
            spans,
            [
                ("2026-01-01".to_owned(), None, false),
                ("2026-01-01".to_owned(), Some("2026-01-31".to_owned()), true),
                ("2026-02-01".to_owned(), None, true),
            ]
        );
    });
}

#[test]
fn a_correction_keeps_the_old_version_and_says_which_fields() {
    on_both(|database| {
        let world = world(database);
        world.move_to("2026-03-05T09:00");
        let correct = CorrectRecord {
            register: "population".into(),
            key: ZHOU.into(),
            on: None,
            seen_position: Some(2),
            values: map(json!({ "address": "云溪县溪口街道滨溪路62号" })),
            reason: "门牌号录入错误，当事人周敏提出".into(),
            basis: "户口簿".into(),
        };
        let corrected = world.execute(&clerk(), correct.clone()).outcome;
        assert_eq!((corrected.corrected, corrected.position, &corrected.fields[..]), (2, 4, &["address".to_owned()][..]));
        assert_ne!(corrected.before_sm3, corrected.sm3);
        assert_eq!(world.refuse(&clerk(), correct).code, "stale-version");
        let history = world.execute(&clerk(), ReadHistory { asked: asked("population", &["address"], Manner::Full), key: ZHOU.into() }).outcome;
        assert_eq!(
            history.iter().map(|record| record.values["address"].as_str().unwrap()).collect::<Vec<_>>(),
            ["云溪县溪口街道滨溪路61号", "云溪县溪口街道滨溪路62号"]
        );
        assert_eq!(history[0].superseded_at_ms, Some(history[1].recorded_at_ms));
        let note = history[1].correction.clone().unwrap();
        assert_eq!((note.reason.as_str(), note.basis.as_str()), ("门牌号录入错误，当事人周敏提出", "户口簿"));
        let entries = world.read(|tx| Ok(journal::entries_of(tx, "register:population").unwrap()));
        let all: String = entries.iter().filter_map(|entry| entry.payload.clone()).collect();
        assert!(all.contains("record-corrected") || entries.iter().any(|entry| entry.header.kind == "record-corrected"));
        for secret in [ZHOU, "周敏", "滨溪路", "13800000006"] {
            assert!(!all.contains(secret), "{secret} is in the journal");
        }
    });
}

#[test]
fn figures_keep_small_cells_back() {
    on_both(|database| {
        let world = empty(database);
        declare(&world, "legal-persons");
        let company = |serial: u32, status: &str| {
            let county = parties::DivisionCode::parse("339921").unwrap();
            let code = parties::UnifiedCode::from_serial('9', '1', &county, serial).unwrap();
            json!({ "name": format!("云溪县第{serial}公司"), "id_number": code.as_str(), "address": "云溪县", "division": "339921", "status": status })
        };
        let status = |serial: u32| match serial {
            1..=2 => "revoked",
            3..=9 => "dormant",
            _ => "active",
        };
        load(&world, "legal-persons", "firms", (1..=30).map(|serial| company(serial, status(serial))).collect());
        let figures = world.execute(&clerk(), CountRecords { asked: asked("legal-persons", &[], Manner::Aggregate), field: "status".into() }).outcome;
        let cells: Vec<_> = figures.cells.iter().map(|cell| (cell.value.as_str(), cell.count)).collect();
        assert_eq!(cells, [("active", Some(21)), ("dormant", None), ("revoked", None)]);
        assert_eq!((figures.total, figures.suppressed_small, figures.suppressed_complementary), (Some(30), 1, 1));
        assert_eq!(
            world.refuse(&clerk(), CountRecords { asked: asked("legal-persons", &[], Manner::Aggregate), field: "address".into() }).code,
            "filter-unfit"
        );
    });
}

#[test]
fn own_eyes_see_everything_about_themselves_and_nothing_about_others() {
    on_both(|database| {
        let world = world(database);
        let today = jiff::civil::date(2026, 3, 2);
        let actor = person_party(&world, LIN);
        let own = |actor: &Actor| world.store().read(|tx| registers::read_own(tx, &keys(), actor, "population", today)).unwrap();
        let records = own(&actor);
        assert_eq!((records.len(), records[0].values["name"].as_str(), records[0].values.len()), (1, Some("林晓禾"), 7));
        let stranger = Actor { party: Some("person_x".into()), ..actor };
        assert!(own(&stranger).is_empty() && own(&clerk()).is_empty());
        assert!(seen_by(&world, LIN).is_empty());
    });
}

/// A reading under a right over the rows of one division.
#[derive(Clone, Debug, Serialize)]
struct OfDivision(&'static str);

impl Command for OfDivision {
    type Outcome = (Option<serde_json::Value>, Vec<serde_json::Value>, bool);
    const ACTION: &'static str = "register.read";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Self::Outcome, Halt> {
        cx.authorise(&Resource::of("register"))?;
        let mut covers = |values: &serde_json::Map<String, serde_json::Value>| values["division"] == self.0;
        let asked = asked("population", &["name"], Manner::Masked);
        let one = registers::read_by_key_within(cx, &asked, LIN, Some(&mut covers))?;
        let women = [Filter::equal("sex", "female")];
        let page = registers::read_by_filter_within(cx, &asked, &women, None, 10, Some(&mut covers))?;
        let verified = registers::verify_within(cx, &asked, LIN, &map(json!({ "name": "林晓禾" })), Some(&mut covers))?;
        let name = |record: registers::Record| record.values["name"].clone();
        Ok((one.map(name), page.records.into_iter().map(name).collect(), verified.found && verified.all_match))
    }
}

#[test]
fn a_right_over_some_rows_makes_the_others_unknown_and_discloses_nothing_of_what_it_looked_at() {
    on_both(|database| {
        let world = world(database);
        let (one, found, verified) = world.execute(&clerk(), OfDivision("339921100")).outcome;
        assert_eq!((one, found, verified), (Some(json!("林**")), vec![json!("林**")], true));
        assert!(seen_by(&world, LIN).iter().all(|seen| seen.fields == ["name"]), "the division was looked at by nobody");
        assert!(seen_by(&world, ZHOU).is_empty(), "who was left out of the page was not read about");
        let before = seen_by(&world, LIN).len();
        let (one, found, verified) = world.execute(&clerk(), OfDivision("339921101")).outcome;
        assert_eq!((one, found, verified), (None, vec![], false));
        assert_eq!(seen_by(&world, LIN).len(), before + 2, "that she was looked for by her number is told to her");
    });
}

/// Asks which version of a record holds on a day.
#[derive(Clone, Debug, Serialize)]
struct WhichVersion {
    key: &'static str,
    day: jiff::civil::Date,
}

impl Command for WhichVersion {
    type Outcome = Option<registers::Record>;
    const ACTION: &'static str = "register.read";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Self::Outcome, Halt> {
        cx.authorise(&Resource::of("register"))?;
        registers::version_held(cx, "population", self.key, self.day)
    }
}

#[test]
fn the_version_that_holds_on_a_day_is_told_without_a_value_and_without_a_reading() {
    on_both(|database| {
        let world = world(database);
        let which = |key: &'static str, day| world.execute(&clerk(), WhichVersion { key, day }).outcome;
        let first = which(LIN, jiff::civil::date(2026, 3, 2)).unwrap();
        assert_eq!((first.position, first.version, first.sm3.len()), (1, 1, 64));
        world.move_to("2026-03-10T09:00");
        let mut row = map(person("林晓禾", LIN, "13800000001", "云溪县云山街道桂花巷9号", "339921002"));
        row.insert("valid_from".into(), "2026-03-09".into());
        assert_eq!(load(&world, "population", "second", vec![row.into()]).report.changed, 1);
        let (before, after) = (which(LIN, jiff::civil::date(2026, 3, 8)).unwrap(), which(LIN, jiff::civil::date(2026, 3, 9)).unwrap());
        assert_eq!(before.valid_until, Some(jiff::civil::date(2026, 3, 8)), "the rest of the old version");
        assert_eq!((after.valid_from, after.valid_until), (jiff::civil::date(2026, 3, 9), None));
        assert!(before.position > first.position && after.position > first.position && before.sm3 != after.sm3);
        for record in [&first, &before, &after] {
            assert_eq!((record.key.as_str(), &record.subject, record.values.len(), &record.correction), ("", &None, 0, &None));
        }
        assert_eq!(which(LIN, jiff::civil::date(2025, 12, 31)), None, "not yet");
        assert_eq!(which(NOBODY, jiff::civil::date(2026, 3, 9)), None);
        assert_eq!(which("no number", jiff::civil::date(2026, 3, 9)), None);
        assert!(seen_by(&world, LIN).is_empty(), "the answer it stands beside was recorded by whoever gave it");
    });
}

/// Reads in one of several ways, and stumbles afterwards when it is told to.
#[derive(Clone, Debug, Serialize)]
struct Mixed {
    ways: Vec<(u8, usize)>,
    fails: bool,
}

const SUBJECTS: [&str; 4] = [LIN, ZHOU, GAO, NOBODY];

impl Command for Mixed {
    type Outcome = ();
    const ACTION: &'static str = "case.read";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.authorise(&Resource::of("case"))?;
        for (way, subject) in &self.ways {
            let key = SUBJECTS[*subject];
            match way {
                0 => drop(registers::read_by_key(cx, &asked("population", &["name"], Manner::Full), key)?),
                1 => drop(registers::read_by_key(cx, &asked("population", &["mobile"], Manner::Masked), key)?),
                2 => drop(registers::verify(cx, &asked("population", &[], Manner::YesNo), key, &map(json!({ "name": "x" })))?),
                _ => drop(registers::read_history(cx, &asked("population", &["address"], Manner::Full), key)?),
            }
        }
        if self.fails { Err(Fault::because("the reader stumbled").into()) } else { Ok(()) }
    }
}

#[test]
fn whatever_is_read_about_somebody_is_recorded_with_it_or_not_at_all() {
    for make in [TestDatabase::sqlite, TestDatabase::postgres] {
        let world = world(make());
        let mut expected = [0_usize; 4];
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() });
        let ways = proptest::collection::vec((0_u8..4, 0_usize..4), 1..5);
        let expected_cell = std::cell::RefCell::new(&mut expected);
        runner
            .run(&(ways, any::<bool>()), |(ways, fails)| {
                let answer = world.try_execute(&clerk(), Mixed { ways: ways.clone(), fails });
                assert_eq!(answer.is_err(), fails);
                let mut expected = expected_cell.borrow_mut();
                if !fails {
                    ways.iter().for_each(|(_, subject)| expected[*subject] += 1);
                }
                let seen: Vec<usize> = SUBJECTS.iter().map(|subject| seen_by(&world, subject).len()).collect();
                prop_assert_eq!(&seen[..], &expected[..]);
                Ok(())
            })
            .unwrap();
    }
}

fn now_ms(world: &testkit::World) -> i64 {
    use clock::Clock;
    world.clock().now().as_millisecond()
}
