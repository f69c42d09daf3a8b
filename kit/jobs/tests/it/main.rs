//! The queue and its worker, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use jobs::{ATTEMPTS_MAX, Handler, Job, NewJob, Overview, Worker};
use store::Store;
use testkit::{TestDatabase, on_both};

const LEASE_MS: i64 = 1_000;
const HOUR_MS: i64 = 3_600_000;

fn on_each(test: impl Fn(Arc<Store>)) {
    on_both(|database: TestDatabase| {
        database.store().migrate("jobs", jobs::MIGRATIONS).unwrap();
        test(database.store());
    });
}

fn promise(store: &Store, id: &str, key: Option<&str>, due_ms: i64) {
    let job = NewJob { id: id.into(), kind: "note".into(), payload: "1".into(), key: key.map(str::to_owned), due_ms };
    store.write(move |tx| jobs::enqueue(tx, &job)).unwrap();
}

fn lease(store: &Store, owner: &'static str, now_ms: i64) -> Vec<Job> {
    store.write(move |tx| jobs::lease(tx, now_ms, owner, LEASE_MS, 10)).unwrap()
}

fn ids(jobs: &[Job]) -> Vec<&str> {
    jobs.iter().map(|job| job.id.as_str()).collect()
}

fn overview(store: &Store) -> Overview {
    store.read(jobs::overview).unwrap()
}

#[test]
fn a_job_is_leased_by_one_worker_when_it_is_due() {
    on_each(|store| {
        promise(&store, "late", None, 200);
        promise(&store, "early", None, 100);
        assert!(lease(&store, "one", 99).is_empty());
        assert_eq!(ids(&lease(&store, "one", 150)), ["early"]);
        assert!(lease(&store, "two", 150).is_empty());
        assert_eq!(ids(&lease(&store, "two", 200)), ["late"]);
    });
}

#[test]
fn workers_at_the_same_moment_lease_each_job_once() {
    on_each(|store| {
        for n in 0..40 {
            promise(&store, &format!("job{n:02}"), None, n);
        }
        let leased: Vec<String> = std::thread::scope(|scope| {
            let store = &store;
            let owners = ["one", "two", "three", "four"];
            let workers: Vec<_> =
                owners.into_iter().map(|owner| scope.spawn(move || [lease(store, owner, 100), lease(store, owner, 100)].concat())).collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).map(|job| job.id).collect()
        });
        let distinct: std::collections::BTreeSet<&String> = leased.iter().collect();
        assert_eq!(distinct.len(), leased.len(), "{leased:?}");
    });
}

#[test]
fn a_lease_that_ran_out_is_taken_over_and_the_late_worker_changes_nothing() {
    on_each(|store| {
        promise(&store, "a", None, 0);
        assert_eq!(lease(&store, "slow", 0).len(), 1);
        let again = lease(&store, "quick", LEASE_MS + 1);
        assert_eq!((ids(&again), again[0].attempts), (vec!["a"], 1));
        store.write(|tx| jobs::give_back(tx, "slow", &["a".to_owned()])).unwrap();
        assert_eq!(overview(&store).leased, 1, "it belongs to the quick one");
        store.write(|tx| jobs::give_back(tx, "quick", &["a".to_owned()])).unwrap();
        assert_eq!(overview(&store).ready, 1);
    });
}

#[test]
fn a_job_that_stops_its_workers_is_set_aside() {
    on_each(|store| {
        promise(&store, "a", None, 0);
        let mut now = 0;
        for _ in 0..ATTEMPTS_MAX {
            assert_eq!(lease(&store, "w", now).len(), 1);
            now += LEASE_MS + 1;
        }
        assert!(lease(&store, "w", now).is_empty());
        let dead = store.read(|tx| jobs::dead_jobs(tx, 10)).unwrap();
        assert_eq!(dead[0].last_error.as_deref(), Some("the worker stopped before it was done"));
    });
}

