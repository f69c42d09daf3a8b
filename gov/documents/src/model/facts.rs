use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What every template is given besides its own content; the names are those of the package specification.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseFacts {
    /// The service item.
    pub item: Item,
    /// The organ that signs.
    pub organ: Organ,
    /// The case.
    pub case: Case,
    /// The applicant.
    pub applicant: Applicant,
    /// Answers of the form, as the package's own templates need them.
    #[serde(default)]
    pub answers: Value,
}

/// The service item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Chinese name.
    pub name: String,
    /// Code of the implementation list, or the slug.
    #[serde(default)]
    pub code: String,
    /// Item type by GB/T 39046-2020 A.1; `01` is a permit (行政许可).
    #[serde(rename = "type")]
    pub item_type: String,
    /// Time limits in words.
    #[serde(default)]
    pub limits: LimitWords,
}

/// Time limits in words: `20个工作日`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitWords {
    /// 法定办结时限.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statutory: Option<String>,
    /// 承诺办结时限.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promised: Option<String>,
}

/// The organ that signs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organ {
    /// The organ's identifier; what authority and lists go by.
    #[serde(default)]
    pub id: String,
    /// Legal name.
    pub name: String,
    /// 统一社会信用代码.
    pub code: String,
    /// 机关代字 of its document numbers: `云市监`.
    pub abbreviation: String,
    /// Telephone for questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What stands under the star of the seal: `行政审批专用章`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal_purpose: Option<String>,
}

/// The case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Identifier; empty for certificates issued outside a case.
    #[serde(default)]
    pub id: String,
    /// 办件编号.
    pub number: String,
    /// Day of the application.
    pub submitted_on: Date,
    /// Day of acceptance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_on: Option<Date>,
    /// Last day of the promised limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// 查询码 for the anonymous progress query.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query_code: Option<String>,
    /// Channel of the application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
}

/// Whether a person or a body; bodies are named in full in public, persons are not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyKind {
    /// A natural person.
    #[default]
    Person,
    /// A legal person or another organisation.
    LegalPerson,
}

impl PartyKind {
    /// The name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            PartyKind::Person => "person",
            PartyKind::LegalPerson => "legal-person",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<PartyKind> {
        [PartyKind::Person, PartyKind::LegalPerson].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// The applicant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// Person or body.
    pub kind: PartyKind,
    /// Name.
    pub name: String,
    /// Identity number or 统一社会信用代码.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_number: Option<String>,
}

impl CaseFacts {
    /// Whether the item is an administrative permit (行政许可).
    pub fn is_permit(&self) -> bool {
        self.item.item_type == "01"
    }
}
