//! The clock of a case as the wire has it.

use cases::model::CaseClock;
use clock::{Date, Light, WorkCalendar};
use serde::Serialize;
use utoipa::ToSchema;

/// The clock of a case.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseClock)]
pub(crate) struct ClockOf {
    /// The day before the first counted one.
    #[schema(value_type = String, format = Date)]
    started_on: Date,
    /// The promised day.
    #[schema(value_type = String, format = Date)]
    due_on: Date,
    /// Whether the day may still move when a holiday arrangement is published.
    provisional: bool,
    /// The statutory day.
    #[schema(value_type = Option<String>, format = Date)]
    statutory_due_on: Option<Date>,
    /// Working days left; negative when overdue. Only while the case is open.
    remaining_workdays: Option<i64>,
    /// The traffic light of an open case.
    #[schema(value_type = Option<String>)]
    light: Option<Light>,
    /// Whether it stands still.
    paused: bool,
    /// The times it stood still.
    pauses: Vec<PauseOf>,
    /// Working days of the one extension.
    extension_workdays: Option<u32>,
}

/// A time in which the clock stood still.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Pause)]
pub(crate) struct PauseOf {
    /// First day.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// Last day; `null` while it lasts.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
    /// The special procedure, 行政许可法 第四十五条.
    reason: String,
}

impl ClockOf {
    pub(crate) fn of(clock: &CaseClock, open: bool, calendar: &WorkCalendar, today: Date) -> Self {
        let (due_on, certainty) = clock.due(calendar, today);
        let promised = &clock.promised;
        Self {
            started_on: promised.started_on,
            due_on,
            provisional: certainty == clock::Certainty::Provisional,
            statutory_due_on: clock.statutory_due(calendar, today),
            remaining_workdays: open.then(|| promised.remaining(calendar, today)),
            light: open.then(|| promised.light(calendar, today)),
            paused: promised.is_paused(),
            pauses: promised.pauses.iter().map(|pause| PauseOf { from: pause.from, until: pause.until, reason: pause.reason.clone() }).collect(),
            extension_workdays: promised.extension,
        }
    }
}
