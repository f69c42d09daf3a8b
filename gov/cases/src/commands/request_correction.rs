//! 一次性补正告知, 行政许可法 第三十二条: once, everything, within five working days.

use clock::Date;
use i18n::{Lang, Text};
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::{bounded, open_task};
use crate::events::Happened;
use crate::model::{CaseStatus, Correction, CorrectionItem, TaskKind, refusals};

const ITEMS_MAX: usize = 50;

/// Asks the applicant to complete the application.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RequestCorrection {
    /// The acceptance task.
    pub task: String,
    /// Everything that is to be corrected.
    pub items: Vec<CorrectionItem>,
    /// The version of the case the actor saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

impl Command for RequestCorrection {
    type Outcome = Date;
    const ACTION: &'static str = "case.request-correction";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Date, Halt> {
        let (mut work, task) = open_task(cx, &self.task, self.seen, |_| Self::ACTION)?;
        if work.file.correction.is_some() {
            return Err(refusals::correction_already_requested().into());
        }
        if task.kind != TaskKind::Accept || work.file.status != CaseStatus::Submitted {
            return Err(refusals::not_in_progress().into());
        }
        if self.items.is_empty() || self.items.iter().any(|item| item.says.trim().is_empty()) {
            return Err(refusals::correction_empty().into());
        }
        if self.items.len() > ITEMS_MAX {
            return Err(refusals::text_too_long().into());
        }
        self.items.iter().try_for_each(|item| bounded(&item.target, &item.says))?;
        let asked_on = work.today();
        let days = work.package.item.limits.correction_answer_workdays;
        let answer_by = work.calendar.add_workdays(asked_on, days).date;
        work.file.correction = Some(Correction { items: self.items.clone(), asked_on, answer_by, answered_on: None });
        work.file.status = CaseStatus::Correcting;
        let acceptance = work.acceptance_key();
        work.cx.cancel_jobs(&acceptance)?;
        work.arm_lapse(answer_by)?;
        work.hold_timers()?;
        work.record(&Happened::CorrectionRequested { items: self.items.clone(), answer_by })?;
        work.correction_notice()?;
        let (zh_day, en_day) = (i18n::date(Lang::ZhHans, answer_by), i18n::date(Lang::En, answer_by));
        let zh = format!("您的“{}”（{}）需要补正，请最迟在{zh_day}补齐。", work.file.item_name.zh, work.file.number);
        let en = format!("Your case {} needs a correction by {en_day}.", work.file.number);
        work.notify(Text::new(zh, en))?;
        work.finish()?;
        Ok(answer_by)
    }
}
