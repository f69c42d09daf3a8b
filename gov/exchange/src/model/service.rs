//! Members' subsystems, their keys and services.

use i18n::Text;
use registers::{Declaration, FieldKind};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::identifier::{ServiceId, SubsystemId};

/// State of a subsystem or service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Takes part.
    Active,
    /// Does not, until it is resumed.
    Suspended,
}

impl Standing {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
        }
    }

    /// The state with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Active, Self::Suspended].into_iter().find(|state| state.as_str() == code)
    }
}

/// A member's subsystem in the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its identifier.
    pub id: SubsystemId,
    /// Its name.
    pub name: Text,
    /// Organ of this node that runs it; `None` for one of another node.
    pub organ: Option<String>,
    /// Address of the node that answers for it, `https://…`; empty for this node.
    pub address: String,
    /// Whether it may sign with Ed25519 instead of SM2.
    pub ed25519_allowed: bool,
    /// State.
    pub standing: Standing,
}

/// A key of a subsystem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberKey {
    /// Identifier, see [`super::envelope::key_id`].
    pub id: String,
    /// Whose.
    pub subsystem: SubsystemId,
    /// PEM of the public key.
    pub pem: String,
    /// From when, in milliseconds since 1970.
    pub from_ms: i64,
    /// Until when.
    pub until_ms: i64,
    /// Since when it is revoked.
    pub revoked_ms: Option<i64>,
}

impl MemberKey {
    /// Whether a message may be signed with it at a moment.
    #[must_use]
    pub fn valid_at(&self, at_ms: i64) -> bool {
        self.from_ms <= at_ms && at_ms < self.until_ms && self.revoked_ms.is_none_or(|revoked_ms| at_ms < revoked_ms)
    }
}

/// Type of a field's values, as an answer must have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldType {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A day, `2026-03-02`.
    Date,
    /// True or false.
    Boolean,
}

impl FieldType {
    /// Whether a value is of this type; no value at all is of every type.
    #[must_use]
    pub fn fits(self, value: &Value) -> bool {
        match (self, value) {
            (_, Value::Null) | (Self::Text, Value::String(_)) | (Self::Number, Value::Number(_)) | (Self::Boolean, Value::Bool(_)) => true,
            (Self::Integer, Value::Number(number)) => number.is_i64(),
            (Self::Date, Value::String(text)) => text.parse::<clock::Date>().is_ok(),
            _ => false,
        }
    }

    /// Its JSON Schema.
    #[must_use]
    pub fn schema(self) -> Value {
        match self {
            Self::Text => serde_json::json!({"type": "string"}),
            Self::Integer => serde_json::json!({"type": "integer"}),
            Self::Number => serde_json::json!({"type": "number"}),
            Self::Date => serde_json::json!({"type": "string", "format": "date"}),
            Self::Boolean => serde_json::json!({"type": "boolean"}),
        }
    }

    /// The type that such a schema describes.
    #[must_use]
    pub fn of_schema(schema: &Value) -> Self {
        match (schema["type"].as_str(), schema["format"].as_str()) {
            (Some("integer"), _) => Self::Integer,
            (Some("number"), _) => Self::Number,
            (Some("boolean"), _) => Self::Boolean,
            (_, Some("date")) => Self::Date,
            (_, _) => Self::Text,
        }
    }
}

/// A field of a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceField {
    /// Name, as in the register.
    pub name: String,
    /// In words.
    pub title: Text,
    /// Type of its values.
    #[serde(rename = "type")]
    pub kind: FieldType,
}

/// The fields of a register, as a service that stands on it gives them.
#[must_use]
pub fn service_fields(declaration: &Declaration) -> Vec<ServiceField> {
    let kind = |kind| match kind {
        FieldKind::Integer | FieldKind::AmountFen => FieldType::Integer,
        FieldKind::Boolean => FieldType::Boolean,
        FieldKind::Date => FieldType::Date,
        // A decimal number is kept as it is written.
        FieldKind::Decimal
        | FieldKind::Text
        | FieldKind::IdentityNumber
        | FieldKind::UnifiedCode
        | FieldKind::PartyNumber
        | FieldKind::Mobile
        | FieldKind::Division
        | FieldKind::Code => FieldType::Text,
    };
    let field = |field: &registers::Field| ServiceField { name: field.name.clone(), title: field.title.clone(), kind: kind(field.kind) };
    declaration.fields.iter().map(field).collect()
}

/// A service of a subsystem of this node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Its identifier.
    pub id: ServiceId,
    /// Its name.
    pub title: Text,
    /// Slug of the register behind it.
    pub register: String,
    /// Endpoints that are open.
    pub endpoints: Vec<String>,
    /// Fields it can give, or takes.
    pub fields: Vec<ServiceField>,
    /// Of a service that takes batches: the field with the identity number or unified code of whom a row is about. `None` where rows are about nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Largest body of a request, in bytes.
    pub body_bytes_max: u32,
    /// Days for which bodies stay in the message log.
    pub kept_days: u32,
    /// State.
    pub standing: Standing,
}

impl Service {
    /// A field by name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&ServiceField> {
        self.fields.iter().find(|field| field.name == name)
    }
}
