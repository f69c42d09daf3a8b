//! The one door, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use runner::{Actor, ActorKind, Command, Cx, Event, Halt, Moment, Refusal, Request, Resource};
use serde::{Deserialize, Serialize};
use store::{Migration, StoreError, Tx};
use testkit::{PermitAll, PermitNone, TestDatabase, World, on_both};

const TABLES: &[Migration] =
    &[Migration { number: 1, name: "counters", sql: "create table counter (id text not null primary key, value bigint not null)" }];

#[derive(Serialize, Deserialize)]
struct Count {
    by: i64,
    seen: Option<i64>,
}

#[derive(Serialize)]
struct Counted {
    by: i64,
}

impl Event for Counted {
    fn kind(&self) -> &'static str {
        "counted"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        tx.execute(
            "insert into counter (id, value) values ($1, $2) on conflict (id) do update set value = counter.value + excluded.value",
            &[&moment.stream, &self.by],
        )?;
        Ok(())
    }
}

impl Command for Count {
    type Outcome = i64;
    const ACTION: &'static str = "counter.count";

    fn run(&self, cx: &mut Cx<'_>) -> Result<i64, Halt> {
        cx.authorise(&Resource::of("counter"))?;
        cx.expect_version("counter", self.seen)?;
        cx.record("counter", &Counted { by: self.by })?;
        if self.by < 0 {
            return Err(Refusal::new("negative", "不能为负。", "It cannot be negative.", "请改正。", "Correct it.").into());
        }
        cx.enqueue("note", &self.by, Some("counter/note".into()), Some(cx.now_ms() + 1_000))?;
        Ok(cx.tx().scalar("select value from counter", &[])?)
    }
}

#[derive(Serialize, Deserialize)]
struct Careless;

impl Command for Careless {
    type Outcome = ();
    const ACTION: &'static str = "counter.careless";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.record("counter", &Counted { by: 1 }).map(drop)
    }
}

fn world(database: TestDatabase) -> World {
    World::on(database, "2026-03-02T09:00", PermitAll).migrate("counters", TABLES).build()
}

fn person() -> Actor {
    Actor::bare("account_1", ActorKind::Person)
}

fn kinds(world: &World) -> Vec<String> {
    world.store().read(|tx| journal::entries_after(tx, 0, 100)).unwrap().into_iter().map(|entry| entry.header.kind).collect()
}

#[test]
fn a_change_and_its_entry_are_one() {
    on_both(|database| {
        let world = world(database);
        let done = world.execute(&person(), Count { by: 2, seen: None });
        assert_eq!(done.outcome, 2);
        assert_eq!((done.recorded[0].index, done.recorded[0].version), (0, 1));
        assert_eq!(kinds(&world), ["counted"]);
    });
}

#[test]
fn a_refusal_leaves_only_itself() {
    on_both(|database| {
        let world = world(database);
        assert_eq!(world.refuse(&person(), Count { by: -1, seen: None }).code, "negative");
        assert_eq!(kinds(&world), ["command-refused"]);
        assert_eq!(world.read(|tx| tx.scalar::<i64>("select count(*) from counter", &[])), 0);
    });
}

#[test]
fn what_is_not_permitted_is_refused() {
    on_both(|database| {
        let world = World::on(database, "2026-03-02T09:00", PermitNone).migrate("counters", TABLES).build();
        assert_eq!(world.refuse(&person(), Count { by: 1, seen: None }).code, "not-permitted");
    });
}

#[test]
fn who_is_not_permitted_is_told_what_to_do_in_words_of_ones_own() {
    on_both(|database| {
        let world = World::on(database, "2026-03-02T09:00", PermitNone).migrate("counters", TABLES).build();
        let step = |actor: Actor| world.refuse(&actor, Count { by: 1, seen: None }).next_step.zh;
        let agent = Actor { on_behalf: Some("legal_1".to_owned()), ..person() };
        assert!(step(agent).contains("授权"));
        assert!(!step(person()).contains("岗位"), "citizens hold no posts");
        assert!(step(Actor::bare("account_2", ActorKind::Staff)).contains("岗位"));
    });
}