#[test]
fn what_fails_is_tried_again_for_hours_and_then_waits_for_somebody() {
    on_each(|store| {
        promise(&store, "a", None, 0);
        let mut now = 0;
        for attempt in 1..=ATTEMPTS_MAX {
            let leased = lease(&store, "w", now);
            let job = leased.into_iter().next().unwrap_or_else(|| panic!("attempt {attempt} is due"));
            let set_aside = store.write(move |tx| jobs::fail(tx, &job, "the disk is full", now)).unwrap();
            assert_eq!(set_aside, attempt == ATTEMPTS_MAX);
            now = store.read(jobs::next_due).unwrap().unwrap_or(now);
        }
        assert!((2 * HOUR_MS..4 * HOUR_MS).contains(&now), "{now}");
        assert_eq!(overview(&store), Overview { ready: 0, leased: 0, dead: 1 });
        assert!(store.write(move |tx| jobs::replay(tx, "a", now)).unwrap());
        assert_eq!(lease(&store, "w", now).len(), 1);
    });
}

#[test]
fn a_held_job_waits_until_it_is_released() {
    on_each(|store| {
        promise(&store, "a", Some("case/timer-1"), 100);
        store.write(|tx| jobs::hold(tx, "case/timer-1")).unwrap();
        assert!(lease(&store, "w", 200).is_empty());
        assert_eq!((overview(&store).ready, overview(&store).dead), (1, 0));
        let held = store.read(|tx| jobs::held(tx, "case/timer-1")).unwrap();
        assert_eq!((ids(&held), held[0].due_ms), (vec!["a"], 100));
        store.write(|tx| jobs::release(tx, "a", 300)).unwrap();
        assert!(lease(&store, "w", 299).is_empty());
        assert_eq!(ids(&lease(&store, "w", 300)), ["a"]);
    });
}

#[test]
fn what_is_cancelled_is_not_done_held_or_not() {
    on_each(|store| {
        promise(&store, "a", Some("k1"), 0);
        promise(&store, "b", Some("k2"), 0);
        store.write(|tx| jobs::hold(tx, "k2")).unwrap();
        store.write(|tx| Ok::<_, store::StoreError>(jobs::cancel(tx, "k1")? + jobs::cancel(tx, "k2")?)).unwrap();
        assert_eq!(overview(&store), Overview::default());
    });
}

#[test]
fn a_handler_that_panics_has_failed_and_the_worker_goes_on() {
    on_each(|store| {
        promise(&store, "bad", None, 0);
        promise(&store, "good", None, 1);
        let done = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&done);
        let handler: Handler = Arc::new(move |job: &Job| {
            assert!(job.id != "bad", "on purpose");
            counted.fetch_add(1, Ordering::Relaxed);
            Ok(())
        });
        let worker = Worker::new(Arc::clone(&store), "w".into()).with("note", handler);
        assert_eq!(worker.run_due(10).unwrap(), 2);
        assert_eq!(done.load(Ordering::Relaxed), 1);
        let error: String = store.read(|tx| tx.scalar("select last_error from job where id = 'bad'", &[])).unwrap();
        assert_eq!(error, "the handler panicked: on purpose");
        assert_eq!(worker.run_due(10).unwrap(), 0, "it is due again later");
    });
}

#[test]
fn a_worker_that_is_told_to_stop_gives_back_what_it_did_not_begin() {
    on_each(|store| {
        for n in 0..5 {
            promise(&store, &format!("job{n}"), None, n);
        }
        let done = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&done);
        let handler: Handler = Arc::new(move |_: &Job| {
            counted.fetch_add(1, Ordering::Relaxed);
            Ok(())
        });
        let worker = Worker::new(Arc::clone(&store), "w".into()).with("note", handler);
        assert_eq!(worker.run_due_unless(10, || done.load(Ordering::Relaxed) == 2).unwrap(), 2);
        assert_eq!((overview(&store).ready, overview(&store).leased), (3, 0), "the others wait for whoever comes next");
        assert_eq!(worker.run_due(10).unwrap(), 3);
    });
}
