//! One conformance suite for both databases.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

mod faults;

use store::{Migration, StoreError, Value};
use testkit::{TestDatabase, on_both};

const PLACES: &[Migration] = &[Migration {
    number: 1,
    name: "places",
    sql: "create table place (code text not null primary key, name text, people bigint, share double precision, mark bytea,
          constraint ck_place__people check (people >= 0));
          create unique index uq_place__name__people on place (name, people);",
}];

pub(crate) fn with_places(test: impl Fn(&TestDatabase)) {
    on_both(|database| {
        database.store().migrate("places", PLACES).unwrap();
        test(&database);
    });
}

pub(crate) fn insert(database: &TestDatabase, code: &'static str, name: &'static str, people: i64) -> Result<u64, StoreError> {
    database.store().write(move |tx| tx.execute("insert into place (code, name, people) values ($1, $2, $3)", &[&code, &name, &people]))
}

#[test]
fn every_type_comes_back_as_it_went_in() {
    with_places(|database| {
        database
            .store()
            .write(|tx| {
                tx.execute(
                    "insert into place (code, name, people, share, mark) values ($3, $1, $2, $4, $5)",
                    &[&"云溪", &5000_i64, &"339921", &0.25, &vec![0_u8, 255]],
                )
            })
            .unwrap();
        let row = database.store().read(|tx| tx.query_one("select code, name, people, share, mark, null from place", &[])).unwrap();
        assert_eq!(row.get::<String>(0).unwrap(), "339921");
        assert_eq!(row.get::<String>(1).unwrap(), "云溪");
        assert_eq!(row.get::<i64>(2).unwrap(), 5000);
        assert_eq!(row.get::<f64>(3).unwrap(), 0.25);
        assert_eq!(row.get::<Vec<u8>>(4).unwrap(), vec![0, 255]);
        assert_eq!(row.get::<Option<String>>(5).unwrap(), None);
        assert!(matches!(row.get::<i64>(1), Err(StoreError::Type { column: 1, .. })));
    });
}

#[test]
fn absent_values_can_be_bound() {
    with_places(|database| {
        let none: Option<String> = None;
        database
            .store()
            .write(move |tx| tx.execute("insert into place (code, name, people) values ($1, $2, $3)", &[&"a", &none, &Value::Null]))
            .unwrap();
        let count: i64 = database.store().read(|tx| tx.scalar("select count(*) from place where name is null", &[])).unwrap();
        assert_eq!(count, 1);
    });
}

#[test]
fn a_violated_constraint_has_the_same_name_on_both() {
    with_places(|database| {
        insert(database, "a", "x", 1).unwrap();
        let unique = insert(database, "b", "x", 1).unwrap_err();
        assert_eq!(unique.constraint(), Some("uq_place__name__people"));
        let check = insert(database, "c", "y", -1).unwrap_err();
        assert_eq!(check.constraint(), Some("ck_place__people"));
        let primary = insert(database, "a", "z", 1).unwrap_err();
        assert_eq!(primary.constraint(), Some("uq_place__code"), "a primary key is a unique constraint over its columns");
        let absent = database.store().write(|tx| tx.execute("insert into place (code) values (null)", &[])).unwrap_err();
        assert_eq!(absent.constraint(), Some("nn_place__code"));
    });
}

#[test]
fn work_that_fails_leaves_nothing() {
    with_places(|database| {
        let failed: Result<(), StoreError> = database.store().write(|tx| {
            tx.execute("insert into place (code) values ('a')", &[])?;
            Err(StoreError::Closed)
        });
        assert!(matches!(failed, Err(StoreError::Closed)));
        let count: i64 = database.store().read(|tx| tx.scalar("select count(*) from place", &[])).unwrap();
        assert_eq!(count, 0);
    });
}

#[test]
fn work_that_panics_harms_nobody_else() {
    with_places(|database| {
        let failed: Result<(), StoreError> = database.store().write(|tx| {
            tx.execute("insert into place (code) values ('a')", &[])?;
            panic!("on purpose")
        });
        assert!(matches!(failed, Err(StoreError::Panicked(why)) if why == "on purpose"));
        insert(database, "b", "y", 1).unwrap();
        let count: i64 = database.store().read(|tx| tx.scalar("select count(*) from place", &[])).unwrap();
        assert_eq!(count, 1);
    });
}

#[test]
fn a_mark_takes_back_what_came_after_it() {
    with_places(|database| {
        database
            .store()
            .write(|tx| {
                tx.execute("insert into place (code) values ('a')", &[])?;
                tx.savepoint("here")?;
                tx.execute("insert into place (code) values ('b')", &[])?;
                tx.rollback_to("here")?;
                tx.execute("insert into place (code) values ('c')", &[]).map(drop)
            })
            .unwrap();
        let codes = database.store().read(|tx| tx.query("select code from place order by code", &[])).unwrap();
        let codes: Vec<String> = codes.iter().map(|row| row.get(0).unwrap()).collect();
        assert_eq!(codes, ["a", "c"]);
    });
}

