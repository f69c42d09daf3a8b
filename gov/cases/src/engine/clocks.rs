//! Acceptance, the clock and its timers.

use clock::{Date, LegalClock, Limit};
use procedure::codes::Unit;
use runner::Halt;
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
    #[serde(default)]
    pub counting: super::timers::Counting,
}

impl Wake {
    pub fn of(case: &str) -> Self {
        Self { case: case.to_owned(), timer: 0, counting: super::timers::Counting::Exact }
    }
}

pub(crate) const JOB_TIMER: &str = "case-timer";
pub(crate) const JOB_ACCEPTANCE: &str = "case-acceptance-by-default";
pub(crate) const JOB_LAPSE: &str = "case-correction-lapse";

impl Work<'_, '_> {
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
        let (key, wake) = (self.acceptance_key(), Wake::of(&self.file.id));
        let due_ms = after(self.notice_by(received_on))?;
        self.cx.enqueue(JOB_ACCEPTANCE, &wake, Some(key), Some(due_ms))
    }

    /// The day by which a correction has to be asked for, 行政许可法 第三十二条.
    pub fn notice_by(&self, received_on: Date) -> Date {
        self.calendar.add_workdays(received_on, self.package.item.limits.correction_notice_workdays).date
    }

    /// The day on which what there is was received: the application, or its correction.
    pub fn received_on(&self) -> Result<Date, Halt> {
        let corrected = self.file.correction.as_ref().and_then(|correction| correction.answered_on);
        let submitted = clock::from_millis(self.file.submitted_ms).map(clock::local_date).map_err(Halt::fault)?;
        Ok(corrected.unwrap_or(submitted))
    }

    /// Promises to end the case when the correction is not answered in time.
    pub fn arm_lapse(&mut self, answer_by: Date) -> Result<(), Halt> {
        let (key, wake) = (self.lapse_key(), Wake::of(&self.file.id));
        self.cx.enqueue(JOB_LAPSE, &wake, Some(key), Some(after(answer_by)?))
    }
}

/// The first moment after a day, in milliseconds since 1970.
pub(super) fn after(day: Date) -> Result<i64, Halt> {
    let next = day.tomorrow().map_err(Halt::fault)?;
    Ok(clock::midnight(next).as_millisecond())
}

fn limit(duration: procedure::item::Duration) -> Limit {
    match duration.unit {
        Unit::Workday => Limit::workdays(duration.value),
        Unit::CalendarDay => Limit::calendar_days(duration.value),
        Unit::Hour => Limit::hours(duration.value),
    }
}
