//! 机构更名

use super::checks::{Checks, MANAGE, NAME_CHARS_MAX, TEXT_CHARS_MAX};
use crate::events::OrganRenamed;
use crate::model::party::OrganId;
use crate::store as tables;
use i18n::Text;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

/// Gives an organ another name. What it issued under the old name keeps that name.
#[derive(Debug, Clone, Serialize)]
pub struct RenameOrgan {
    /// The organ.
    pub organ: OrganId,
    /// Its new name.
    pub name: Text,
    /// The document that ordered it (机构改革文件).
    pub basis: String,
    /// The version that was seen.
    pub seen: Option<i64>,
}

impl Command for RenameOrgan {
    type Outcome = ();
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let organ = tables::organs::find(cx.tx(), self.organ.as_str())?.ok_or_else(Refusal::not_found)?;
        let resource = Resource { id: organ.id.to_string(), organ: Some(organ.id.to_string()), ..Resource::of("organ") };
        cx.authorise(&Resource { division: Some(organ.division.to_string()), ..resource })?;
        cx.expect_version(organ.id.as_str(), self.seen)?;
        let mut checks = Checks::new();
        let name = checks.bilingual("name", &self.name, NAME_CHARS_MAX);
        let basis = checks.text("basis", &self.basis, TEXT_CHARS_MAX);
        checks.require(name != organ.name, "name", "新名称与现名称相同", "The new name is the present name");
        checks.finish()?;
        cx.record(organ.id.as_str(), &OrganRenamed { organ: organ.id.clone(), name, basis })?;
        Ok(())
    }
}
