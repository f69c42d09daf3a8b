//! What the passing of time does. Only the installation itself runs these.

use flow::{Input, TimerId};
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};
use serde_json::Map;

use super::complete_task::{CompleteTask, complete};
use crate::engine::Work;
use crate::model::{CaseStatus, Outcome, TaskKind, TaskState};
use crate::store;

/// A timer of the flow runs out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FireTimer {
    /// The case.
    pub case: String,
    /// The timer.
    pub timer: u32,
}

/// No notice went out within five working days: accepted as of the day of receipt, 行政许可法 第三十二条.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AcceptByDefault {
    /// The case.
    pub case: String,
}

/// The correction was not answered in time: the case ends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LapseCorrection {
    /// The case.
    pub case: String,
}

impl Command for FireTimer {
    type Outcome = bool;
    const ACTION: &'static str = "case.fire-timer";

    fn run(&self, cx: &mut Cx<'_>) -> Result<bool, Halt> {
        let mut work = system_work(cx, &self.case)?;
        let armed = work.file.instance.timers().any(|timer| timer.id == TimerId(self.timer));
        if !armed || work.file.status == CaseStatus::Closed {
            return Ok(false);
        }
        if work.days_are_not_counted() {
            let today = work.today();
            work.hold_fired_timer(TimerId(self.timer), today)?;
            return Ok(false);
        }
        work.advance(Input::FireTimer { timer: TimerId(self.timer) })?;
        work.finish()?;
        Ok(true)
    }
}

impl Command for AcceptByDefault {
    type Outcome = bool;
    const ACTION: &'static str = "case.accept-by-default";

    fn run(&self, cx: &mut Cx<'_>) -> Result<bool, Halt> {
        let mut work = system_work(cx, &self.case)?;
        if work.file.status != CaseStatus::Submitted {
            return Ok(false);
        }
        let received_on = work.received_on()?;
        if work.today() <= work.notice_by(received_on) {
            // Replayed after a correction, or the calendar has learnt of days off: the limit still runs.
            let promised = work.acceptance_key();
            work.cx.cancel_jobs(&promised)?;
            work.arm_acceptance(received_on)?;
            return Ok(false);
        }
        work.accept(received_on, true)?;
        work.acceptance_notice(true)?;
        let tasks = store::tasks::of_case(work.cx.tx(), &self.case)?;
        let open = tasks.into_iter().find(|task| task.state == TaskState::Open && task.kind == TaskKind::Accept);
        if let Some(task) = open {
            let opinion = "逾期未告知补正，自收到申请材料之日起即为受理。";
            let done = CompleteTask { task: task.id.clone(), outcome: "accepted".into(), opinion: opinion.into(), fields: Map::new(), seen: None };
            complete(&mut work, &task, &done)?;
        }
        work.finish()?;
        Ok(true)
    }
}

impl Command for LapseCorrection {
    type Outcome = bool;
    const ACTION: &'static str = "case.lapse-correction";

    fn run(&self, cx: &mut Cx<'_>) -> Result<bool, Halt> {
        let mut work = system_work(cx, &self.case)?;
        if work.file.status != CaseStatus::Correcting {
            return Ok(false);
        }
        let answer_by = work.file.correction.as_ref().map(|correction| correction.answer_by);
        if answer_by.is_some_and(|answer_by| work.today() <= answer_by) {
            return Ok(false);
        }
        work.close(Outcome::Lapsed)?;
        if work.file.instance.ended().is_none() {
            work.advance(Input::Cancel)?;
        }
        work.finish()?;
        Ok(true)
    }
}

pub(super) fn system_work<'w, 'c>(cx: &'w mut Cx<'c>, case: &str) -> Result<Work<'w, 'c>, Halt> {
    let work = Work::load(cx, case)?;
    let resource = work.resource();
    work.cx.authorise(&resource)?;
    Ok(work)
}
