//! Jobs are done at least once; their effect happens once.

use std::sync::Arc;

use cases::commands::FireTimer;
use cases::model::CaseStatus;
use jobs::{Job, Worker};
use runner::Actor;
use testkit::{TestDatabase, on_both};

use crate::stage::County;
use crate::steps::*;

fn submitted(database: TestDatabase) -> (County, String) {
    let county = County::on(database, "2026-03-02T09:00");
    let case = apply(&county, &county.sample(), FOOD, "ordinary-tea-shop").case;
    (county, case)
}

fn events(county: &County, case: &str) -> usize {
    view(county, case).timeline.len()
}

#[test]
fn a_worker_that_dies_after_the_commit_leaves_nothing_to_be_done_twice() {
    on_both(|database| {
        let (county, case) = submitted(database);
        county.world.move_to("2026-03-10T00:00");
        let now = {
            use clock::Clock;
            county.clock().now().as_millisecond()
        };
        let leased = county.world.store().write(move |tx| jobs::lease(tx, now, "dies", 60_000, 10)).unwrap();
        let job = leased.into_iter().find(|job| job.kind == "case-acceptance-by-default").unwrap();
        let handlers = cases::handlers(county.runner());
        let (_, handler) = handlers.iter().find(|(kind, _)| *kind == job.kind).unwrap();
        handler(&job).unwrap();
        let happened = events(&county, &case);
        // The job was not completed: its lease runs out and another worker does it again.
        county.world.move_to("2026-03-10T00:10");
        run_jobs(&county);
        handler(&job).unwrap();
        assert_eq!(view(&county, &case).file.status, CaseStatus::Accepted);
        assert_eq!((events(&county, &case), documents(&county, &case).len()), (happened, 1));
    });
}

#[test]
fn a_job_that_fails_is_tried_again_and_then_done() {
    on_both(|database| {
        let (county, case) = submitted(database);
        county.world.move_to("2026-03-10T00:00");
        let handlers: Vec<_> = cases::handlers(county.runner());
        let fails = handlers.iter().fold(Worker::new(county.world.store(), "w".into()), |worker, (kind, _)| {
            worker.with(kind, Arc::new(|_: &Job| panic!("the power failed")))
        });
        use clock::Clock;
        assert!(fails.run_due(county.clock().now().as_millisecond()).unwrap() > 0);
        assert_eq!(view(&county, &case).file.status, CaseStatus::Submitted);
        move_to(&county, "2026-03-10T00:01");
        assert_eq!(view(&county, &case).file.status, CaseStatus::Accepted);
    });
}

#[test]
fn a_timer_that_is_not_armed_does_nothing() {
    on_both(|database| {
        let (county, case) = submitted(database);
        let before = events(&county, &case);
        assert!(!county.world.execute(&Actor::system(), FireTimer { case: case.clone(), timer: 7 }).outcome);
        assert_eq!(events(&county, &case), before);
        let person = county.sample();
        assert_eq!(refused(&county, &person, FireTimer { case, timer: 7 }), "not-permitted");
    });
}
