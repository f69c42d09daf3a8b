#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn official(text: &str) -> Reckoned {
    Reckoned { date: day(text), certainty: Certainty::Official }
}

fn permit() -> LegalClock {
    LegalClock::start(day("2026-03-02"), Limit::workdays(20))
}

#[test]
fn a_permit_is_due_after_twenty_working_days() {
    assert_eq!(permit().due(&WorkCalendar::official()), official("2026-03-30"));
}

#[test]
fn an_expert_review_is_not_counted() {
    let mut clock = permit();
    clock.pause(day("2026-03-10"), "专家评审").unwrap();
    clock.resume(day("2026-03-17")).unwrap();
    assert_eq!(clock.due(&WorkCalendar::official()), official("2026-04-08"));
}

#[test]
fn a_limit_is_extended_once() {
    let mut clock = permit();
    clock.extend(10).unwrap();
    assert_eq!(clock.due(&WorkCalendar::official()), official("2026-04-14"));
    assert_eq!(clock.extend(10), Err(ClockError::AlreadyExtended { days: 10 }));
    assert_eq!(permit().extend(0), Err(ClockError::ExtensionEmpty));
    assert_eq!(LegalClock::start(day("2026-03-02"), Limit::hours(2)).extend(1), Err(ClockError::ExtensionOfHours));
}

#[test]
fn several_departments_together_have_forty_five_and_fifteen() {
    let calendar = WorkCalendar::official();
    let mut clock = LegalClock::start(day("2026-03-02"), Limit::workdays(45));
    let due = clock.due(&calendar).date;
    assert_eq!(calendar.workdays_between(clock.started_on, due), 45);
    clock.extend(15).unwrap();
    assert_eq!(calendar.workdays_between(clock.started_on, clock.due(&calendar).date), 60);
}

#[test]
fn calendar_day_limits_roll_off_days_off() {
    let calendar = WorkCalendar::official();
    let penalty = LegalClock::start(day("2026-03-02"), Limit::calendar_days(90));
    assert_eq!(penalty.due(&calendar), official("2026-06-01"));
    assert_eq!(penalty.elapsed(&calendar, day("2026-03-12")), 10);
    let mut paused = penalty.clone();
    paused.pause(day("2026-03-10"), "检验").unwrap();
    paused.resume(day("2026-03-19")).unwrap();
    assert_eq!(paused.due(&calendar), official("2026-06-10"));
    assert_eq!(paused.elapsed(&calendar, day("2026-03-12")), 7);
    assert_eq!(paused.elapsed(&calendar, day("2026-03-20")), 8);
}

#[test]
fn hours_run_through_the_night_and_the_weekend() {
    let calendar = WorkCalendar::official();
    let started: Timestamp = "2026-03-06T09:30:00Z".parse().unwrap();
    let mut clock = LegalClock::start_at(started, Limit::hours(24));
    assert_eq!(clock.due(&calendar), official("2026-03-07"));
    assert_eq!(clock.due_at(&calendar, started), ("2026-03-07T09:30:00Z".parse().unwrap(), Certainty::Official));
    assert_eq!(clock.elapsed(&calendar, day("2026-03-07")), 24);
    assert_eq!(LegalClock::start_at(started, Limit::hours(2)).due(&calendar).date, day("2026-03-06"));
    clock.pause(day("2026-03-07"), "检测").unwrap();
    clock.resume(day("2026-03-08")).unwrap();
    assert_eq!(clock.due_at(&calendar, started).0, "2026-03-09T09:30:00Z".parse().unwrap());
    assert_eq!(clock.due(&calendar).date, day("2026-03-09"));
}

#[test]
fn the_last_moment_of_a_day_limit_is_the_end_of_the_due_day() {
    let (at, certainty) = permit().due_at(&WorkCalendar::official(), Timestamp::UNIX_EPOCH);
    assert_eq!((at, certainty), ("2026-03-30T16:00:00Z".parse().unwrap(), Certainty::Official));
}

#[test]
fn the_light_turns_with_the_days() {
    let calendar = WorkCalendar::official();
    let clock = permit();
    let vectors = [
        ("2026-02-27", Light::Green, 20),
        ("2026-03-02", Light::Green, 20),
        ("2026-03-23", Light::Green, 5),
        ("2026-03-24", Light::Yellow, 4),
        ("2026-03-29", Light::Yellow, 1),
        ("2026-03-30", Light::Yellow, 0),
        ("2026-03-31", Light::Red, -1),
        ("2026-04-01", Light::Red, -2),
        ("2026-04-05", Light::Red, -4),
    ];
    for (on, light, remaining) in vectors {
        assert_eq!((clock.light(&calendar, day(on)), clock.remaining(&calendar, day(on))), (light, remaining), "{on}");
    }
}

