//! The clock as a formal object: a limit that runs, may be paused for lawful reasons, and may be extended once.

#[cfg(test)]
mod tests;

use crate::ClockError;
use crate::calendar::{Certainty, Reckoned, WorkCalendar};
use crate::time::{Timestamp, local_date, midnight};
use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};
use serde::{Deserialize, Serialize};

const HOURS_A_DAY: u32 = 24;
/// Yellow begins when at most a fifth of the limit is left …
const YELLOW_PARTS: i64 = 5;
/// … or at most two working days, for limits longer than that.
const YELLOW_WORKDAYS: i64 = 2;

/// In what a limit is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// 工作日
    Workday,
    /// 自然日
    CalendarDay,
    /// 小时
    Hour,
}

/// A limit set by law or promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limit {
    /// How many.
    pub value: u32,
    /// Of what.
    pub unit: Unit,
}

impl Limit {
    /// A limit in working days.
    pub const fn workdays(value: u32) -> Self {
        Self { value, unit: Unit::Workday }
    }

    /// A limit in calendar days.
    pub const fn calendar_days(value: u32) -> Self {
        Self { value, unit: Unit::CalendarDay }
    }

    /// A limit in hours.
    pub const fn hours(value: u32) -> Self {
        Self { value, unit: Unit::Hour }
    }
}

/// Days on which the clock stood.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pause {
    /// First day not counted.
    pub from: Date,
    /// Last day not counted; `None` while the pause lasts.
    pub until: Option<Date>,
    /// The lawful reason.
    pub reason: String,
}

/// The traffic light of electronic supervision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Light {
    /// In time.
    Green,
    /// A fifth of the limit or two working days are left.
    Yellow,
    /// Overdue.
    Red,
    /// The clock stands.
    Paused,
}

/// A running limit. Plain data: what it says depends on the calendar and the day it is asked about, nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LegalClock {
    /// The day of acceptance; not counted (民法典 第二百零一条).
    pub started_on: Date,
    /// The limit.
    pub limit: Limit,
    /// Pauses, oldest first; only the last may be open.
    #[serde(default)]
    pub pauses: Vec<Pause>,
    /// Days granted on top, in the unit of the limit; at most once (行政许可法 第四十二条).
    #[serde(default)]
    pub extension: Option<u32>,
}

impl LegalClock {
    /// A clock that starts on `started_on` and has neither been paused nor extended.
    pub fn start(started_on: Date, limit: Limit) -> Self {
        Self { started_on, limit, pauses: Vec::new(), extension: None }
    }

    /// The same, starting with the day of `at` in Beijing.
    pub fn start_at(at: Timestamp, limit: Limit) -> Self {
        Self::start(local_date(at), limit)
    }

    /// Stops counting from `from` on, that day included.
    pub fn pause(&mut self, from: Date, reason: impl Into<String>) -> Result<(), ClockError> {
        let reason = reason.into();
        if reason.trim().is_empty() {
            return Err(ClockError::ReasonMissing);
        }
        if from < self.started_on {
            return Err(ClockError::PauseBeforeStart { from, started_on: self.started_on });
        }
        if let Some(last) = self.pauses.last() {
            match last.until {
                None => return Err(ClockError::AlreadyPaused { since: last.from }),
                Some(until) if from <= until => return Err(ClockError::PauseOverlaps { from, until }),
                Some(_) => {}
            }
        }
        self.pauses.push(Pause { from, until: None, reason });
        Ok(())
    }

    /// Ends the open pause with `last_day`, the last day not counted; counting goes on the day after.
    pub fn resume(&mut self, last_day: Date) -> Result<(), ClockError> {
        let Some(open) = self.pauses.last_mut().filter(|pause| pause.until.is_none()) else {
            return Err(ClockError::NotPaused);
        };
        if last_day < open.from {
            return Err(ClockError::ResumeBeforePause { from: open.from, until: last_day });
        }
        open.until = Some(last_day);
        Ok(())
    }

