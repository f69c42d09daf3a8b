//! 特别程序: the clock stands still for a lawful reason, 行政许可法 第四十五条.

use i18n::Text;
use procedure::codes::Code;
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::for_handler;
use crate::events::Happened;
use crate::model::{CaseStatus, refusals};

const DAYS_MAX: u32 = 365;

/// Pauses the clock.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SuspendCase {
    /// The case.
    pub case: String,
    /// One of the reasons the item lists.
    pub reason: String,
    /// How long it will take; the applicant is told in writing.
    pub days_estimated: u32,
    /// The version of the case the actor saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

/// Ends the special procedure; the clock goes on the day after.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ResumeCase {
    /// The case.
    pub case: String,
    /// The version of the case the actor saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

impl Command for SuspendCase {
    type Outcome = ();
    const ACTION: &'static str = "case.suspend";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let mut work = for_handler(cx, &self.case, self.seen, Self::ACTION)?;
        match work.file.status {
            CaseStatus::Accepted => {}
            CaseStatus::Suspended => return Err(refusals::case_suspended().into()),
            CaseStatus::Submitted | CaseStatus::Correcting | CaseStatus::Closed => return Err(refusals::not_in_progress().into()),
        }
        let allowed = work.package.item.limits.suspend_reasons.iter().find(|reason| reason.code() == self.reason).copied();
        let allowed = allowed.ok_or_else(refusals::suspend_reason_not_allowed)?;
        if !(1..=DAYS_MAX).contains(&self.days_estimated) {
            return Err(refusals::days_missing().into());
        }
        let today = work.today();
        if let Some(clock) = work.file.clock.as_mut() {
            clock.pause(today, &self.reason).map_err(Halt::fault)?;
        }
        work.file.status = CaseStatus::Suspended;
        work.hold_timers()?;
        let event = Happened::CaseSuspended { reason: self.reason.clone(), from: today, days_estimated: self.days_estimated };
        work.record(&event)?;
        let label = allowed.label();
        work.suspension_notice(&label.zh, today, self.days_estimated)?;
        let zh = format!("您的“{}”需要{}，预计{}天，这段时间不计入办理期限。", work.file.item_name.zh, label.zh, self.days_estimated);
        let en = format!("Your case {} needs {} for about {} days; the clock stands still.", work.file.number, label.en, self.days_estimated);
        work.notify(Text::new(zh, en))?;
        work.finish().map(drop)
    }
}

impl Command for ResumeCase {
    type Outcome = ();
    const ACTION: &'static str = "case.resume";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let mut work = for_handler(cx, &self.case, self.seen, Self::ACTION)?;
        if work.file.status != CaseStatus::Suspended {
            return Err(refusals::not_suspended().into());
        }
        let last_day = work.today();
        let pause = match work.file.clock.as_mut() {
            Some(clock) => clock.resume(last_day).map_err(Halt::fault)?,
            None => None,
        };
        work.file.status = CaseStatus::Accepted;
        work.release_timers(pause)?;
        let tasks = work.moved_tasks(pause)?;
        let due_on = work.file.clock.is_some().then(|| work.due_days().0);
        work.record(&Happened::CaseResumed { last_day, due_on, tasks })?;
        work.finish().map(drop)
    }
}
