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
        let tasks = store::tasks::of_case(work.cx.tx(), &self.case)?;
        let open = tasks.into_iter().find(|task| task.state == TaskState::Open && task.kind == TaskKind::Accept);
        let Some(task) = open else { return Ok(false) };
        let received = work.file.correction.as_ref().and_then(|correction| correction.answered_on);
        let submitted = clock::local_date(clock::from_millis(work.file.submitted_ms).map_err(Halt::fault)?);
        work.accept(received.unwrap_or(submitted), true)?;
        let opinion = "逾期未告知补正，自收到申请材料之日起即为受理。";
        let done = CompleteTask { task: task.id.clone(), outcome: "accepted".into(), opinion: opinion.into(), fields: Map::new(), seen: None };
        complete(&mut work, &task, &done)?;
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
        work.close(Outcome::Lapsed)?;
        if work.file.instance.ended().is_none() {
            work.advance(Input::Cancel)?;
        }
        work.finish()?;
        Ok(true)
    }
}

fn system_work<'w, 'c>(cx: &'w mut Cx<'c>, case: &str) -> Result<Work<'w, 'c>, Halt> {
    let work = Work::load(cx, case, None)?;
    let resource = work.resource();
    work.cx.authorise(&resource)?;
    Ok(work)
}
