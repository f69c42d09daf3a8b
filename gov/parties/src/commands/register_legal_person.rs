//! 登记法人和非法人组织

use super::checks::{Checks, MANAGE, NAME_CHARS_MAX, TEXT_CHARS_MAX, on_constraint};
use crate::events::LegalPersonRegistered;
use crate::model::division::DivisionCode;
use crate::model::party::{LegalPersonId, PersonId};
use crate::model::person::{LegalPerson, LegalPersonStatus};
use crate::model::unified::UnifiedCode;
use crate::store as tables;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

/// Registers a legal person or an organisation without legal personality under its unified code.
#[derive(Debug, Clone, Serialize)]
pub struct RegisterLegalPerson {
    /// 统一社会信用代码
    pub code: String,
    /// 名称
    pub name: String,
    /// 法定代表人、负责人或经营者: name.
    pub representative_name: String,
    /// The same as a person of the node, when known.
    pub representative: Option<PersonId>,
    /// Division of its seat.
    pub division: DivisionCode,
    /// 住所
    pub address: String,
}

impl Command for RegisterLegalPerson {
    type Outcome = LegalPersonId;
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<LegalPersonId, Halt> {
        cx.authorise(&Resource { division: Some(self.division.to_string()), ..Resource::of("legal-person") })?;
        let representative = match &self.representative {
            Some(id) => tables::persons::find(cx.tx(), id.as_str())?,
            None => None,
        };
        let mut checks = Checks::new();
        let code = checks.parsed("code", UnifiedCode::parse(&self.code));
        let name = checks.text("name", &self.name, NAME_CHARS_MAX);
        let representative_name = checks.text("representative_name", &self.representative_name, NAME_CHARS_MAX);
        let address = checks.text("address", &self.address, TEXT_CHARS_MAX);
        let known = self.representative.is_none() || representative.is_some();
        checks.require(known, "representative", "没有登记这名法定代表人", "This representative is not registered");
        checks.finish()?;
        let Some(code) = code else { return Err(Refusal::not_found().into()) };
        let id = LegalPersonId::make(cx.ids());
        let legal_person = LegalPerson {
            id: id.clone(),
            code,
            name,
            representative_name,
            representative: self.representative.clone(),
            division: self.division,
            address,
            status: LegalPersonStatus::Active,
            version: 1,
        };
        cx.record(id.as_str(), &LegalPersonRegistered { legal_person }).map_err(|halt| on_constraint(halt, "uq_legal_person__code", code_taken))?;
        Ok(id)
    }
}

fn code_taken() -> Refusal {
    Refusal::new(
        "legal-person-known",
        "这个统一社会信用代码已经登记。",
        "A legal person with this unified social credit code is already registered.",
        "请查询已有登记；统一社会信用代码一经赋予终身不变、不重复。",
        "Look for the record; a unified social credit code is given once and for ever.",
    )
    .under("GB 32100")
}
