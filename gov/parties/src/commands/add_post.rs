//! 设置岗位

use super::checks::{Checks, MANAGE, NAME_CHARS_MAX, on_constraint};
use crate::events::PostAdded;
use crate::model::organ::Post;
use crate::model::party::{OrganId, PostId};
use crate::store as tables;
use i18n::Text;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

/// Adds a post to an organ. Its lane says which tasks of processes it gets.
#[derive(Debug, Clone, Serialize)]
pub struct AddPost {
    /// The organ.
    pub organ: OrganId,
    /// Its code, unique in the organ: `window-1`.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// The lane it works in: `window`.
    pub lane: String,
    /// Whether only officers with a law-enforcement licence may hold it.
    pub requires_licence: bool,
}

impl Command for AddPost {
    type Outcome = PostId;
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<PostId, Halt> {
        let organ = tables::organs::find(cx.tx(), self.organ.as_str())?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&Resource { organ: Some(organ.id.to_string()), division: Some(organ.division.to_string()), ..Resource::of("post") })?;
        let mut checks = Checks::new();
        let code = checks.slug("code", &self.code);
        let lane = checks.slug("lane", &self.lane);
        let name = checks.bilingual("name", &self.name, NAME_CHARS_MAX);
        checks.finish()?;
        let id = PostId::make(cx.ids());
        let post = Post { id: id.clone(), organ: organ.id, code, name, lane, requires_licence: self.requires_licence };
        cx.record(id.as_str(), &PostAdded { post }).map_err(|halt| on_constraint(halt, "uq_post__organ__code", code_taken))?;
        Ok(id)
    }
}

fn code_taken() -> Refusal {
    Refusal::new(
        "post-known",
        "本机构已有这个代码的岗位。",
        "The organ already has a post with this code.",
        "请换一个岗位代码。",
        "Choose another code.",
    )
}
