//! 免岗

use super::checks::MANAGE;
use crate::events::PostRelieved;
use crate::model::party::{PostId, StaffId};
use crate::store as tables;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

/// Takes a post from a member of staff.
#[derive(Debug, Clone, Serialize)]
pub struct RelievePost {
    /// Who.
    pub staff: StaffId,
    /// Which post.
    pub post: PostId,
}

impl Command for RelievePost {
    type Outcome = ();
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let post = tables::posts::find(cx.tx(), self.post.as_str())?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&Resource { id: post.id.to_string(), organ: Some(post.organ.to_string()), ..Resource::of("post") })?;
        if !tables::posts::is_assigned(cx.tx(), self.staff.as_str(), post.id.as_str())? {
            return Err(not_assigned().into());
        }
        cx.record(self.staff.as_str(), &PostRelieved { staff: self.staff.clone(), post: post.id })?;
        Ok(())
    }
}

fn not_assigned() -> Refusal {
    Refusal::new(
        "post-not-assigned",
        "该人员没有担任这个岗位。",
        "This person does not hold the post.",
        "请刷新后核对岗位安排。",
        "Reload and look at the posts again.",
    )
}
