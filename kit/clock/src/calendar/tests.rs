#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;
use jiff::civil::date;
use proptest::prelude::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn official(date: &str) -> Reckoned {
    Reckoned { date: day(date), certainty: Certainty::Official }
}

#[test]
fn working_day_vectors() {
    let vectors: &[(&str, u32, &str)] = &[
        ("2026-02-12", 1, "2026-02-13"),
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-02-12", 20, "2026-03-18"),
        ("2026-09-18", 1, "2026-09-20"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-24", 1, "2026-09-28"),
        ("2026-09-24", 5, "2026-10-09"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 2, "2026-10-09"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-04-30", 1, "2026-05-06"),
        ("2026-04-30", 5, "2026-05-11"),
        ("2026-05-08", 1, "2026-05-09"),
        ("2026-01-02", 1, "2026-01-04"),
        ("2026-06-18", 1, "2026-06-22"),
        ("2026-01-15", 20, "2026-02-12"),
        ("2026-01-15", 40, "2026-03-18"),
        ("2025-09-26", 1, "2025-09-28"),
        ("2025-09-26", 5, "2025-10-10"),
        ("2025-09-30", 1, "2025-10-09"),
        ("2025-09-30", 20, "2025-11-04"),
        ("2025-01-24", 5, "2025-02-07"),
        ("2026-03-02", 20, "2026-03-30"),
        ("2026-03-02", 30, "2026-04-14"),
        ("2026-03-30", 10, "2026-04-14"),
        ("2026-04-29", 7, "2026-05-12"),
        ("2026-04-29", 15, "2026-05-22"),
        ("2026-04-29", 20, "2026-05-29"),
        ("2026-04-29", 40, "2026-06-29"),
        // 补正告知: five working days after receipt (行政许可法 第三十二条).
        ("2026-03-02", 5, "2026-03-09"),
    ];
    let calendar = WorkCalendar::official();
    for (start, n, expected) in vectors {
        assert_eq!(calendar.add_workdays(day(start), *n), official(expected), "{start} + {n}");
    }
}

#[test]
fn whole_years() {
    let calendar = WorkCalendar::official();
    for (year, workdays) in [(2004, 252), (2020, 249), (2024, 251), (2025, 248), (2026, 248)] {
        assert_eq!(calendar.workdays_in_year(year), workdays, "{year}");
    }
    assert_eq!(calendar.known_years(), (2004..=2026).collect::<Vec<_>>());
}

/// The arrangements of 2025 and 2026 as the notices of the State Council give them: (first, last, works).
#[test]
fn the_notices_of_2025_and_2026() {
    let ranges = [
        ("2026-01-01", "2026-01-03", false),
        ("2026-01-04", "2026-01-04", true),
        ("2026-02-15", "2026-02-23", false),
        ("2026-02-14", "2026-02-14", true),
        ("2026-02-28", "2026-02-28", true),
        ("2026-04-04", "2026-04-06", false),
        ("2026-05-01", "2026-05-05", false),
        ("2026-05-09", "2026-05-09", true),
        ("2026-06-19", "2026-06-21", false),
        ("2026-09-25", "2026-09-27", false),
        ("2026-10-01", "2026-10-07", false),
        ("2026-09-20", "2026-09-20", true),
        ("2026-10-10", "2026-10-10", true),
        ("2025-01-01", "2025-01-01", false),
        ("2025-01-28", "2025-02-04", false),
        ("2025-01-26", "2025-01-26", true),
        ("2025-02-08", "2025-02-08", true),
        ("2025-04-04", "2025-04-06", false),
        ("2025-05-01", "2025-05-05", false),
        ("2025-04-27", "2025-04-27", true),
        ("2025-05-31", "2025-06-02", false),
        ("2025-10-01", "2025-10-08", false),
        ("2025-09-28", "2025-09-28", true),
        ("2025-10-11", "2025-10-11", true),
    ];
    let calendar = WorkCalendar::official();
    for (first, last, works) in ranges {
        let mut at = day(first);
        while at <= day(last) {
            assert_eq!(calendar.is_workday(at), (works, Certainty::Official), "{at}");
            at = at.tomorrow().unwrap();
        }
    }
}

#[test]
fn notices_reach_into_the_december_before() {
    let calendar = WorkCalendar::official();
    for (text, works) in [("2006-12-30", true), ("2007-12-29", true), ("2007-12-31", false), ("2018-12-31", false), ("2011-12-31", true)] {
        assert_eq!(calendar.is_workday(day(text)), (works, Certainty::Official), "{text}");
    }
    assert_eq!(calendar.day(day("2026-02-14")).holiday.as_deref(), Some("春节"));
    assert_eq!(calendar.day(day("2026-10-01")), DayFacts { is_workday: false, certainty: Certainty::Official, holiday: Some("国庆节".to_owned()) });
    assert_eq!(calendar.day(day("2026-03-02")).holiday, None);
}

#[test]
fn calendar_day_vectors() {
    let calendar = WorkCalendar::official();
    for (start, n, plain) in [("2026-01-20", 30, "2026-02-19"), ("2026-01-20", 60, "2026-03-21"), ("2026-03-02", 90, "2026-05-31")] {
        assert_eq!(calendar.calendar_day_after(day(start), n), day(plain), "{start} + {n}");
    }
}

#[test]
fn a_calendar_day_limit_that_ends_on_a_day_off_ends_on_the_next_working_day() {
    let calendar = WorkCalendar::official();
    // 2026-02-19 lies in the Spring Festival, 2026-03-21 and 2026-05-31 are weekend days.
    for (start, n, rolled) in [("2026-01-20", 30, "2026-02-24"), ("2026-01-20", 60, "2026-03-23"), ("2026-03-02", 90, "2026-06-01")] {
        assert_eq!(calendar.add_calendar_days(day(start), n), official(rolled), "{start} + {n}");
    }
    // A make-up Saturday is a working day and stays.
    assert_eq!(calendar.add_calendar_days(day("2026-02-26"), 2), official("2026-02-28"));
}

#[test]
fn unknown_years_are_flagged_never_guessed_silently() {
    let calendar = WorkCalendar::official();
    let provisional = |date: &str| Reckoned { date: day(date), certainty: Certainty::Provisional };
    assert_eq!(calendar.add_workdays(day("2026-12-30"), 5), provisional("2027-01-06"));
    assert_eq!(calendar.is_workday(day("2027-03-01")), (true, Certainty::Provisional));
    assert_eq!(calendar.is_workday(day("2003-12-31")), (true, Certainty::Provisional));
    assert_eq!(calendar.add_workdays(day("2003-12-31"), 300).certainty, Certainty::Official);
    assert_eq!(calendar.add_workdays(day("2003-12-30"), 300).certainty, Certainty::Provisional);
    assert_eq!(calendar.add_calendar_days(day("2026-12-30"), 30).certainty, Certainty::Provisional);
    assert_eq!(WorkCalendar::weekends_only().is_workday(day("2026-10-01")), (true, Certainty::Provisional));
}

#[test]
fn the_last_days_of_the_last_known_december_may_still_move() {
    let calendar = WorkCalendar::official();
    assert_eq!(calendar.is_workday(day("2026-12-25")), (true, Certainty::Official));
    assert_eq!(calendar.is_workday(day("2026-12-31")), (true, Certainty::Provisional));
    assert_eq!(calendar.is_workday(day("2025-12-31")), (true, Certainty::Official));
}

#[test]
fn counting_across_thousands_of_years_ends() {
    let calendar = WorkCalendar::official();
    assert_eq!(calendar.add_workdays(day("2026-01-01"), u32::MAX).date, Date::MAX);
    assert_eq!(calendar.add_calendar_days(day("2026-01-01"), u32::MAX).date, Date::MAX);
    assert!(calendar.workdays_between(Date::MIN, Date::MAX) > 5_000_000);
}

fn import_2027() -> YearImport {
    let text = r#"{"$schema":"x","year":2027,"papers":["https://www.gov.cn/example"],"days":[
        {"name":"元旦","date":"2026-12-31","isOffDay":true},
        {"name":"元旦","date":"2027-01-01","isOffDay":true},
        {"name":"元旦","date":"2027-01-02","isOffDay":true},
        {"name":"元旦","date":"2027-01-03","isOffDay":false},
        {"name":"春节","date":"2027-02-08","isOffDay":true},
        {"name":"劳动节","date":"2027-05-01","isOffDay":true},
        {"name":"劳动节","date":"2027-05-03","isOffDay":true},
        {"name":"国庆节","date":"2027-10-01","isOffDay":true}]}"#;
    YearImport::from_json(text).unwrap()
}

