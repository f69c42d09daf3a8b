//! The clocks of a case: pauses, the extension, and the timers of the flow.

use cases::commands::{DeliverMessage, ExtendCase, ResumeCase, SuspendCase, WithdrawCase};
use cases::model::CaseStatus;
use cases::queries::{InboxFilter, InboxSort, due_list, inbox, organ_figures};
use clock::WorkCalendar;
use serde_json::{Map, json};
use testkit::{TestDatabase, on_both};

use crate::stage::County;
use crate::steps::*;

const TEA: &str = "ordinary-tea-shop";

/// A food permit, accepted on Monday 2026-03-02, whose review has passed: a site visit is next.
fn permit(database: TestDatabase) -> (County, String) {
    let county = County::on(database, "2026-03-02T09:00");
    let case = apply(&county, &county.sample(), FOOD, TEA).case;
    complete(&county, "window", &case, "accept", "accepted");
    complete(&county, "reviewer", &case, "review", "passed");
    (county, case)
}

fn suspend(case: &str) -> SuspendCase {
    SuspendCase { case: case.into(), reason: "inspection".into(), days_estimated: 6, seen: None }
}

fn resume(case: &str) -> ResumeCase {
    ResumeCase { case: case.into(), seen: None }
}

fn extend(case: &str, workdays: u32) -> ExtendCase {
    ExtendCase { case: case.into(), workdays, reason: "需要补充检验。".into(), seen: None }
}

/// The promised and the statutory day, as of today.
fn due(county: &County, case: &str) -> (String, String) {
    use clock::Clock;
    let (calendar, today) = (WorkCalendar::official(), clock::local_date(county.clock().now()));
    let clock = view(county, case).file.clock.unwrap();
    (clock.due(&calendar, today).0.to_string(), clock.statutory_due(&calendar, today).unwrap().to_string())
}

#[test]
fn a_pause_moves_both_clocks_and_the_step_by_the_days_that_are_not_counted() {
    on_both(|database| {
        let (county, case) = permit(database);
        let inspector = county.post("inspector", None);
        assert_eq!(due(&county, &case), ("2026-03-30".into(), "2026-03-30".into()));
        assert_eq!(open_task(&county, &case, "visit").due_on, Some(day("2026-03-09")));
        county.world.move_to("2026-03-09T09:00");
        county.world.execute(&inspector, suspend(&case));
        county.world.move_to("2026-03-17T17:00");
        county.world.execute(&inspector, resume(&case));
        // Seven working days from Monday 9 to Tuesday 17 March, and 清明 from 4 to 6 April.
        assert_eq!(due(&county, &case), ("2026-04-09".into(), "2026-04-09".into()));
        assert_eq!(view(&county, &case).file.due_on, Some(day("2026-04-09")));
        assert_eq!(open_task(&county, &case, "visit").due_on, Some(day("2026-03-18")));
    });
}

#[test]
fn a_case_can_be_paused_again_on_the_day_it_went_on() {
    on_both(|database| {
        let (county, case) = permit(database);
        let inspector = county.post("inspector", None);
        county.world.move_to("2026-03-10T09:00");
        county.world.execute(&inspector, suspend(&case));
        county.world.move_to("2026-03-12T09:00");
        county.world.execute(&inspector, resume(&case));
        county.world.execute(&inspector, suspend(&case));
        assert_eq!(refused(&county, &inspector, suspend(&case)), "case-suspended");
        county.world.execute(&inspector, resume(&case));
        assert_eq!(due(&county, &case).0, "2026-04-02", "three working days, each once");
        county.world.execute(&inspector, suspend(&case));
        county.world.move_to("2026-03-17T17:00");
        county.world.execute(&inspector, resume(&case));
        assert_eq!(due(&county, &case).0, "2026-04-08", "as one pause from 10 to 17 March");
        assert_eq!(refused(&county, &inspector, resume(&case)), "not-suspended");
    });
}

