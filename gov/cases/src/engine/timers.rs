//! Timers of the flow: armed, held while the days are not counted, and let go on.

use clock::{Date, Timestamp, WorkCalendar};
use flow::{Calendar, TimerId};
use runner::{Fault, Halt};
use serde::{Deserialize, Serialize};

use super::Work;
use super::clocks::{JOB_TIMER, Wake, after};
use crate::model::{CaseStatus, Pause, TaskState};
use crate::store;

const DAY_MS: i64 = 24 * 3_600 * 1_000;

/// What a timer counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Counting {
    /// Working days; over at the end of the last one.
    Workdays,
    /// Days, weeks, months or years; over at the end of the last day, or of the next working day (民法典 第二百零三条).
    Days,
    /// Hours and less; over at a moment.
    #[default]
    Exact,
}

impl Work<'_, '_> {
    pub fn timer_key(&self, timer: TimerId) -> String {
        format!("{}/timer-{}", self.file.id, timer.0)
    }

    pub fn arm_timer(&mut self, timer: TimerId, duration: &str, calendar: Calendar) -> Result<(), Halt> {
        let parsed = flow::Duration::parse(duration).ok_or_else(|| Fault::because(format!("timer duration {duration}")))?;
        let now = self.cx.now();
        let (counting, due_ms) = match (calendar, parsed.whole_days()) {
            (Calendar::Workday, Some(days)) => (Counting::Workdays, after(self.calendar.add_workdays(self.today(), days).date)?),
            _ if (parsed.hours, parsed.minutes, parsed.seconds) == (0, 0, 0) => {
                let last_day = clock::local_date(later(now, &parsed)?);
                (Counting::Days, after(self.calendar.roll_forward(last_day))?)
            }
            _ => (Counting::Exact, later(now, &parsed)?.as_millisecond()),
        };
        let wake = Wake { case: self.file.id.clone(), timer: timer.0, counting };
        let key = self.timer_key(timer);
        self.cx.enqueue(JOB_TIMER, &wake, Some(key.clone()), Some(due_ms))?;
        if self.days_are_not_counted() { self.hold(&key) } else { Ok(()) }
    }

    /// Whether a special procedure or the applicant has the case.
    pub fn days_are_not_counted(&self) -> bool {
        match self.file.status {
            CaseStatus::Correcting | CaseStatus::Suspended => true,
            CaseStatus::Submitted | CaseStatus::Accepted | CaseStatus::Closed => false,
        }
    }

    /// Holds every timer of the flow, and every question to another node.
    pub fn hold_timers(&mut self) -> Result<(), Halt> {
        let timers = self.armed().into_iter().map(|timer| self.timer_key(timer));
        let keys: Vec<String> = timers.chain(self.questions().into_iter().map(|step| self.question_key(step))).collect();
        keys.iter().try_for_each(|key| self.hold(key))
    }

    /// A timer that ran out before it could be held waits until the days are counted again, and fires then.
    pub fn hold_fired_timer(&mut self, timer: TimerId, from: Date) -> Result<(), Halt> {
        let wake = Wake { case: self.file.id.clone(), timer: timer.0, counting: Counting::Exact };
        let key = self.timer_key(timer);
        let due_ms = clock::midnight(from).as_millisecond();
        self.cx.enqueue(JOB_TIMER, &wake, Some(key.clone()), Some(due_ms))?;
        self.hold(&key)
    }

    /// Lets the timers go on, later by the days that were not counted, and the questions at once.
    pub fn release_timers(&mut self, pause: Option<Pause>) -> Result<(), Halt> {
        for timer in self.armed() {
            let key = self.timer_key(timer);
            for job in jobs::held(self.cx.tx(), &key)? {
                let counting = serde_json::from_str::<Wake>(&job.payload)?.counting;
                let due_ms = match pause {
                    Some(pause) => moved(&self.calendar, counting, job.due_ms, pause)?,
                    None => job.due_ms,
                };
                jobs::release(self.cx.tx(), &job.id, due_ms)?;
            }
        }
        for step in self.questions() {
            let (key, now_ms) = (self.question_key(step), self.cx.now_ms());
            for job in jobs::held(self.cx.tx(), &key)? {
                jobs::release(self.cx.tx(), &job.id, now_ms)?;
            }
        }
        Ok(())
    }

    /// The due days of open tasks, later by the working days that were not counted.
    pub fn moved_tasks(&mut self, pause: Option<Pause>) -> Result<Vec<(String, Date)>, Halt> {
        let Some(pause) = pause else { return Ok(Vec::new()) };
        let tasks = store::tasks::of_case(self.cx.tx(), &self.file.id)?;
        let open = tasks.into_iter().filter(|task| task.state == TaskState::Open);
        let due = open.filter_map(|task| Some((task.id, moved_workday(&self.calendar, task.due_on?, pause))));
        Ok(due.collect())
    }

    fn armed(&self) -> Vec<TimerId> {
        self.file.instance.timers().map(|timer| timer.id).collect()
    }

    pub(super) fn hold(&mut self, key: &str) -> Result<(), Halt> {
        jobs::hold(self.cx.tx(), key)?;
        Ok(())
    }
}

/// What ran out before the pause is not mended by it.
fn moved(calendar: &WorkCalendar, counting: Counting, due_ms: i64, pause: Pause) -> Result<i64, Halt> {
    let last_day = clock::local_date(clock::from_millis(due_ms - 1).map_err(Halt::fault)?);
    if last_day < pause.from {
        return Ok(due_ms);
    }
    match counting {
        Counting::Workdays => after(moved_workday(calendar, last_day, pause)),
        Counting::Days => {
            let left = u32::try_from(days_between(pause.from, last_day) + 1).unwrap_or(0);
            after(calendar.add_calendar_days(pause.last_day, left).date)
        }
        Counting::Exact => Ok(due_ms + (days_between(pause.from, pause.last_day) + 1) * DAY_MS),
    }
}

fn moved_workday(calendar: &WorkCalendar, due_on: Date, pause: Pause) -> Date {
    let before = pause.from.yesterday().unwrap_or(pause.from);
    if due_on <= before {
        return due_on;
    }
    let left = u32::try_from(calendar.workdays_between(before, due_on)).unwrap_or(0);
    calendar.add_workdays(pause.last_day, left).date
}

fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_timer_is_later_by_the_days_that_were_not_counted() {
        let calendar = WorkCalendar::official();
        let check = |counting, last_day: &str, pause: (&str, &str), expected: &str| {
            let pause = Pause { from: day(pause.0), last_day: day(pause.1) };
            let due = moved(&calendar, counting, after(day(last_day)).unwrap(), pause).unwrap();
            assert_eq!(clock::local_date(clock::from_millis(due - 1).unwrap()), day(expected), "{counting:?} {last_day} {pause:?}");
        };
        // standards.md §0: 20 working days from 2026-03-02, suspended 2026-03-10 to 03-17, end on 2026-04-08.
        check(Counting::Workdays, "2026-03-30", ("2026-03-10", "2026-03-17"), "2026-04-08");
        check(Counting::Workdays, "2026-03-09", ("2026-03-10", "2026-03-17"), "2026-03-09");
        check(Counting::Workdays, "2026-03-10", ("2026-03-10", "2026-03-10"), "2026-03-11");
        check(Counting::Days, "2026-03-12", ("2026-03-10", "2026-03-17"), "2026-03-20");
        check(Counting::Days, "2026-03-11", ("2026-03-10", "2026-04-02"), "2026-04-07");
        check(Counting::Exact, "2026-03-12", ("2026-03-10", "2026-03-11"), "2026-03-14");
    }
}