#[test]
fn an_imported_year_becomes_official() {
    let before = WorkCalendar::official();
    let calendar = before.with_year(&import_2027()).unwrap();
    assert_eq!(calendar.is_workday(day("2026-12-31")), (false, Certainty::Official));
    assert_eq!(calendar.is_workday(day("2027-01-03")), (true, Certainty::Official));
    assert_eq!(calendar.add_workdays(day("2026-12-30"), 1), official("2027-01-03"));
    assert_eq!(before.is_workday(day("2026-12-31")).1, Certainty::Provisional);
    assert!(calendar.knows(2027));
}

#[test]
fn a_calendar_learns_and_a_clone_of_it_does_not() {
    let (calendar, imported) = (WorkCalendar::official(), WorkCalendar::official().with_year(&import_2027()).unwrap());
    let snapshot = WorkCalendar::clone(&calendar);
    assert!(calendar.learn(&imported) && !calendar.learn(&imported), "the second time it is nothing new");
    assert_eq!(calendar.add_workdays(day("2026-12-30"), 1), official("2027-01-03"));
    assert!(calendar.knows(2027) && !snapshot.knows(2027) && !WorkCalendar::official().knows(2027));
    assert!(calendar.learn(&WorkCalendar::official()) && !calendar.knows(2027), "nor does it know what was taken back");
}

