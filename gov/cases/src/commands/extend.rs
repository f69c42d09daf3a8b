//! 延长审批, 行政许可法 第四十二条: once, by the head of the organ, with reasons told.

use std::sync::Arc;

use clock::ClockError;
use i18n::{Lang, Text};
use runner::{Command, Cx, Halt, Refusal};
use serde::{Deserialize, Serialize};

use super::{bounded, permit};
use crate::engine::Work;
use crate::events::Happened;
use crate::model::{CaseClock, CaseStatus, refusals};

/// Extends both limits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ExtendCase {
    /// The case.
    pub case: String,
    /// By how many working days.
    pub workdays: u32,
    /// Why; the applicant is told.
    pub reason: String,
    /// The version of the case the actor saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

impl Command for ExtendCase {
    type Outcome = clock::Date;
    const ACTION: &'static str = "case.extend";

    fn run(&self, cx: &mut Cx<'_>) -> Result<clock::Date, Halt> {
        let mut work = Work::load(cx, &self.case)?;
        let resource = work.resource();
        permit(&mut work, Self::ACTION, &resource)?;
        work.expect(self.seen)?;
        if work.file.status != CaseStatus::Accepted {
            return Err(refusals::not_in_progress().into());
        }
        if self.reason.trim().is_empty() {
            return Err(refusals::reasons_missing().into());
        }
        bounded("reason", &self.reason)?;
        let max = work.package.item.limits.extension_workdays_max;
        if work.file.clock.as_mut().is_some_and(CaseClock::is_extended) {
            return Err(refusals::already_extended().into());
        }
        if self.workdays == 0 || self.workdays > max {
            return Err(too_long(max).into());
        }
        let (calendar, today) = (Arc::clone(&work.calendar), work.today());
        let clock = work.file.clock.as_mut().ok_or_else(refusals::not_in_progress)?;
        let due_on = clock.extend(&calendar, today, self.workdays).map_err(refused)?.ok_or_else(refusals::extension_too_late)?;
        work.record(&Happened::CaseExtended { workdays: self.workdays, reason: self.reason.clone(), due_on })?;
        work.extension_notice(&self.reason, self.workdays, due_on)?;
        let (zh_day, en_day) = (i18n::date(Lang::ZhHans, due_on), i18n::date(Lang::En, due_on));
        let zh = format!("您的“{}”延长办理{}个工作日，至{zh_day}。理由：{}", work.file.item_name.zh, self.workdays, self.reason);
        let en = format!("Your case {} was extended by {} working days, to {en_day}.", work.file.number, self.workdays);
        work.notify(Text::new(zh, en))?;
        work.finish()?;
        Ok(due_on)
    }
}

/// Says how far the item lets it go.
fn too_long(max: u32) -> Refusal {
    let refusal = refusals::extension_not_allowed();
    if max == 0 {
        return refusal;
    }
    let (zh, en) = (format!("本事项可以延长1至{max}个工作日"), format!("This item can be extended by 1 to {max} working days"));
    refusal.with_field("workdays", zh, en)
}

/// A limit in hours is not extended by days.
fn refused(problem: ClockError) -> Halt {
    match problem {
        ClockError::ExtensionOfHours => refusals::extension_not_allowed().into(),
        other => Halt::fault(other),
    }
}
