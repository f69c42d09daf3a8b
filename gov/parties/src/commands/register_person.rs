//! 登记自然人

use super::checks::{Checks, MANAGE, NAME_CHARS_MAX, TEXT_CHARS_MAX, on_constraint};
use crate::events::PersonRegistered;
use crate::model::division::DivisionCode;
use crate::model::identity::IdentityNumber;
use crate::model::party::PersonId;
use crate::model::person::{Person, parse_mobile};
use crate::queries::person_by_identity_number;
use crate::sealing::PersonIndexes;
use runner::{Command, Cx, Halt, Refusal, Resource};
use seal::FieldKeys;
use serde::Serialize;

/// Registers a person. Sex and birth date follow from the identity number. Needs the service [`FieldKeys`].
#[derive(Clone, Serialize)]
pub struct RegisterPerson {
    /// 姓名
    pub name: String,
    /// 公民身份号码
    pub identity_number: String,
    /// Where the person lives: division.
    pub division: DivisionCode,
    /// Where the person lives: address.
    pub address: String,
    /// 手机号码
    pub mobile: Option<String>,
}

impl Command for RegisterPerson {
    type Outcome = PersonId;
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<PersonId, Halt> {
        cx.authorise(&Resource { division: Some(self.division.to_string()), sensitivity: 2, ..Resource::of("person") })?;
        let mut checks = Checks::new();
        let name = checks.text("name", &self.name, NAME_CHARS_MAX);
        let number = checks.parsed("identity_number", IdentityNumber::parse_on(&self.identity_number, cx.today()));
        let address = checks.text("address", &self.address, TEXT_CHARS_MAX);
        let mobile = self.mobile.as_deref().and_then(|mobile| checks.parsed("mobile", parse_mobile(mobile)));
        checks.finish()?;
        let Some(identity_number) = number else { return Err(Refusal::not_found().into()) };
        let keys = cx.service::<FieldKeys>()?;
        if person_by_identity_number(cx.tx(), &keys, &identity_number)?.is_some() {
            return Err(person_known().into());
        }
        let id = PersonId::make(cx.ids());
        let (birth, sex) = (identity_number.birth_date(), identity_number.sex());
        let person = Person { id: id.clone(), name, identity_number, birth, sex, division: self.division, address, mobile, version: 1 };
        let indexes = PersonIndexes::of(&person, &keys).map_err(Halt::fault)?;
        let sealed = person.seal(&keys, cx.entropy()).map_err(Halt::fault)?;
        cx.record(id.as_str(), &PersonRegistered { person: sealed, indexes }).map_err(|halt| on_constraint(halt, IDENTITY_TAKEN, person_known))?;
        Ok(id)
    }
}

pub(super) const IDENTITY_TAKEN: &str = "uq_person__identity_number_index";

pub(super) fn person_known() -> Refusal {
    Refusal::new(
        "person-known",
        "这个公民身份号码已经登记。",
        "A person with this identity number is already registered.",
        "请查询已有记录；如记录有误，请办理更正。",
        "Look for the record; if it is wrong, correct it.",
    )
    .under("GB 11643")
}