#[test]
fn reading_cannot_write() {
    with_places(|database| {
        let written = database.store().read(|tx| tx.execute("insert into place (code) values ('a')", &[]));
        assert!(written.is_err());
    });
}

#[test]
fn many_writers_lose_nothing() {
    with_places(|database| {
        let store = database.store();
        store.write(|tx| tx.execute("insert into place (code, people) values ('a', 0)", &[])).unwrap();
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let store = Arc::clone(&store);
                std::thread::spawn(move || {
                    for _ in 0..25 {
                        store.write(|tx| tx.execute("update place set people = people + 1 where code = 'a'", &[])).unwrap();
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        let people: i64 = store.read(|tx| tx.scalar("select people from place", &[])).unwrap();
        assert_eq!(people, 200);
    });
}

#[test]
fn a_changed_migration_is_refused() {
    const CHANGED: &[Migration] = &[Migration { number: 1, name: "places", sql: "create table place (code text)" }];
    with_places(|database| {
        database.store().migrate("places", PLACES).unwrap();
        let refused = database.store().migrate("places", CHANGED).unwrap_err();
        assert!(matches!(refused, StoreError::MigrationChanged { number: 1, .. }));
    });
}

#[test]
fn a_database_of_a_newer_program_is_refused() {
    const NEWER: &[Migration] = &[PLACES[0], Migration { number: 2, name: "more", sql: "alter table place add column more text" }];
    with_places(|database| {
        database.store().migrate("places", NEWER).unwrap();
        let refused = database.store().migrate("places", PLACES).unwrap_err();
        assert!(matches!(refused, StoreError::MigrationUnknown { number: 2, known: 1, .. }), "{refused}");
    });
}

#[test]
fn a_copy_holds_what_was_committed() {
    let database = TestDatabase::sqlite();
    database.store().migrate("places", PLACES).unwrap();
    insert(&database, "a", "x", 1).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("copy.db");
    database.store().copy_to(&path).unwrap();
    let copy = store::Store::open(&store::Config::Sqlite { path, durability: store::Durability::None }).unwrap();
    let count: i64 = copy.read(|tx| tx.scalar("select count(*) from place", &[])).unwrap();
    assert_eq!(count, 1);
}

#[test]
fn a_full_disk_is_said_and_loses_nothing_that_was_answered() {
    let database = TestDatabase::sqlite();
    let store = database.store();
    store.migrate("places", PLACES).unwrap();
    let pages: i64 = store.read(|tx| tx.scalar("pragma page_count", &[])).unwrap();
    store.write(move |tx| tx.query(&format!("pragma max_page_count = {}", pages + 20), &[])).unwrap();
    let big = "云".repeat(2_000);
    let insert = |n: i64| {
        let (code, name) = (n.to_string(), format!("{n}{big}"));
        store.write(move |tx| tx.execute("insert into place (code, name, people) values ($1, $2, 1)", &[&code, &name]))
    };
    let answers: Vec<Result<u64, StoreError>> = std::thread::scope(|scope| {
        let insert = &insert;
        let threads: Vec<_> = (0..8).map(|thread| scope.spawn(move || (0..10).map(|n| insert(thread * 10 + n)).collect::<Vec<_>>())).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let kept = i64::try_from(answers.iter().filter(|answer| answer.is_ok()).count()).unwrap();
    assert!(answers.iter().any(|answer| matches!(answer, Err(StoreError::DiskFull))), "the disk was full");
    assert!(answers.iter().all(|answer| matches!(answer, Ok(1) | Err(StoreError::DiskFull))), "and nothing else happened: {answers:?}");
    let count: i64 = store.read(|tx| tx.scalar("select count(*) from place", &[])).unwrap();
    assert_eq!(count, kept, "what was answered is there, what was refused is not");
    store.write(|tx| tx.query("pragma max_page_count = 1000000", &[])).unwrap();
    insert(1_000).unwrap();
}

#[test]
fn lists_are_merged_in_their_order() {
    with_places(|database| {
        for (code, name, people) in [("1", "a", 1), ("2", "a", 5), ("3", "b", 2), ("4", "b", 4), ("5", "a", 3), ("6", "c", 9)] {
            insert(database, code, name, people).unwrap();
        }
        let largest = |limit: i64| {
            let rows = database.store().read(|tx| {
                let lists = ["a", "b", "a"].map(|name| format!("select people, code from place where name = '{name}'"));
                let text = tx.merged(&lists, "1 desc, 2", "$1");
                tx.query(&text, &[&limit])
            });
            rows.unwrap().iter().map(|row| row.get::<i64>(0).unwrap()).collect::<Vec<_>>()
        };
        assert_eq!((largest(3), largest(10)), (vec![5, 4, 3], vec![5, 4, 3, 2, 1]));
    });
}
