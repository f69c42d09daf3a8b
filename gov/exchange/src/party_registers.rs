//! The registers of persons and legal persons that every node has, as a provider: `population` and `legal-persons`, by key.

use std::collections::BTreeMap;

use i18n::Text;
use parties::{IdentityNumber, LegalPerson, Person, Sex, UnifiedCode};
use runner::{Cx, Halt};
use seal::FieldKeys;
use serde_json::{Value, json};
use tracker::{Reading, Source, SourceKind};

use crate::model::code::Code;
use crate::model::question::Question;
use crate::model::rights::{Call, Found, Provider};
use crate::model::service::{FieldType, ServiceField};

/// Slug of the register of persons.
pub const POPULATION: &str = "population";
/// Slug of the register of legal persons.
pub const LEGAL_PERSONS: &str = "legal-persons";

type Record = BTreeMap<String, Value>;

/// Persons and legal persons of this node.
#[derive(Clone, Copy, Debug, Default)]
pub struct PartyRegisters;

impl PartyRegisters {
    /// Fields of a register, for the description of a service; none for another one.
    #[must_use]
    pub fn fields(register: &str) -> Vec<ServiceField> {
        let fields: &[(&str, &str, &str, FieldType)] = match register {
            POPULATION => &[
                ("id_number", "公民身份号码", "Identity number", FieldType::Text),
                ("name", "姓名", "Name", FieldType::Text),
                ("birth_date", "出生日期", "Date of birth", FieldType::Date),
                ("sex", "性别", "Sex", FieldType::Text),
                ("division", "所在区划", "Division", FieldType::Text),
                ("address", "住址", "Address", FieldType::Text),
                ("mobile", "手机号码", "Mobile number", FieldType::Text),
            ],
            LEGAL_PERSONS => &[
                ("code", "统一社会信用代码", "Unified code", FieldType::Text),
                ("name", "名称", "Name", FieldType::Text),
                ("representative", "法定代表人", "Legal representative", FieldType::Text),
                ("division", "所在区划", "Division", FieldType::Text),
                ("address", "住所", "Address", FieldType::Text),
                ("status", "登记状态", "Status", FieldType::Text),
            ],
            _ => &[],
        };
        let field =
            |(name, zh, en, kind): &(&str, &str, &str, FieldType)| ServiceField { name: (*name).to_owned(), title: Text::new(*zh, *en), kind: *kind };
        fields.iter().map(field).collect()
    }

    /// The reading is recorded before the record is opened, also when there is none: asking is telling.
    fn look(cx: &mut Cx<'_>, call: &Call<'_>, key: &str) -> Result<Option<Record>, Halt> {
        let keys = cx.service::<FieldKeys>()?;
        let (permit, question) = (call.permit, call.question);
        let reading = Reading {
            subject: key,
            source: Source { kind: SourceKind::Register, name: call.service.register.clone(), title: call.service.title.clone() },
            fields: question.fields().into_iter().collect(),
            manner: call.manner,
            organ: Some(call.organ.to_owned()),
            purpose: permit.purpose.clone(),
            basis: permit.basis.clone(),
            case: permit.case.clone(),
            grant: Some(permit.grant.clone()),
            message: Some(call.message.to_owned()),
            secret_until: permit.secret_until.clone(),
        };
        let trace = tracker::record(cx, &keys, reading)?;
        match call.service.register.as_str() {
            POPULATION => {
                let Ok(number) = IdentityNumber::parse(key) else { return Ok(None) };
                let found = parties::person_by_identity_number(cx.tx(), &keys, &number)?;
                found.map(|sealed| sealed.open(&keys, &trace).map(|person| of_person(&person)).map_err(Halt::fault)).transpose()
            }
            LEGAL_PERSONS => {
                let Ok(code) = UnifiedCode::parse(key) else { return Ok(None) };
                Ok(parties::legal_person_by_code(cx.tx(), &code)?.as_ref().map(of_legal_person))
            }
            _ => Err(Code::ServiceUnknown.into()),
        }
    }
}

impl Provider for PartyRegisters {
    fn answer(&self, cx: &mut Cx<'_>, call: &Call<'_>) -> Result<Found, Halt> {
        match call.question {
            Question::Read { key, .. } => Ok(Found::Rows(Self::look(cx, call, key)?.into_iter().collect())),
            Question::Verify { key, claims } => {
                let record = Self::look(cx, call, key)?;
                let agrees =
                    |field: &String, claimed: &Value| record.as_ref().and_then(|record| record.get(field)).is_some_and(|value| same(value, claimed));
                let holds = claims.iter().map(|(field, claimed)| (field.clone(), agrees(field, claimed))).collect();
                Ok(Found::Matches { known: record.is_some(), holds, row: record.unwrap_or_default() })
            }
            Question::Search { .. } | Question::Aggregate { .. } => Err(Code::ServiceUnknown.into()),
        }
    }
}

/// Texts agree whatever their width, spaces and capitals.
fn same(value: &Value, claimed: &Value) -> bool {
    match (value.as_str(), claimed.as_str()) {
        (Some(value), Some(claimed)) => !value.is_empty() && seal::normalised(value) == seal::normalised(claimed),
        _ => !value.is_null() && value == claimed,
    }
}

fn of_person(person: &Person) -> Record {
    let sex = match person.sex {
        Sex::Male => "male",
        Sex::Female => "female",
    };
    let fields = [
        ("id_number", json!(person.identity_number.as_str())),
        ("name", json!(person.name)),
        ("birth_date", json!(person.birth.to_string())),
        ("sex", json!(sex)),
        ("division", json!(person.division.as_str())),
        ("address", json!(person.address)),
        ("mobile", json!(person.mobile)),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn of_legal_person(legal_person: &LegalPerson) -> Record {
    let fields = [
        ("code", json!(legal_person.code.as_str())),
        ("name", json!(legal_person.name)),
        ("representative", json!(legal_person.representative_name)),
        ("division", json!(legal_person.division.as_str())),
        ("address", json!(legal_person.address)),
        ("status", json!(legal_person.status.as_str())),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
