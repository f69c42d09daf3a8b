//! 取消发布

use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::loading::{load, reason};
use crate::events::ResourceWithdrawn;
use crate::model::{Resource, ResourceId, Step};
use crate::refusals;

/// Ends the publication of a resource, with the reason. A change that is being worked on stays as it is.
#[derive(Clone, Debug, Serialize)]
pub struct WithdrawResource {
    /// The resource.
    pub resource: ResourceId,
    /// Why.
    pub reason: String,
    /// The version the actor saw.
    pub seen: Option<i64>,
}

impl Command for WithdrawResource {
    type Outcome = ();
    const ACTION: &'static str = "catalogue.withdraw";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let before = load(cx, &self.resource, self.seen)?;
        if before.published_version.is_none() {
            return Err(refusals::step_impossible(before.status).into());
        }
        let reason = reason("reason", &self.reason)?;
        let status = before.status.after(Step::Withdraw).unwrap_or(before.status);
        let after = Resource { status, published_version: None, published_on: None, remark: reason.clone(), ..before };
        cx.record(self.resource.as_str(), &ResourceWithdrawn { reason, after }).map_err(refusals::on_constraints)?;
        Ok(())
    }
}
