//! 定岗

use super::checks::MANAGE;
use crate::events::PostAssigned;
use crate::model::party::{PostId, StaffId};
use crate::store as tables;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

/// Gives a post to a member of staff of the same organ.
#[derive(Debug, Clone, Serialize)]
pub struct AssignPost {
    /// Who.
    pub staff: StaffId,
    /// Which post.
    pub post: PostId,
}

impl Command for AssignPost {
    type Outcome = ();
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let staff = tables::staff::find(cx.tx(), self.staff.as_str())?.ok_or_else(Refusal::not_found)?;
        let post = tables::posts::find(cx.tx(), self.post.as_str())?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&Resource { id: post.id.to_string(), organ: Some(post.organ.to_string()), ..Resource::of("post") })?;
        if staff.organ != post.organ {
            return Err(other_organ().into());
        }
        if post.requires_licence && staff.officer_licence.is_none() {
            return Err(licence_missing().into());
        }
        if tables::posts::is_assigned(cx.tx(), staff.id.as_str(), post.id.as_str())? {
            return Err(already_assigned().into());
        }
        cx.record(staff.id.as_str(), &PostAssigned { staff: staff.id.clone(), post: post.id })?;
        Ok(())
    }
}

fn other_organ() -> Refusal {
    Refusal::new(
        "post-of-another-organ",
        "这个岗位属于另一个机构，只能由本机构工作人员担任。",
        "The post belongs to another organ and is held by that organ's own staff.",
        "请选择该人员所在机构的岗位。",
        "Choose a post of the organ the person works for.",
    )
}

pub(super) fn licence_missing() -> Refusal {
    Refusal::new(
        "officer-licence-missing",
        "这个岗位须由取得行政执法资格的人员担任，该人员没有登记执法证号。",
        "The post is for officers licensed to enforce the law; no licence is recorded for this person.",
        "请先登记执法证号，或安排有执法资格的人员。",
        "Record the licence first, or choose somebody who has one.",
    )
    .under("行政处罚法 第四十二条")
}

fn already_assigned() -> Refusal {
    Refusal::new(
        "post-already-assigned",
        "该人员已经担任这个岗位。",
        "This person already holds the post.",
        "无需重复办理。",
        "There is nothing to do.",
    )
}