#[test]
fn while_the_clock_stands_a_case_is_not_overdue() {
    on_both(|database| {
        let (county, case) = permit(database);
        let (inspector, market) = (county.post("inspector", None), county.organs["market-supervision"].clone());
        county.world.move_to("2026-03-10T09:00");
        county.world.execute(&inspector, suspend(&case));
        assert_eq!(view(&county, &case).file.due_on, None);
        let late = day("2026-06-01");
        assert!(county.world.read(|tx| due_list(tx, &market, late, 10)).is_empty());
        let figures = county.world.read(|tx| organ_figures(tx, &market, late));
        assert_eq!((figures.open, figures.overdue), (1, 0));
        let filter = InboxFilter { sort: InboxSort::Due, ..InboxFilter::default() };
        assert_eq!(county.world.read(|tx| inbox(tx, &inspector, &filter)).rows[0].case_due_on, None);
        county.world.move_to("2026-03-17T17:00");
        county.world.execute(&inspector, resume(&case));
        assert_eq!(county.world.read(|tx| inbox(tx, &inspector, &filter)).rows[0].case_due_on, Some(day("2026-04-08")));
        assert_eq!(county.world.read(|tx| organ_figures(tx, &market, late)).overdue, 1);
    });
}

#[test]
fn what_was_missed_before_a_pause_stays_missed() {
    on_both(|database| {
        let (county, case) = permit(database);
        let market = county.organs["market-supervision"].clone();
        county.world.move_to("2026-04-01T09:00");
        county.world.execute(&county.post("inspector", None), suspend(&case));
        assert_eq!(view(&county, &case).file.due_on, Some(day("2026-03-30")));
        assert_eq!(county.world.read(|tx| organ_figures(tx, &market, day("2026-04-01"))).overdue, 1);
    });
}

#[test]
fn an_extension_moves_both_clocks_once_and_not_after_they_ran_out() {
    on_both(|database| {
        let (county, case) = permit(database);
        let head = county.post("head", None);
        assert_eq!(refused(&county, &head, extend(&case, 11)), "extension-not-allowed");
        assert_eq!(refused(&county, &head, ExtendCase { reason: " ".into(), ..extend(&case, 10) }), "reasons-missing");
        assert_eq!(county.world.execute(&head, extend(&case, 10)).outcome, day("2026-04-14"));
        assert_eq!(due(&county, &case), ("2026-04-14".into(), "2026-04-14".into()));
        assert_eq!(refused(&county, &head, extend(&case, 1)), "already-extended");
        let late = apply(&county, &county.sample(), FOOD, TEA).case;
        complete(&county, "window", &late, "accept", "accepted");
        county.world.move_to("2026-03-31T09:00");
        assert_eq!(refused(&county, &head, extend(&late, 10)), "extension-too-late");
    });
}

#[test]
fn of_two_limits_the_one_that_still_runs_is_extended() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let case = apply(&county, &county.sample(), SHOP, "ordinary").case;
        complete(&county, "window", &case, "accept", "accepted");
        assert_eq!(due(&county, &case), ("2026-03-03".into(), "2026-03-05".into()));
        county.world.move_to("2026-03-04T09:00");
        assert_eq!(county.world.execute(&county.post("head", None), extend(&case, 3)).outcome, day("2026-03-10"));
        assert_eq!(due(&county, &case), ("2026-03-03".into(), "2026-03-10".into()), "a broken promise is not mended");
    });
}

#[test]
fn how_long_a_special_procedure_takes_must_be_said() {
    on_both(|database| {
        let (county, case) = permit(database);
        let inspector = county.post("inspector", None);
        for days_estimated in [0, 366] {
            assert_eq!(refused(&county, &inspector, SuspendCase { days_estimated, ..suspend(&case) }), "days-missing");
        }
    });
}

