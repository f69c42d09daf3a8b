//! Claiming a task of one's post, and giving it back.

use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::{find_task, task_resource};
use crate::engine::Work;
use crate::events::Happened;
use crate::model::{TaskState, refusals};

/// 签收: only the claimant completes it then.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClaimTask {
    /// The task.
    pub task: String,
}

/// Gives a claimed task back to its post.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReleaseTask {
    /// The task.
    pub task: String,
}

impl Command for ClaimTask {
    type Outcome = ();
    const ACTION: &'static str = "case.claim";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        change(cx, &self.task, |task, node| Happened::TaskClaimed { task, node })
    }
}

impl Command for ReleaseTask {
    type Outcome = ();
    const ACTION: &'static str = "case.release";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        change(cx, &self.task, |task, node| Happened::TaskReleased { task, node })
    }
}

fn change(cx: &mut Cx<'_>, task: &str, event: fn(String, String) -> Happened) -> Result<(), Halt> {
    let task = find_task(cx, task)?;
    let mut work = Work::load(cx, &task.case, None)?;
    let resource = task_resource(&work, &task);
    work.cx.authorise(&resource)?;
    if task.state != TaskState::Open {
        return Err(refusals::task_not_open().into());
    }
    if task.assignee.as_ref().is_some_and(|assignee| *assignee != work.cx.actor().account) {
        return Err(refusals::task_claimed().into());
    }
    work.record(&event(task.id, task.node))?;
    work.finish().map(drop)
}