    /// Adds `days` in the unit of the limit, once. Whether so many days are lawful is for the caller to know.
    pub fn extend(&mut self, days: u32) -> Result<(), ClockError> {
        if let Some(days) = self.extension {
            return Err(ClockError::AlreadyExtended { days });
        }
        if days == 0 {
            return Err(ClockError::ExtensionEmpty);
        }
        if self.limit.unit == Unit::Hour {
            return Err(ClockError::ExtensionOfHours);
        }
        self.extension = Some(days);
        Ok(())
    }

    /// Whether a pause is open.
    pub fn is_paused(&self) -> bool {
        self.pauses.last().is_some_and(|pause| pause.until.is_none())
    }

    /// The last day of the limit. An open pause is taken to last its first day only, so the answer is then the
    /// earliest possible one, and provisional.
    pub fn due(&self, calendar: &WorkCalendar) -> Reckoned {
        self.due_as_of(calendar, Date::MIN)
    }

    /// Like [`Self::due`], with an open pause lasting at least until `on`.
    pub fn due_as_of(&self, calendar: &WorkCalendar, on: Date) -> Reckoned {
        let pauses = self.spans(on);
        let reached = match self.limit.unit {
            Unit::Workday => self.due_in_workdays(calendar, &pauses),
            Unit::CalendarDay | Unit::Hour => self.due_in_calendar_days(calendar, &pauses),
        };
        let open = self.pauses.last().is_some_and(|pause| pause.until.is_none() && pause.from <= reached.date);
        let certainty = if open { Certainty::Provisional } else { reached.certainty };
        Reckoned { certainty, ..reached }
    }