/// A large canteen whose visit found defects: the applicant has five working days to report them mended, and the fire brigade countersigns.
fn awaiting_rectification(database: TestDatabase) -> (County, String) {
    let county = County::on(database, "2026-03-02T09:00");
    let case = apply(&county, &county.sample(), FOOD, "large-canteen-fire-countersign").case;
    complete(&county, "window", &case, "accept", "accepted");
    complete(&county, "reviewer", &case, "review", "passed");
    let found = json!({ "officers": ["陈立行", "吴清平"], "findings": "洗手池未接通。" });
    complete_with(&county, "inspector", &case, "visit", "unqualified", &found);
    assert_eq!(open_nodes(&county, &case), ["countersign"]);
    (county, case)
}

fn awaits(county: &County, case: &str) -> bool {
    view(county, case).file.instance.awaited().any(|awaited| awaited.message == "rectified")
}

#[test]
fn a_timer_of_the_flow_stands_while_the_clock_stands() {
    on_both(|database| {
        let (county, case) = awaiting_rectification(database);
        let fire = county.post("fire", Some(&county.organs["fire-rescue"]));
        move_to(&county, "2026-03-04T09:00");
        county.world.execute(&fire, suspend(&case));
        move_to(&county, "2026-03-20T09:00");
        assert!(awaits(&county, &case), "the five working days do not pass");
        assert_eq!(view(&county, &case).file.status, CaseStatus::Suspended);
        county.world.execute(&fire, resume(&case));
        // One working day had passed (3 March); four are left after Friday 20 March.
        move_to(&county, "2026-03-26T23:59");
        assert!(awaits(&county, &case));
        move_to(&county, "2026-03-27T00:00");
        assert!(!awaits(&county, &case), "the timer fired at the end of the last day");
    });
}

#[test]
fn a_timer_that_runs_out_in_the_moment_of_a_pause_fires_after_it() {
    on_both(|database| {
        let (county, case) = awaiting_rectification(database);
        let fire = county.post("fire", Some(&county.organs["fire-rescue"]));
        // The job is due and leased by a worker, but the clerk is first.
        county.world.move_to("2026-03-10T00:00");
        let now = county.world.read(|tx| tx.scalar::<i64>("select max(due_ms) from job where kind = 'case-timer'", &[]));
        let leased = county.world.store().write(move |tx| jobs::lease(tx, now, "worker", 60_000, 100)).unwrap();
        county.world.execute(&fire, suspend(&case));
        let handlers = cases::handlers(county.runner());
        for job in leased {
            if let Some((_, handler)) = handlers.iter().find(|(kind, _)| *kind == job.kind) {
                handler(&job).unwrap();
            }
            county.world.store().write(move |tx| jobs::complete(tx, &job.id)).unwrap();
        }
        assert!(awaits(&county, &case));
        move_to(&county, "2026-03-12T09:00");
        county.world.execute(&fire, resume(&case));
        run_jobs(&county);
        assert!(!awaits(&county, &case), "what had run out before the pause is not mended by it");
    });
}

#[test]
fn a_report_wins_over_the_timer_and_a_second_report_is_not_expected() {
    on_both(|database| {
        let (county, case) = awaiting_rectification(database);
        let report = || DeliverMessage { case: case.clone(), message: "rectified".into(), fields: Map::new() };
        county.world.execute(&county.sample(), report());
        assert_eq!(open_nodes(&county, &case), ["countersign", "revisit"]);
        assert_eq!(refused(&county, &county.sample(), report()), "message-unexpected");
        move_to(&county, "2026-03-20T09:00");
        assert_eq!(open_nodes(&county, &case), ["countersign", "revisit"]);
    });
}

#[test]
fn a_case_withdrawn_while_it_stands_leaves_nothing_behind() {
    on_both(|database| {
        let (county, case) = awaiting_rectification(database);
        county.world.execute(&county.post("fire", Some(&county.organs["fire-rescue"])), suspend(&case));
        county.world.execute(&county.sample(), WithdrawCase { case: case.clone(), seen: None });
        let left = county.world.read(|tx| tx.scalar::<i64>("select count(*) from job where kind like 'case-%'", &[]));
        assert_eq!((left, open_nodes(&county, &case).len()), (0, 0));
    });
}
