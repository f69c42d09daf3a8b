//! The working-day calendar.

use axum::Json;
use axum::extract::{Path, State};
use clock::{Certainty, WorkCalendar};
use gate::App;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::body::Asked;
use crate::dto::{CalendarDay, CalendarYear, CountQuery, CountedDay};
use crate::error::ApiError;
use crate::registry::{Api, Operation, Tag};

const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;
const WORKDAYS_MAX: u32 = 10_000;

pub(super) fn routes(api: Api) -> Api {
    let get = |path, id, zh, en| Operation::get(path, id).is(Tag::Public, "calendar.read", zh, en).public();
    api.on(
        get("/calendar/count", "countWorkdays", "从某日起数若干个工作日", "Count working days from a day")
            .query::<CountQuery>()
            .answers::<CountedDay>(),
        count,
    )
    .on(
        get("/calendar/{year}", "getCalendar", "一年的工作日历", "The working-day calendar of a year")
            .note("未公布放假安排的年份会标明（official 为 false）。", "Years whose arrangement is not published yet are marked (official is false).")
            .answers::<CalendarYear>(),
        year,
    )
}

async fn count(State(app): State<App>, Asked(asked): Asked<CountQuery>) -> Json<CountedDay> {
    let counted = app.calendar.add_workdays(asked.from, asked.workdays.min(WORKDAYS_MAX));
    Json(CountedDay { date: counted.date, provisional: counted.certainty == Certainty::Provisional })
}

async fn year(State(app): State<App>, Path(year): Path<String>) -> Result<Json<CalendarYear>, ApiError> {
    let year: i16 = year.parse().map_err(|_| ApiError::not_found())?;
    if !YEARS.contains(&year) {
        return Err(ApiError::not_found());
    }
    let official = app.calendar.knows(year);
    Ok(Json(CalendarYear { year, official, workdays: app.calendar.workdays_in_year(year), days: days(&app.calendar, year) }))
}

fn days(calendar: &WorkCalendar, year: i16) -> Vec<CalendarDay> {
    let Ok(first) = Date::new(year, 1, 1) else { return Vec::new() };
    let of_year = first.series(1.day()).take_while(|day| day.year() == year);
    let named = of_year.filter_map(|date| {
        let facts = calendar.day(date);
        facts.holiday.map(|holiday| CalendarDay { date, workday: facts.is_workday, holiday: holiday.to_owned() })
    });
    named.collect()
}