    /// The last moment of the limit: the end of the due day, or for hours so many hours after `started_at`.
    pub fn due_at(&self, calendar: &WorkCalendar, started_at: Timestamp) -> (Timestamp, Certainty) {
        if self.limit.unit != Unit::Hour {
            let due = self.due(calendar);
            return (midnight(due.date.tomorrow().unwrap_or(Date::MAX)), due.certainty);
        }
        let paused_days = self.spans(Date::MIN).iter().map(|span| days_between(span.before, span.until)).sum::<i64>();
        let hours = i64::from(self.limit.value) + paused_days * i64::from(HOURS_A_DAY);
        let at = started_at.checked_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX);
        let certainty = if self.is_paused() { Certainty::Provisional } else { Certainty::Official };
        (at, certainty)
    }

    /// What has been used of the limit by the end of `on`, in the unit of the limit; days of pauses are not counted.
    pub fn elapsed(&self, calendar: &WorkCalendar, on: Date) -> i64 {
        match self.limit.unit {
            Unit::Workday => self.counted(on, on, |from, to| calendar.workdays_between(from, to)),
            Unit::CalendarDay => self.counted(on, on, days_between),
            Unit::Hour => self.counted(on, on, days_between) * i64::from(HOURS_A_DAY),
        }
    }

    /// Working days left after `on` up to the due day: 0 on the due day, negative when overdue (at least -1, also on
    /// a weekend after it).
    pub fn remaining(&self, calendar: &WorkCalendar, on: Date) -> i64 {
        let due = self.due_as_of(calendar, on).date;
        if on > due {
            return -calendar.workdays_between(due, on).max(1);
        }
        let count = |until: Date| self.counted(until, on, |from, to| calendar.workdays_between(from, to));
        count(due) - count(on.max(self.started_on))
    }

    /// Whether the limit has run out before `on`.
    pub fn is_overdue(&self, calendar: &WorkCalendar, on: Date) -> bool {
        on > self.due_as_of(calendar, on).date
    }

    /// The traffic light on `on`. An overdue clock is red even while paused: a pause does not mend what it came too late for.
    pub fn light(&self, calendar: &WorkCalendar, on: Date) -> Light {
        if self.is_overdue(calendar, on) {
            return Light::Red;
        }
        if self.pauses.iter().any(|pause| pause.from <= on && pause.until.is_none_or(|until| on <= until)) {
            return Light::Paused;
        }
        if self.is_nearly_due(calendar, on) { Light::Yellow } else { Light::Green }
    }

    fn is_nearly_due(&self, calendar: &WorkCalendar, on: Date) -> bool {
        let total = i64::from(self.total());
        let left = total - self.elapsed(calendar, on.max(self.started_on));
        let is_long = match self.limit.unit {
            Unit::Workday | Unit::CalendarDay => total > YELLOW_WORKDAYS,
            Unit::Hour => total > YELLOW_WORKDAYS * i64::from(HOURS_A_DAY),
        };
        left.saturating_mul(YELLOW_PARTS) <= total || (is_long && self.remaining(calendar, on) <= YELLOW_WORKDAYS)
    }

    /// The limit with its extension.
    fn total(&self) -> u32 {
        self.limit.value.saturating_add(self.extension.unwrap_or(0))
    }

    fn due_in_workdays(&self, calendar: &WorkCalendar, pauses: &[Span]) -> Reckoned {
        let mut cursor = self.started_on;
        let mut left = self.total();
        for pause in pauses {
            let run = u32::try_from(calendar.workdays_between(cursor, pause.before.max(cursor))).unwrap_or(u32::MAX);
            if left <= run {
                break;
            }
            left -= run;
            cursor = cursor.max(pause.until);
        }
        let date = calendar.add_workdays(cursor, left).date;
        Reckoned { date, certainty: calendar.certainty_between(self.started_on, date) }
    }

    /// Hours are looked at by whole days here, rounded down so that no day is promised that the hours do not reach;
    /// a limit in hours is not moved off a holiday.
    fn due_in_calendar_days(&self, calendar: &WorkCalendar, pauses: &[Span]) -> Reckoned {
        let in_hours = self.limit.unit == Unit::Hour;
        let mut cursor = self.started_on;
        let mut left = if in_hours { self.total() / HOURS_A_DAY } else { self.total() };
        for pause in pauses {
            let run = u32::try_from(days_between(cursor, pause.before.max(cursor))).unwrap_or(u32::MAX);
            if left <= run {
                break;
            }
            left -= run;
            cursor = cursor.max(pause.until);
        }
        if in_hours {
            return Reckoned { date: calendar.calendar_day_after(cursor, left), certainty: Certainty::Official };
        }
        calendar.add_calendar_days(cursor, left)
    }

    /// Counts (`started_on`, `until`] without pauses; an open pause lasts at least until `on`.
    fn counted(&self, until: Date, on: Date, count: impl Fn(Date, Date) -> i64) -> i64 {
        if until <= self.started_on {
            return 0;
        }
        let mut cursor = self.started_on;
        let mut total = 0;
        for pause in self.spans(on) {
            if pause.before >= until {
                break;
            }
            total += count(cursor, pause.before.max(cursor));
            cursor = cursor.max(pause.until);
        }
        if cursor < until { total + count(cursor, until) } else { total }
    }

    /// The pauses in order, each as (last day before it, its last day).
    fn spans(&self, open_until: Date) -> Vec<Span> {
        let mut spans: Vec<Span> = self.pauses.iter().map(|pause| Span::of(pause, open_until)).collect();
        spans.sort_by_key(|span| span.before);
        spans
    }
}

struct Span {
    before: Date,
    until: Date,
}

impl Span {
    fn of(pause: &Pause, open_until: Date) -> Self {
        let before = pause.from.checked_sub(1.day()).unwrap_or(pause.from);
        let until = pause.until.unwrap_or(open_until).max(pause.from);
        Self { before, until }
    }
}

/// Calendar days after `from` up to and including `to`.
fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / i64::from(HOURS_A_DAY)
}