#[test]
fn an_event_without_authorisation_is_a_fault() {
    on_both(|database| {
        let world = world(database);
        assert!(matches!(world.try_execute(&person(), Careless), Err(Halt::Fault(_))));
        assert!(kinds(&world).is_empty());
    });
}

#[test]
fn a_duplicate_gets_the_first_answer() {
    on_both(|database| {
        let world = world(database);
        let ask = |by, key: &str| world.runner().execute(Request::once(person(), key), Count { by, seen: None });
        let first = ask(2, "k1").unwrap();
        assert_eq!(ask(2, "k1").unwrap(), first);
        assert_eq!(ask(2, "k2").unwrap().outcome, 4);
        assert_eq!(ask(3, "k1").unwrap_err().refusal().unwrap().code, "idempotency-key-reused");
    });
}

#[test]
fn a_key_belongs_to_whom_one_acts_for_and_to_nobody_anonymous() {
    on_both(|database| {
        let world = world(database);
        let ask = |actor: Actor| world.runner().execute(Request::once(actor, "k1"), Count { by: 2, seen: None });
        let for_other = Actor { on_behalf: Some("person_2".into()), ..person() };
        assert_eq!(ask(person()).unwrap().outcome, 2);
        assert_eq!(ask(for_other).unwrap_err().refusal().unwrap().code, "idempotency-key-reused");
        assert_eq!((ask(Actor::anonymous()).unwrap().outcome, ask(Actor::anonymous()).unwrap().outcome), (4, 6));
    });
}

#[test]
fn duplicates_at_the_same_moment_count_once() {
    on_both(|database| {
        let world = world(database);
        for round in 0..20 {
            let key = format!("k{round}");
            let answers: Vec<i64> = std::thread::scope(|scope| {
                let ask = || world.runner().execute(Request::once(person(), key.clone()), Count { by: 1, seen: None }).unwrap().outcome;
                let asking: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
                asking.into_iter().map(|asking| asking.join().unwrap()).collect()
            });
            assert!(answers.iter().all(|answer| *answer == round + 1), "{answers:?}");
        }
    });
}

#[test]
fn kept_answers_are_sealed_and_forgotten_after_a_while() {
    on_both(|database| {
        let keys = std::sync::Arc::new(seal::FieldKeys::new([(1, [7; 32])]).unwrap());
        let world = World::on(database, "2026-03-02T09:00", PermitAll).migrate("counters", TABLES).with(keys).build().leave_unfinished();
        let ask = |key: &str| world.runner().execute(Request::once(person(), key), Count { by: 2, seen: None }).unwrap();
        let first = ask("k1");
        assert_eq!(ask("k1"), first);
        let answer: String = world.read(|tx| tx.scalar("select answer from runner_answer", &[]));
        assert!(!answer.contains("counted") && !answer.contains("outcome"), "{answer}");
        world.move_to("2026-04-02T09:00");
        ask("k2");
        let kept: Vec<store::Row> = world.read(|tx| tx.query("select answer_key from runner_answer", &[]));
        assert_eq!(kept.iter().map(|row| row.get::<String>(0).unwrap()).collect::<Vec<_>>(), ["k2"]);
    });
}

#[test]
fn the_second_of_two_at_once_is_told() {
    on_both(|database| {
        let world = world(database);
        world.execute(&person(), Count { by: 1, seen: Some(0) });
        assert_eq!(world.refuse(&person(), Count { by: 1, seen: Some(0) }).code, "stale-version");
        world.execute(&person(), Count { by: 1, seen: Some(1) });
    });
}

#[test]
fn many_at_once_keep_the_versions_whole() {
    on_both(|database| {
        let world = world(database);
        let runner = world.runner();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        // On PostgreSQL two commands may want one version; the loser is run again.
                        runner.execute(Request::by(person()), Count { by: 1, seen: None }).unwrap();
                    }
                });
            }
        });
        assert_eq!(world.read(|tx| tx.scalar::<i64>("select value from counter", &[])), 80);
    });
}
