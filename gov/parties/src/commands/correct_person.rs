//! 更正自然人信息

use super::checks::{Checks, MANAGE, NAME_CHARS_MAX, TEXT_CHARS_MAX, on_constraint};
use super::register_person::{IDENTITY_TAKEN, person_known};
use crate::events::PersonCorrected;
use crate::model::division::DivisionCode;
use crate::model::identity::IdentityNumber;
use crate::model::party::PersonId;
use crate::model::person::{Person, parse_mobile};
use crate::queries::person_by_identity_number;
use crate::sealing::PersonIndexes;
use crate::store as tables;
use clock::Date;
use runner::{Command, Cx, Halt, Refusal, Resource};
use seal::FieldKeys;
use serde::Serialize;

/// Corrects a person's record (个人信息保护法 第四十六条). What is `None` stays. Needs the service [`FieldKeys`].
#[derive(Clone, Serialize)]
pub struct CorrectPerson {
    /// The person.
    pub person: PersonId,
    /// 姓名
    pub name: Option<String>,
    /// 公民身份号码
    pub identity_number: Option<String>,
    /// Division of residence.
    pub division: Option<DivisionCode>,
    /// Address of residence.
    pub address: Option<String>,
    /// 手机号码; an empty text takes it away.
    pub mobile: Option<String>,
    /// Why, and on what evidence.
    pub reason: String,
    /// The version that was seen.
    pub seen: Option<i64>,
}

impl Command for CorrectPerson {
    type Outcome = ();
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let sealed = tables::persons::find(cx.tx(), self.person.as_str())?.ok_or_else(Refusal::not_found)?;
        let resource = Resource { id: sealed.id.to_string(), party: Some(sealed.id.to_string()), ..Resource::of("person") };
        cx.authorise(&Resource { division: Some(sealed.division.to_string()), sensitivity: 2, ..resource })?;
        cx.expect_version(sealed.id.as_str(), self.seen)?;
        let keys = cx.service::<FieldKeys>()?;
        let before = sealed.open(&keys, &tracker::in_process("a person is corrected")).map_err(Halt::fault)?;
        let mut checks = Checks::new();
        let after = self.applied(&before, cx.today(), &mut checks);
        let reason = checks.text("reason", &self.reason, TEXT_CHARS_MAX);
        checks.finish()?;
        let fields = changed_fields(&before, &after);
        if fields.is_empty() {
            return Err(nothing_changed().into());
        }
        let holder = person_by_identity_number(cx.tx(), &keys, &after.identity_number)?;
        if holder.is_some_and(|holder| holder.id != after.id) {
            return Err(person_known().into());
        }
        let indexes = PersonIndexes::of(&after, &keys).map_err(Halt::fault)?;
        let person = after.seal(&keys, cx.entropy()).map_err(Halt::fault)?;
        let event = PersonCorrected { person, indexes, fields, reason };
        cx.record(after.id.as_str(), &event).map_err(|halt| on_constraint(halt, IDENTITY_TAKEN, person_known))?;
        Ok(())
    }
}

impl CorrectPerson {
    fn applied(&self, before: &Person, today: Date, checks: &mut Checks) -> Person {
        let mut after = before.clone();
        if let Some(name) = &self.name {
            after.name = checks.text("name", name, NAME_CHARS_MAX);
        }
        if let Some(address) = &self.address {
            after.address = checks.text("address", address, TEXT_CHARS_MAX);
        }
        if let Some(division) = self.division {
            after.division = division;
        }
        if let Some(mobile) = &self.mobile {
            after.mobile = if mobile.trim().is_empty() { None } else { checks.parsed("mobile", parse_mobile(mobile)) };
        }
        let number = self.identity_number.as_deref().map(|number| IdentityNumber::parse_on(number, today));
        if let Some(number) = number.and_then(|answer| checks.parsed("identity_number", answer)) {
            after.birth = number.birth_date();
            after.sex = number.sex();
            after.identity_number = number;
        }
        after
    }
}

fn changed_fields(before: &Person, after: &Person) -> Vec<&'static str> {
    let changes = [
        ("name", before.name != after.name),
        ("identity_number", before.identity_number != after.identity_number),
        ("division", before.division != after.division),
        ("address", before.address != after.address),
        ("mobile", before.mobile != after.mobile),
    ];
    changes.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field).collect()
}

fn nothing_changed() -> Refusal {
    Refusal::new(
        "nothing-changed",
        "填写的内容与现有记录完全相同，没有需要更正的地方。",
        "What was given equals the record; there is nothing to correct.",
        "请核对要更正的项目。",
        "Look again at what is to be corrected.",
    )
    .under("个人信息保护法 第四十六条")
}
