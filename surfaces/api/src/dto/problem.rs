//! Problem details (RFC 9457).

use serde::Serialize;
use utoipa::ToSchema;

/// Why a request was not answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// `urn:zhengshu:problem:` and the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:zhengshu:problem:task-not-open")]
    pub(crate) kind: String,
    /// What is the matter, in the language of the request.
    pub(crate) title: String,
    /// The HTTP status.
    pub(crate) status: u16,
    /// What happened this time: the sentences of the fields, else the next step.
    pub(crate) detail: String,
    /// `urn:zhengshu:request:` and the number of the request in our log.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) instance: String,
    /// Stable, for programs.
    #[schema(example = "task-not-open")]
    pub(crate) code: String,
    /// The article of law it rests on.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) basis: String,
    /// What can be done now.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) next_step: String,
    /// What is wrong, place by place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) fields: Vec<ProblemField>,
}

/// What is wrong at one place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProblemField {
    /// Name of the field of the form, the material, or the parameter.
    pub(crate) field: String,
    /// JSON pointer into the body, where the body itself does not fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "#/items/0/target")]
    pub(crate) pointer: Option<String>,
    /// What is wrong there, in the language of the request.
    pub(crate) message: String,
}
