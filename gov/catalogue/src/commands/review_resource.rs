//! 注册审核、发布审核

use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::loading::{after, check, load, reason};
use super::submit_resource::require_negative_entry;
use crate::events::{ResourcePublished, ResourceRefused, ResourceRegistered, ResourceReturned};
use crate::model::checks::Strictness;
use crate::model::{Resource, ResourceId, Status, Step};
use crate::{refusals, store as tables};

/// What the authority says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// 同意
    Approve,
    /// 退回修改
    Return,
    /// 不同意
    Refuse,
}

/// Decides about registration or publication. Who submitted it does not decide (policy `catalogue-four-eyes`).
#[derive(Clone, Debug, Serialize)]
pub struct ReviewResource {
    /// The resource.
    pub resource: ResourceId,
    /// The decision.
    pub verdict: Verdict,
    /// Reasons; required unless it is approved.
    pub remark: String,
    /// The version the actor saw.
    pub seen: Option<i64>,
}

impl Command for ReviewResource {
    type Outcome = Status;
    const ACTION: &'static str = "catalogue.review";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Status, Halt> {
        let before = load(cx, &self.resource, self.seen)?;
        let step = match self.verdict {
            Verdict::Approve => Step::Approve,
            Verdict::Return => Step::Return,
            Verdict::Refuse => Step::Refuse,
        };
        let status = after(before.status, step)?;
        let remark = match self.verdict {
            Verdict::Approve => self.remark.trim().to_owned(),
            Verdict::Return | Verdict::Refuse => reason("remark", &self.remark)?,
        };
        let reviewed = Resource { status, submitted_by: None, review_due_on: None, remark: remark.clone(), ..before };
        match self.verdict {
            Verdict::Approve => approve(cx, reviewed, remark)?,
            Verdict::Return => record(cx, &reviewed.id.clone(), &ResourceReturned { remark, after: reviewed })?,
            Verdict::Refuse => record(cx, &reviewed.id.clone(), &ResourceRefused { status, remark, after: reviewed })?,
        }
        Ok(status)
    }
}

fn approve(cx: &mut Cx<'_>, reviewed: Resource, remark: String) -> Result<(), Halt> {
    check(&reviewed.content, Strictness::Complete)?;
    let id = reviewed.id.clone();
    if reviewed.status != Status::Published {
        return record(cx, &id, &ResourceRegistered { remark, after: reviewed });
    }
    require_negative_entry(cx, &reviewed)?;
    let newest = tables::resources::versions(cx.tx(), id.as_str())?.first().map_or(reviewed.version, |(number, _, _)| *number);
    let published_on = cx.today();
    let after = Resource { published_version: Some(newest), published_on: Some(published_on), ..reviewed };
    record(cx, &id, &ResourcePublished { content_version: newest, published_on, remark, after })
}

fn record(cx: &mut Cx<'_>, id: &ResourceId, event: &dyn runner::RecordableEvent) -> Result<(), Halt> {
    cx.record(id.as_str(), event).map(drop).map_err(refusals::on_constraints)
}