#[test]
fn a_year_can_be_replaced() {
    let mut days: Vec<ImportDay> = Vec::new();
    for (month, date_) in [(1, 1), (5, 1), (10, 1)] {
        days.push(ImportDay { name: "节".into(), date: date(2026, month, date_), is_off_day: true });
    }
    let import = YearImport { year: 2026, papers: vec![], days };
    let calendar = WorkCalendar::official().with_year(&import).unwrap();
    assert_eq!(calendar.is_workday(day("2026-02-17")), (true, Certainty::Official));
    assert_eq!(calendar.is_workday(day("2025-10-01")), (false, Certainty::Official));
}

fn codes(import: &YearImport) -> Vec<&'static str> {
    WorkCalendar::official().with_year(import).unwrap_err().iter().map(CalendarProblem::code).collect()
}

#[test]
fn nonsense_is_refused_with_every_problem_at_once() {
    assert_eq!(YearImport::from_json("{}").unwrap_err().code(), "calendar-unreadable");
    assert_eq!(
        YearImport::from_json(r#"{"year":2027,"days":[{"name":"x","date":"2027-02-30","isOffDay":true}]}"#).unwrap_err().code(),
        "calendar-unreadable"
    );
    assert_eq!(codes(&YearImport { days: vec![], ..import_2027() }), ["calendar-empty"]);
    assert_eq!(codes(&YearImport { year: 1949, ..import_2027() }), ["calendar-year-out-of-range"]);
    let mut wrong = import_2027();
    wrong.days.retain(|d| d.date != day("2027-10-01"));
    wrong.days.push(ImportDay { name: " ".into(), date: day("2027-03-03"), is_off_day: false });
    wrong.days.push(ImportDay { name: "春节".into(), date: day("2027-02-08"), is_off_day: true });
    wrong.days.push(ImportDay { name: "春节".into(), date: day("2026-12-27"), is_off_day: true });
    wrong.days.push(ImportDay { name: "春节".into(), date: day("2028-01-01"), is_off_day: true });
    assert_eq!(
        codes(&wrong),
        [
            "calendar-name-missing",
            "calendar-make-up-on-weekday",
            "calendar-day-twice",
            "calendar-day-outside-year",
            "calendar-day-outside-year",
            "calendar-statutory-day-missing",
            "calendar-workdays-implausible"
        ]
    );
}

#[test]
fn a_year_of_holidays_is_refused() {
    let mut import = import_2027();
    import.days.clear();
    let mut at = date(2027, 1, 1);
    while at.year() == 2027 {
        import.days.push(ImportDay { name: "假".into(), date: at, is_off_day: true });
        at = at.tomorrow().unwrap();
    }
    assert_eq!(codes(&import), ["calendar-workdays-implausible"]);
    for _ in 0..2 {
        let again = import.days.clone();
        import.days.extend(again);
    }
    assert_eq!(codes(&import), ["calendar-too-many-days"]);
}

#[test]
fn problems_speak_both_languages() {
    for problem in WorkCalendar::official().with_year(&YearImport { days: vec![], ..import_2027() }).unwrap_err() {
        assert!(!problem.to_string().is_empty() && !problem.zh().is_empty());
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_i64..15_000).prop_map(|n| date(2000, 1, 1).checked_add(n.days()).unwrap())
}

proptest! {
    #[test]
    fn adding_then_counting_is_identity(start in any_day(), n in 0_u32..3_000) {
        let calendar = WorkCalendar::official();
        let end = calendar.add_workdays(start, n).date;
        prop_assert_eq!(calendar.workdays_between(start, end), i64::from(n));
        prop_assert!(n == 0 || calendar.is_workday(end).0);
    }

    #[test]
    fn adding_is_monotone(start in any_day(), later in 0_i64..30, n in 0_u32..300, more in 0_u32..30) {
        let calendar = WorkCalendar::official();
        let end = calendar.add_workdays(start, n).date;
        prop_assert!(end <= calendar.add_workdays(start, n + more).date);
        prop_assert!(n == 0 || end <= calendar.add_workdays(start.saturating_add(later.days()), n).date);
    }

    #[test]
    fn the_fast_count_equals_counting_day_by_day(start in any_day(), length in 0_i64..900) {
        let calendar = WorkCalendar::official();
        let end = start.saturating_add(length.days());
        let mut at = start;
        let mut count = 0;
        while at < end {
            at = at.tomorrow().unwrap();
            count += i64::from(calendar.is_workday(at).0);
        }
        prop_assert_eq!(calendar.workdays_between(start, end), count);
        prop_assert_eq!(calendar.workdays_between(end, start), -count);
    }

    #[test]
    fn calendar_limits_end_on_working_days(start in any_day(), n in 0_u32..400) {
        let calendar = WorkCalendar::official();
        let end = calendar.add_calendar_days(start, n).date;
        prop_assert!(calendar.is_workday(end).0);
        prop_assert_eq!(calendar.workdays_between(calendar.calendar_day_after(start, n), end).min(1), i64::from(end > calendar.calendar_day_after(start, n)));
    }
}
