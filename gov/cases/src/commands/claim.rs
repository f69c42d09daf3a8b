//! Claiming a task of one's post, and giving it back.

use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::{permit, task_and_case, task_resource};
use crate::engine::Work;
use crate::events::Happened;
use crate::model::{Task, TaskState, refusals};

/// Whoever assigns tasks may also take them back.
const ASSIGN: &str = "case.assign";

/// 签收: only the claimant completes it then.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClaimTask {
    /// The task.
    pub task: String,
}

/// Gives a claimed task back to its post: the claimant, or the head of the organ when the claimant cannot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReleaseTask {
    /// The task.
    pub task: String,
}

impl Command for ClaimTask {
    type Outcome = ();
    const ACTION: &'static str = "case.claim";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let (mut work, task) = task_and_case(cx, &self.task)?;
        let resource = task_resource(&work, &task);
        permit(&mut work, Self::ACTION, &resource)?;
        if is_claimed_by_another(&work, &task) {
            return Err(refusals::task_claimed().into());
        }
        record(work, &task, Happened::TaskClaimed { task: task.id.clone(), node: task.node.clone() })
    }
}

impl Command for ReleaseTask {
    type Outcome = ();
    const ACTION: &'static str = "case.release";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let (mut work, task) = task_and_case(cx, &self.task)?;
        let resource = task_resource(&work, &task);
        let by_head = is_claimed_by_another(&work, &task) && work.cx.may(ASSIGN, &resource);
        permit(&mut work, if by_head { ASSIGN } else { Self::ACTION }, &resource)?;
        if is_claimed_by_another(&work, &task) && !by_head {
            return Err(refusals::task_claimed().into());
        }
        record(work, &task, Happened::TaskReleased { task: task.id.clone(), node: task.node.clone() })
    }
}

fn is_claimed_by_another(work: &Work<'_, '_>, task: &Task) -> bool {
    task.assignee.as_ref().is_some_and(|assignee| *assignee != work.cx.actor().account)
}

fn record(mut work: Work<'_, '_>, task: &Task, event: Happened) -> Result<(), Halt> {
    if task.state != TaskState::Open {
        return Err(refusals::task_not_open().into());
    }
    work.record(&event)?;
    work.finish().map(drop)
}
