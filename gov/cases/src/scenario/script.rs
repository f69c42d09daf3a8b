//! A scenario as written.

use serde::Deserialize;
use serde_json::{Map, Value};

/// Why a scenario cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the scenario cannot be read")]
pub struct ScriptProblem(#[from] toml::de::Error);

/// A scenario.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// The rule it shows.
    pub name: String,
    /// Local time of China, `2026-03-02T09:00`.
    pub start: String,
    /// For whom; default: the sample person of the test town.
    #[serde(default)]
    pub applicant: Option<Applicant>,
    /// Answers to the guide questions.
    #[serde(default)]
    pub situation: Map<String, Value>,
    /// Answers to the form.
    #[serde(default)]
    pub answers: Map<String, Value>,
    /// Materials attached: material → file type.
    #[serde(default)]
    pub materials: Map<String, Value>,
    /// What happens, in order.
    pub step: Vec<Step>,
}

/// For whom the case is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applicant {
    /// `person`, `legal-person` or `organ`.
    #[serde(default)]
    pub kind: String,
    /// Name; of an organ, its duty.
    #[serde(default)]
    pub name: String,
    /// Identity number or 统一社会信用代码.
    #[serde(default)]
    pub id_number: String,
}

/// One step.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The verb.
    #[serde(rename = "do")]
    pub verb: String,
    /// `applicant`, `system` or a post.
    #[serde(default)]
    pub by: String,
    /// Local time; default: the same moment.
    #[serde(default)]
    pub at: Option<String>,
    /// What the verb needs.
    #[serde(default)]
    pub with: Map<String, Value>,
    /// What must be so afterwards.
    #[serde(default)]
    pub expect: Expectation,
}

/// What must be so after a step. What is not named is not looked at.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Code of the refusal; empty: none.
    #[serde(default)]
    pub refusal: String,
    /// Status of the case.
    #[serde(default)]
    pub status: Option<String>,
    /// Outcome of the case; empty: none yet.
    #[serde(default)]
    pub outcome: Option<String>,
    /// Nodes with an open task.
    #[serde(default)]
    pub tasks: Option<Vec<String>>,
    /// The promised day.
    #[serde(default)]
    pub due: Option<String>,
    /// The day of acceptance.
    #[serde(default)]
    pub accepted: Option<String>,
    /// Kinds of documents made in this step.
    #[serde(default)]
    pub documents: Option<Vec<String>>,
    /// Certificates issued in this step.
    #[serde(default)]
    pub certificates: Option<Vec<String>>,
}

impl Script {
    /// Reads a scenario.
    ///
    /// # Errors
    /// What is wrong with the TOML, and where.
    pub fn parse(text: &str) -> Result<Self, ScriptProblem> {
        Ok(toml::from_str(text)?)
    }
}
