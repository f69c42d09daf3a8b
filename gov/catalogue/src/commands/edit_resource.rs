//! 变更目录

use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::loading::{after, check, load};
use crate::events::ResourceEdited;
use crate::model::checks::Strictness;
use crate::model::{Content, Resource, ResourceId, Step};
use crate::refusals;

/// Changes a description. What is published stays visible until the change has passed review (政务数据共享条例: 目录变更).
#[derive(Clone, Debug, Serialize)]
pub struct EditResource {
    /// The resource.
    pub resource: ResourceId,
    /// The whole new description.
    pub content: Content,
    /// The version the actor saw.
    pub seen: Option<i64>,
}

impl Command for EditResource {
    type Outcome = ();
    const ACTION: &'static str = "catalogue.compile";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let before = load(cx, &self.resource, self.seen)?;
        check(&self.content, Strictness::Draft)?;
        edit(cx, before, &self.content, None)
    }
}

/// Records the change; the actor has been authorised.
pub(super) fn edit(cx: &mut Cx<'_>, before: Resource, content: &Content, imported_from: Option<&str>) -> Result<(), Halt> {
    let status = after(before.status, Step::Edit)?;
    let id = before.id.clone();
    let event = ResourceEdited {
        content: content.clone(),
        imported_from: imported_from.map(str::to_owned),
        after: Resource { status, content: content.clone(), submitted_by: None, review_due_on: None, ..before },
    };
    cx.record(id.as_str(), &event).map_err(refusals::on_constraints)?;
    Ok(())
}