#[test]
fn short_limits_are_not_yellow_from_the_start() {
    let calendar = WorkCalendar::official();
    let one = LegalClock::start(day("2026-03-02"), Limit::workdays(1));
    assert_eq!(one.light(&calendar, day("2026-03-02")), Light::Green);
    assert_eq!(one.light(&calendar, day("2026-03-03")), Light::Yellow);
    let five = LegalClock::start(day("2026-03-02"), Limit::workdays(5));
    assert_eq!(five.light(&calendar, day("2026-03-04")), Light::Green);
    assert_eq!(five.light(&calendar, day("2026-03-05")), Light::Yellow);
}

#[test]
fn overdue_on_a_weekend_is_already_overdue() {
    let calendar = WorkCalendar::official();
    let clock = LegalClock::start(day("2026-03-02"), Limit::workdays(4));
    assert_eq!(clock.due(&calendar).date, day("2026-03-06"));
    assert_eq!(clock.light(&calendar, day("2026-03-07")), Light::Red);
    assert_eq!(clock.remaining(&calendar, day("2026-03-07")), -1);
    assert!(clock.is_overdue(&calendar, day("2026-03-07")) && !clock.is_overdue(&calendar, day("2026-03-06")));
}

#[test]
fn a_paused_clock_stands() {
    let calendar = WorkCalendar::official();
    let mut clock = permit();
    clock.pause(day("2026-03-10"), "检验").unwrap();
    assert!(clock.is_paused());
    assert_eq!(clock.light(&calendar, day("2026-03-09")), Light::Green);
    assert_eq!(clock.light(&calendar, day("2026-05-20")), Light::Paused);
    assert_eq!(clock.elapsed(&calendar, day("2026-05-20")), 5);
    assert_eq!(clock.remaining(&calendar, day("2026-05-20")), 15);
    assert_eq!(clock.due(&calendar), Reckoned { date: day("2026-03-31"), certainty: Certainty::Provisional });
    assert_eq!(clock.pause(day("2026-03-11"), "检验"), Err(ClockError::AlreadyPaused { since: day("2026-03-10") }));
    clock.resume(day("2026-03-17")).unwrap();
    assert_eq!(clock.light(&calendar, day("2026-03-17")), Light::Paused);
    assert_eq!(clock.light(&calendar, day("2026-03-18")), Light::Green);
    assert_eq!(clock.remaining(&calendar, day("2026-04-07")), 1);
}

#[test]
fn a_pause_that_comes_after_the_due_day_changes_nothing() {
    let calendar = WorkCalendar::official();
    let mut clock = permit();
    clock.pause(day("2026-04-01"), "检验").unwrap();
    assert_eq!(clock.due(&calendar), official("2026-03-30"));
    assert_eq!(clock.light(&calendar, day("2026-04-02")), Light::Red);
}

#[test]
fn pauses_are_refused_when_they_make_no_sense() {
    let mut clock = permit();
    let started_on = clock.started_on;
    assert_eq!(clock.pause(day("2026-03-01"), "检验"), Err(ClockError::PauseBeforeStart { from: day("2026-03-01"), started_on }));
    assert_eq!(clock.pause(day("2026-03-10"), " "), Err(ClockError::ReasonMissing));
    assert_eq!(clock.resume(day("2026-03-10")), Err(ClockError::NotPaused));
    clock.pause(day("2026-03-10"), "听证").unwrap();
    assert_eq!(clock.resume(day("2026-03-09")), Err(ClockError::ResumeBeforePause { from: day("2026-03-10"), until: day("2026-03-09") }));
    clock.resume(day("2026-03-10")).unwrap();
    assert_eq!(clock.resume(day("2026-03-11")), Err(ClockError::NotPaused));
    assert_eq!(clock.pause(day("2026-03-10"), "听证"), Err(ClockError::PauseOverlaps { from: day("2026-03-10"), until: day("2026-03-10") }));
    clock.pause(day("2026-03-11"), "检测").unwrap();
    for error in [ClockError::NotPaused, ClockError::ReasonMissing, ClockError::ExtensionEmpty] {
        assert!(!error.code().is_empty() && !error.zh().is_empty() && !error.to_string().is_empty());
    }
}

