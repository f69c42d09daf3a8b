//! The working-day calendar.

use axum::Json;
use axum::extract::{Path, State};
use clock::{Certainty, WorkCalendar};
use gate::App;
use gate::operation::ImportCalendar;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::body::{Asked, Once, Sent};
use crate::caller::Member;
use crate::dto::{Arrangement, CalendarDay, CalendarYear, CountQuery, CountedDay};
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
    .on(
        Operation::put("/calendar/{year}", "importCalendar")
            .is(Tag::Operation, "calendar.import", "导入一年的放假安排", "Import the arrangement of a year")
            .note(
                "按国务院办公厅通知列出放假日和调休上班日；再次导入即替换。即时生效。",
                "Days off and make-up working days by the notice of the State Council; a second import replaces the first. It counts at once.",
            )
            .once()
            .body::<Arrangement>(EXAMPLE)
            .answers::<CalendarYear>(),
        import,
    )
}

const EXAMPLE: &str = r#"{"papers":["https://www.gov.cn/"],"days":[{"name":"元旦","date":"2027-01-01","workday":false},
{"name":"元旦","date":"2027-01-03","workday":true},
{"name":"劳动节","date":"2027-05-01","workday":false},{"name":"国庆节","date":"2027-10-01","workday":false},{"name":"国庆节","date":"2027-10-04","workday":false}]}"#;

async fn import(
    State(app): State<App>,
    Member(caller): Member,
    Path(year): Path<String>,
    Once(key): Once,
    Sent(sent): Sent<Arrangement>,
) -> Result<Json<CalendarYear>, ApiError> {
    let import = sent.of_year(known_year(&year)?);
    let year = app.run(caller.actor, key, ImportCalendar { import }).await?.outcome;
    app.learn_imports().await?;
    Ok(Json(shown(&app.calendar, year)))
}

async fn count(State(app): State<App>, Asked(asked): Asked<CountQuery>) -> Json<CountedDay> {
    let counted = app.calendar.add_workdays(asked.from, asked.workdays.min(WORKDAYS_MAX));
    Json(CountedDay { date: counted.date, provisional: counted.certainty == Certainty::Provisional })
}

async fn year(State(app): State<App>, Path(year): Path<String>) -> Result<Json<CalendarYear>, ApiError> {
    Ok(Json(shown(&app.calendar, known_year(&year)?)))
}

fn known_year(text: &str) -> Result<i16, ApiError> {
    text.parse().ok().filter(|year| YEARS.contains(year)).ok_or_else(ApiError::not_found)
}

fn shown(calendar: &WorkCalendar, year: i16) -> CalendarYear {
    CalendarYear { year, official: calendar.knows(year), workdays: calendar.workdays_in_year(year), days: days(calendar, year) }
}

fn days(calendar: &WorkCalendar, year: i16) -> Vec<CalendarDay> {
    let Ok(first) = Date::new(year, 1, 1) else { return Vec::new() };
    let of_year = first.series(1.day()).take_while(|day| day.year() == year);
    let named = of_year.filter_map(|date| {
        let facts = calendar.day(date);
        facts.holiday.map(|holiday| CalendarDay { date, workday: facts.is_workday, holiday })
    });
    named.collect()
}
