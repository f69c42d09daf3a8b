//! 登记工作人员

use super::checks::{Checks, MANAGE, NAME_CHARS_MAX, on_constraint};
use crate::events::StaffAdded;
use crate::model::organ::Staff;
use crate::model::party::{OrganId, StaffId};
use crate::store as tables;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

const LICENCE_CHARS_MAX: usize = 30;

/// Adds somebody to the staff of an organ.
#[derive(Debug, Clone, Serialize)]
pub struct AddStaff {
    /// The organ.
    pub organ: OrganId,
    /// Name.
    pub name: String,
    /// 行政执法证号
    pub officer_licence: Option<String>,
}

impl Command for AddStaff {
    type Outcome = StaffId;
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<StaffId, Halt> {
        let organ = tables::organs::find(cx.tx(), self.organ.as_str())?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&Resource { organ: Some(organ.id.to_string()), division: Some(organ.division.to_string()), ..Resource::of("staff") })?;
        let mut checks = Checks::new();
        let name = checks.text("name", &self.name, NAME_CHARS_MAX);
        let officer_licence = self.officer_licence.as_deref().map(|number| checks.text("officer_licence", number, LICENCE_CHARS_MAX));
        checks.finish()?;
        let id = StaffId::make(cx.ids());
        let staff = Staff { id: id.clone(), organ: organ.id, name, officer_licence, absence: None, version: 1 };
        cx.record(id.as_str(), &StaffAdded { staff }).map_err(|halt| on_constraint(halt, "uq_staff__officer_licence", licence_taken))?;
        Ok(id)
    }
}

fn licence_taken() -> Refusal {
    Refusal::new(
        "officer-licence-known",
        "这个执法证号已登记在另一名工作人员名下。",
        "Another member of staff already has this law-enforcement licence.",
        "请核对执法证号。",
        "Check the number of the licence.",
    )
}