#[test]
fn an_unknown_year_is_flagged() {
    let clock = LegalClock::start(day("2026-12-10"), Limit::workdays(20));
    assert_eq!(clock.due(&WorkCalendar::official()).certainty, Certainty::Provisional);
}

#[test]
fn the_written_form_is_stable() {
    let pause = r#"{"from":"2026-03-10","until":null,"reason":"检验"}"#;
    let text = format!(r#"{{"started_on":"2026-03-02","limit":{{"value":20,"unit":"workday"}},"pauses":[{pause}],"extension":10}}"#);
    let clock: LegalClock = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&clock).unwrap(), text);
    let short: LegalClock = serde_json::from_str(r#"{"started_on":"2026-03-02","limit":{"value":90,"unit":"calendar-day"}}"#).unwrap();
    assert_eq!(short, LegalClock::start(day("2026-03-02"), Limit::calendar_days(90)));
    assert_eq!(serde_json::to_string(&Unit::Hour).unwrap(), r#""hour""#);
    assert_eq!(serde_json::to_string(&Light::Paused).unwrap(), r#""paused""#);
}

#[test]
fn the_ends_of_time_do_not_panic() {
    let calendar = WorkCalendar::official();
    for unit in [Unit::Workday, Unit::CalendarDay, Unit::Hour] {
        let mut clock = LegalClock::start(Date::MAX, Limit { value: u32::MAX, unit });
        clock.pauses.push(Pause { from: Date::MIN, until: Some(Date::MAX), reason: String::new() });
        clock.extension = Some(u32::MAX);
        assert!(clock.due(&calendar).date <= Date::MAX);
        let _ = (clock.light(&calendar, Date::MIN), clock.remaining(&calendar, Date::MAX), clock.due_at(&calendar, Timestamp::MAX));
    }
}

fn clock_with(pauses: &[(i64, i64)], value: u32, unit: Unit) -> LegalClock {
    let mut clock = LegalClock::start(date(2025, 1, 20), Limit { value, unit });
    let mut cursor = clock.started_on;
    for (gap, length) in pauses {
        let from = cursor.checked_add((*gap).days()).unwrap();
        cursor = from.checked_add((*length).days()).unwrap();
        clock.pause(from, "检验").unwrap();
        clock.resume(cursor).unwrap();
    }
    clock
}

fn any_unit() -> impl Strategy<Value = Unit> {
    prop_oneof![Just(Unit::Workday), Just(Unit::CalendarDay), Just(Unit::Hour)]
}

proptest! {
    #[test]
    fn pauses_never_shorten(pauses in prop::collection::vec((1_i64..40, 0_i64..40), 0..5), value in 0_u32..90, unit in any_unit()) {
        let calendar = WorkCalendar::official();
        for n in 0..pauses.len() {
            let fewer = clock_with(&pauses[..n], value, unit).due(&calendar).date;
            let more = clock_with(&pauses[..=n], value, unit).due(&calendar).date;
            prop_assert!(fewer <= more, "{fewer} > {more}");
        }
    }

    #[test]
    fn extending_never_shortens(value in 0_u32..90, days in 1_u32..40) {
        let calendar = WorkCalendar::official();
        let mut clock = clock_with(&[(5, 9)], value, Unit::Workday);
        let before = clock.due(&calendar).date;
        clock.extend(days).unwrap();
        prop_assert!(before < clock.due(&calendar).date);
    }

    #[test]
    fn elapsed_and_remaining_add_up_until_the_due_day(pauses in prop::collection::vec((1_i64..40, 0_i64..40), 0..4), value in 1_u32..90, on in 0_i64..300) {
        let calendar = WorkCalendar::official();
        let clock = clock_with(&pauses, value, Unit::Workday);
        let on = clock.started_on.checked_add(on.days()).unwrap();
        if on <= clock.due(&calendar).date {
            prop_assert_eq!(clock.elapsed(&calendar, on) + clock.remaining(&calendar, on), i64::from(value));
        } else {
            prop_assert!(clock.remaining(&calendar, on) < 0);
            prop_assert!(clock.elapsed(&calendar, on) >= i64::from(value));
        }
    }
}
