//! 延长审批, 行政许可法 第四十二条: once, by the head of the organ, with reasons told.

use i18n::Text;
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use crate::engine::Work;
use crate::events::Happened;
use crate::model::{CaseStatus, refusals};

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
        let mut work = Work::load(cx, &self.case, self.seen)?;
        let resource = work.resource();
        work.cx.authorise(&resource)?;
        if work.file.status != CaseStatus::Accepted {
            return Err(refusals::not_in_progress().into());
        }
        if self.reason.trim().is_empty() {
            return Err(refusals::reasons_missing().into());
        }
        let max = work.package.item.limits.extension_workdays_max;
        if work.file.clock.as_ref().is_some_and(|clock| clock.promised.extension.is_some()) {
            return Err(refusals::already_extended().into());
        }
        if self.workdays == 0 || self.workdays > max {
            return Err(refusals::extension_not_allowed().into());
        }
        if let Some(clock) = work.file.clock.as_mut() {
            for clock in clock.each() {
                clock.extend(self.workdays).map_err(Halt::fault)?;
            }
        }
        let due_on = work.due_days().0;
        work.record(&Happened::CaseExtended { workdays: self.workdays, reason: self.reason.clone(), due_on })?;
        work.extension_notice(&self.reason, self.workdays, due_on)?;
        let zh = format!("您的“{}”延长办理{}个工作日，至{due_on}。理由：{}", work.file.item_name.zh, self.workdays, self.reason);
        let en = format!("Your case {} was extended by {} working days, to {due_on}.", work.file.number, self.workdays);
        work.notify(Text::new(zh, en))?;
        work.finish()?;
        Ok(due_on)
    }
}
