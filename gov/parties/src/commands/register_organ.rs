//! 登记机构

use super::checks::{Checks, MANAGE, NAME_CHARS_MAX, on_constraint};
use super::organ_checks::{checked_details, duty_taken};
use crate::events::OrganRegistered;
use crate::model::division::DivisionCode;
use crate::model::organ::{Organ, OrganDetails};
use crate::model::party::OrganId;
use crate::model::unified::UnifiedCode;
use crate::store as tables;
use i18n::Text;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

/// Registers an organ with its unified code, its division and its duties.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterOrgan {
    /// 统一社会信用代码
    pub code: String,
    /// Full name.
    pub name: Text,
    /// The division it serves; must be in use today.
    pub division: DivisionCode,
    /// The organ it belongs to.
    pub parent: Option<OrganId>,
    /// Duties, address, hours, telephones.
    pub details: OrganDetails,
}

impl Command for RegisterOrgan {
    type Outcome = OrganId;
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<OrganId, Halt> {
        cx.authorise(&Resource { division: Some(self.division.to_string()), ..Resource::of("organ") })?;
        let today = cx.today();
        let division = tables::divisions::find(cx.tx(), self.division.as_str())?;
        let parent = match &self.parent {
            Some(id) => tables::organs::find(cx.tx(), id.as_str())?,
            None => None,
        };
        let mut checks = Checks::new();
        let code = checks.parsed("code", UnifiedCode::parse(&self.code));
        let name = checks.bilingual("name", &self.name, NAME_CHARS_MAX);
        let details = checked_details(&mut checks, &self.details);
        let in_force = division.is_some_and(|division| division.in_force(today));
        checks.require(in_force, "division", "该行政区划未启用或已终止", "This division is not in use");
        checks.require(self.parent.is_none() || parent.is_some(), "parent", "没有这个上级机构", "There is no such parent organ");
        checks.finish()?;
        let Some(code) = code else { return Err(Refusal::not_found().into()) };
        let id = OrganId::make(cx.ids());
        let organ = Organ { id: id.clone(), code, name, division: self.division, parent: self.parent.clone(), details, version: 1 };
        cx.record(id.as_str(), &OrganRegistered { organ }).map_err(|halt| on_constraint(duty_taken(halt), "uq_organ__code", code_taken))?;
        Ok(id)
    }
}

fn code_taken() -> Refusal {
    Refusal::new(
        "organ-known",
        "这个统一社会信用代码的机构已经登记。",
        "An organ with this unified social credit code is already registered.",
        "请查询已登记的机构；一个机构只登记一次。",
        "Look for the registered organ; an organ is registered once.",
    )
    .under("GB 32100")
}
