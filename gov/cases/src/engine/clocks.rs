//! Acceptance, the clock and its timers.

use clock::{Date, LegalClock, Limit, Timestamp};
use flow::{Calendar, TimerId};
use procedure::codes::Unit;
use runner::{Fault, Halt};
use serde::{Deserialize, Serialize};

use super::Work;
use crate::events::Happened;
use crate::model::{CaseClock, CaseStatus};

/// Payload of the jobs that wake a case up.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Wake {
    pub case: String,
    #[serde(default)]
    pub timer: u32,
}

pub(crate) const JOB_TIMER: &str = "case-timer";
pub(crate) const JOB_ACCEPTANCE: &str = "case-acceptance-by-default";
pub(crate) const JOB_LAPSE: &str = "case-correction-lapse";

impl Work<'_, '_> {
    pub fn timer_key(&self, timer: TimerId) -> String {
        format!("{}/timer-{}", self.file.id, timer.0)
    }

    pub fn acceptance_key(&self) -> String {
        format!("{}/acceptance", self.file.id)
    }

    pub fn lapse_key(&self) -> String {
        format!("{}/correction", self.file.id)
    }

    /// Accepts the case as of a day and starts both clocks, 行政许可法 第三十二条、第四十二条.
    pub fn accept(&mut self, accepted_on: Date, by_default: bool) -> Result<(), Halt> {
        if self.file.accepted_on.is_some() {
            return Ok(());
        }
        self.file.status = CaseStatus::Accepted;
        self.file.accepted_on = Some(accepted_on);
        self.file.accepted_by_default = by_default;
        if self.file.clock.is_none() {
            self.start_clock(accepted_on);
        }
        let acceptance = self.acceptance_key();
        self.cx.cancel_jobs(&acceptance)?;
        let (due_on, statutory_due_on) = self.due_days();
        self.record(&Happened::CaseAccepted { accepted_on, by_default, due_on, statutory_due_on })
    }

    /// Starts both clocks on a day.
    pub fn start_clock(&mut self, started_on: Date) {
        let limits = &self.package.item.limits;
        let promised = LegalClock::start(started_on, limit(limits.promised));
        let statutory = limits.statutory.as_ref().map(|statutory| LegalClock::start(started_on, limit(statutory.limit)));
        self.file.clock = Some(CaseClock { promised, statutory });
    }

    /// The promised and the statutory day as of today (the present day without a clock).
    pub fn due_days(&self) -> (Date, Option<Date>) {
        let today = self.today();
        match &self.file.clock {
            Some(clock) => (clock.due(&self.calendar, today).0, clock.statutory_due(&self.calendar, today)),
            None => (today, None),
        }
    }

    /// Promises to accept by default when no notice goes out within the limit.
    pub fn arm_acceptance(&mut self, received_on: Date) -> Result<(), Halt> {
        let rules = &self.package.item.case;
        if !rules.deemed_acceptance || rules.clock_starts == procedure::codes::ClockStarts::Submitted {
            return Ok(());
        }
        let last_day = self.calendar.add_workdays(received_on, self.package.item.limits.correction_notice_workdays).date;
        let (key, wake) = (self.acceptance_key(), Wake { case: self.file.id.clone(), timer: 0 });
        self.cx.enqueue(JOB_ACCEPTANCE, &wake, Some(key), Some(after(last_day)?))
    }

    /// Promises to end the case when the correction is not answered in time.
    pub fn arm_lapse(&mut self, answer_by: Date) -> Result<(), Halt> {
        let (key, wake) = (self.lapse_key(), Wake { case: self.file.id.clone(), timer: 0 });
        self.cx.enqueue(JOB_LAPSE, &wake, Some(key), Some(after(answer_by)?))
    }

    pub fn arm_timer(&mut self, timer: TimerId, duration: &str, calendar: Calendar) -> Result<(), Halt> {
        let parsed = flow::Duration::parse(duration).ok_or_else(|| Fault::because(format!("timer duration {duration}")))?;
        let due_ms = match (calendar, parsed.whole_days()) {
            (Calendar::Workday, Some(days)) => after(self.calendar.add_workdays(self.today(), days).date)?,
            _ => later(self.cx.now(), &parsed)?.as_millisecond(),
        };
        let wake = Wake { case: self.file.id.clone(), timer: timer.0 };
        let key = self.timer_key(timer);
        self.cx.enqueue(JOB_TIMER, &wake, Some(key), Some(due_ms))
    }
}

/// The first moment after a day, in milliseconds since 1970.
fn after(day: Date) -> Result<i64, Halt> {
    let next = day.tomorrow().map_err(Halt::fault)?;
    Ok(clock::midnight(next).as_millisecond())
}

fn later(from: Timestamp, duration: &flow::Duration) -> Result<Timestamp, Halt> {
    let span = jiff::Span::new()
        .try_years(i64::from(duration.years))
        .and_then(|span| span.try_months(i64::from(duration.months)))
        .and_then(|span| span.try_weeks(i64::from(duration.weeks)))
        .and_then(|span| span.try_days(i64::from(duration.days)))
        .and_then(|span| span.try_hours(i64::from(duration.hours)))
        .and_then(|span| span.try_minutes(i64::from(duration.minutes)))
        .and_then(|span| span.try_seconds(i64::from(duration.seconds)))
        .map_err(Halt::fault)?;
    let local = from.to_zoned(clock::zone().clone()).checked_add(span).map_err(Halt::fault)?;
    Ok(local.timestamp())
}

fn limit(duration: procedure::item::Duration) -> Limit {
    match duration.unit {
        Unit::Workday => Limit::workdays(duration.value),
        Unit::CalendarDay => Limit::calendar_days(duration.value),
        Unit::Hour => Limit::hours(duration.value),
    }
}
