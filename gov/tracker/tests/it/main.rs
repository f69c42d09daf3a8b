//! The tracker on both databases.

use std::sync::Arc;

use i18n::Text;
use runner::{Actor, Command, Cx, Halt, Request, Resource};
use seal::FieldKeys;
use serde::Serialize;
use testkit::{PermitAll, TestDatabase, World, on_both, staff};
use tracker::{CaseRef, Manner, Reading, Source, SourceKind, Trace, own, readings_of, readings_of_case, record};

const SUBJECT: &str = "339921195203070016";
const OTHER: &str = "339921194001010013";

fn keys() -> Arc<FieldKeys> {
    Arc::new(FieldKeys::new([(1, [7; 32])]).unwrap())
}

fn world(database: TestDatabase) -> World {
    World::on(database, "2026-03-02T09:00", PermitAll).migrate("tracker", tracker::MIGRATIONS).with(keys()).build()
}

/// Reads a name and an address, and fails afterwards when it is told to.
#[derive(Serialize)]
struct Look {
    subject: &'static str,
    secret_until_ms: Option<i64>,
    fails: bool,
}

impl Command for Look {
    type Outcome = String;
    const ACTION: &'static str = "case.read";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        cx.authorise(&Resource::of("case"))?;
        let keys = cx.service::<FieldKeys>()?;
        let reading = Reading {
            subject: self.subject,
            source: Source { kind: SourceKind::Register, name: "population".into(), title: Text::new("人口库", "Population register") },
            fields: vec!["name".into(), "address".into()],
            manner: Manner::Full,
            organ: Some("organ_police".into()),
            purpose: Text::new("核对申请人住址", "To check the applicant's address"),
            basis: "食品经营许可和备案管理办法 第十二条".into(),
            case: Some(CaseRef { id: "case_1".into(), number: "办〔2026〕1号".into(), title: Text::new("食品经营许可", "Food permit") }),
            grant: None,
            message: None,
            secret_until: self.secret_until_ms.map(|until| (until, "approval_1".into())),
        };
        let trace = record(cx, &keys, reading)?;
        if self.fails {
            return Err(runner::Fault::because("the reader stumbled").into());
        }
        Ok(trace.reading().unwrap_or_default().to_owned())
    }
}

fn look(world: &World, look: Look) -> Result<String, Halt> {
    let actor = staff("account_li", "organ_police", "339921", &["window"]);
    world.runner().execute(Request::by(actor), look).map(|executed| executed.outcome)
}

#[test]
fn a_reading_is_shown_to_its_subject_and_nobody_else() {
    on_both(|database| {
        let world = world(database);
        let id = look(&world, Look { subject: SUBJECT, secret_until_ms: None, fails: false }).unwrap();
        let now_ms = world.runner().clock().now().as_millisecond();
        let (hers, others, of_case) = world
            .store()
            .read(|tx| -> Result<_, store::StoreError> {
                let hers = readings_of(tx, &keys(), SUBJECT, now_ms, None, 20)?;
                Ok((hers, readings_of(tx, &keys(), OTHER, now_ms, None, 20)?, readings_of_case(tx, "case_1")?))
            })
            .unwrap();
        assert_eq!(hers.iter().map(|seen| &seen.id).collect::<Vec<_>>(), [&id]);
        assert_eq!((hers[0].account.as_str(), hers[0].organ.as_deref()), ("account_li", Some("organ_police")));
        assert_eq!(hers[0].fields, ["name", "address"]);
        assert!(others.is_empty());
        assert_eq!(of_case, hers);
    });
}

#[test]
fn a_reading_that_fails_leaves_no_trace_and_shows_nothing() {
    on_both(|database| {
        let world = world(database);
        look(&world, Look { subject: SUBJECT, secret_until_ms: None, fails: true }).unwrap_err();
        let seen = world.store().read(|tx| readings_of_case(tx, "case_1")).unwrap();
        assert!(seen.is_empty());
    });
}

#[test]
fn pages_go_backwards_without_a_gap() {
    on_both(|database| {
        let world = world(database);
        let mut ids: Vec<String> = (0..5).map(|_| look(&world, Look { subject: SUBJECT, secret_until_ms: None, fails: false }).unwrap()).collect();
        ids.sort();
        ids.reverse();
        let now_ms = world.runner().clock().now().as_millisecond();
        let mut found: Vec<String> = Vec::new();
        loop {
            let before = found.last().cloned();
            let page = world.store().read(|tx| readings_of(tx, &keys(), SUBJECT, now_ms, before.as_deref(), 2)).unwrap();
            if page.is_empty() {
                break;
            }
            found.extend(page.into_iter().map(|seen| seen.id));
        }
        assert_eq!(found, ids);
    });
}

#[test]
fn lawful_secrecy_delays_but_never_leaves_out() {
    on_both(|database| {
        let world = world(database);
        let now_ms = world.runner().clock().now().as_millisecond();
        look(&world, Look { subject: SUBJECT, secret_until_ms: Some(now_ms + 1_000), fails: false }).unwrap();
        let shown = |at_ms: i64| world.store().read(|tx| readings_of(tx, &keys(), SUBJECT, at_ms, None, 20)).unwrap().len();
        assert_eq!((shown(now_ms), shown(now_ms + 999), shown(now_ms + 1_000)), (0, 0, 1));
    });
}

#[test]
fn the_journal_names_the_reading_but_not_its_subject() {
    on_both(|database| {
        let world = world(database);
        let id = look(&world, Look { subject: SUBJECT, secret_until_ms: None, fails: false }).unwrap();
        let index = keys().blind_index(tracker::SUBJECT_PLACE, SUBJECT).unwrap();
        let entries = world.store().read(|tx| journal::entries_of(tx, &id)).unwrap();
        assert_eq!(entries.len(), 1);
        let payload = entries[0].payload.clone().unwrap();
        assert!(payload.contains("population") && !payload.contains(SUBJECT) && !payload.contains(&index), "{payload}");
    });
}

#[test]
fn own_eyes_are_those_of_the_acting_party() {
    let mut actor = Actor { party: Some("person_a".into()), ..Actor::bare("account_a", runner::ActorKind::Person) };
    assert!(own(&actor, "person_a").as_ref().and_then(Trace::reading).is_none());
    assert!(own(&actor, "person_a").is_some() && own(&actor, "person_b").is_none());
    actor.on_behalf = Some("person_b".into());
    assert!(own(&actor, "person_a").is_none() && own(&actor, "person_b").is_some());
}
