//! 撤回申请

use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::loading::{after, load};
use crate::events::ResourceRecalled;
use crate::model::{Resource, ResourceId, Status, Step};

/// Takes back what is under review.
#[derive(Clone, Debug, Serialize)]
pub struct RecallResource {
    /// The resource.
    pub resource: ResourceId,
    /// The version the actor saw.
    pub seen: Option<i64>,
}

impl Command for RecallResource {
    type Outcome = Status;
    const ACTION: &'static str = "catalogue.compile";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Status, Halt> {
        let before = load(cx, &self.resource, self.seen)?;
        let status = after(before.status, Step::Recall)?;
        let event = ResourceRecalled { status, after: Resource { status, submitted_by: None, review_due_on: None, ..before } };
        cx.record(self.resource.as_str(), &event)?;
        Ok(status)
    }
}
