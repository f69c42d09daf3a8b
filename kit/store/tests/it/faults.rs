//! What happens to work when something is in its way.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

use store::StoreError;
use testkit::{TestDatabase, on_both};

use crate::{insert, with_places};

fn people(database: &TestDatabase, code: &'static str) -> i64 {
    database.store().read(|tx| tx.scalar("select people from place where code = $1", &[&code])).unwrap()
}

#[test]
fn a_read_that_panics_harms_no_later_read() {
    with_places(|database| {
        insert(database, "a", "x", 1).unwrap();
        for _ in 0..8 {
            let store = database.store();
            let read = std::panic::AssertUnwindSafe(|| store.read::<(), StoreError>(|_| panic!("on purpose")));
            assert!(std::panic::catch_unwind(read).is_err());
        }
        for _ in 0..8 {
            assert_eq!(people(database, "a"), 1);
        }
        insert(database, "b", "y", 2).unwrap();
        for _ in 0..8 {
            assert_eq!(people(database, "b"), 2, "no reader is left in an old snapshot");
        }
    });
}

#[test]
fn work_that_goes_on_after_a_failed_statement_is_undone_as_a_whole() {
    with_places(|database| {
        insert(database, "a", "x", 1).unwrap();
        let careless = database.store().write(|tx| {
            tx.execute("update place set people = 7 where code = 'a'", &[])?;
            let _ = tx.execute("insert into place (code) values ('a')", &[]);
            Ok::<_, StoreError>(())
        });
        assert!(matches!(careless, Err(StoreError::Undone)), "{careless:?}");
        assert_eq!(people(database, "a"), 1);
        let careful = database.store().write(|tx| {
            tx.execute("update place set people = 8 where code = 'a'", &[])?;
            tx.savepoint("try")?;
            if tx.execute("insert into place (code) values ('a')", &[]).is_err() {
                tx.rollback_to("try")?;
            }
            Ok::<_, StoreError>(())
        });
        assert!(careful.is_ok(), "{careful:?}");
        assert_eq!(people(database, "a"), 8);
    });
}

#[test]
fn a_deadlock_inside_work_is_tried_again() {
    let database = TestDatabase::postgres();
    database.store().migrate("places", super::PLACES).unwrap();
    insert(&database, "a", "x", 0).unwrap();
    insert(&database, "b", "y", 0).unwrap();
    let store = database.store();
    let both_hold_one = Arc::new(Barrier::new(2));
    let cross = |codes: [&'static str; 2]| {
        let (store, barrier) = (Arc::clone(&store), Arc::clone(&both_hold_one));
        std::thread::spawn(move || {
            let mut first_try = true;
            store.write(move |tx| {
                tx.execute("update place set people = people + 1 where code = $1", &[&codes[0]])?;
                if std::mem::take(&mut first_try) {
                    barrier.wait();
                }
                tx.execute("update place set people = people + 1 where code = $1", &[&codes[1]])
            })
        })
    };
    let (one, two) = (cross(["a", "b"]), cross(["b", "a"]));
    assert_eq!((one.join().unwrap().unwrap(), two.join().unwrap().unwrap()), (1, 1));
    assert_eq!((people(&database, "a"), people(&database, "b")), (2, 2));
}

#[test]
fn work_that_says_it_met_a_conflict_is_run_again_up_to_a_bound() {
    on_both(|database| {
        let postgres = database.name() == "postgresql";
        let run = |conflicts: u32| {
            let tries = Arc::new(AtomicU32::new(0));
            let counted = Arc::clone(&tries);
            let answer = database.store().write(move |tx| {
                let before = counted.fetch_add(1, Ordering::Relaxed);
                if before < conflicts { Err(tx.conflict()) } else { Ok(()) }
            });
            (answer, tries.load(Ordering::Relaxed))
        };
        let (answer, tries) = run(2);
        assert_eq!((answer.is_ok(), tries), if postgres { (true, 3) } else { (false, 1) });
        let (answer, tries) = run(u32::MAX);
        assert!(matches!(answer, Err(StoreError::Conflict)));
        assert_eq!(tries, if postgres { 20 } else { 1 });
    });
}

#[test]
fn an_answer_that_panics_does_not_end_the_writer() {
    with_places(|database| {
        database.store().write_then(|_| Ok::<_, StoreError>(()), |_| panic!("on purpose"));
        for _ in 0..8 {
            database.store().write(|tx| tx.execute("update place set people = 1", &[])).unwrap();
        }
    });
}

#[test]
fn work_goes_on_after_the_server_has_dropped_all_connections() {
    let database = TestDatabase::postgres();
    database.store().migrate("places", super::PLACES).unwrap();
    let store::Config::Postgres { address } = database.store().config().clone() else { panic!("a server") };
    let name = format!("dropped_{}", std::process::id());
    let own = store::Store::open(&store::Config::Postgres { address: format!("{address} application_name={name}") }).unwrap();
    let places = |own: &store::Store| own.read(|tx| tx.scalar::<i64>("select count(*) from place", &[]));
    for round in 0..3 {
        let ended = name.clone();
        let pids = database
            .store()
            .read(move |tx| tx.query("select cast(pg_terminate_backend(pid) as int) from pg_stat_activity where application_name = $1", &[&ended]));
        assert!(!pids.unwrap().is_empty());
        std::thread::sleep(std::time::Duration::from_millis(50));
        for n in 0..8 {
            let code = format!("{round}-{n}");
            own.write(move |tx| tx.execute("insert into place (code, name) values ($1, $1)", &[&code])).unwrap();
            assert_eq!(places(&own).unwrap(), round * 8 + n + 1);
        }
    }
}
