//! Applications being filled in, and their materials.

use cases::MaterialFile;
use cases::queries::{Given, HeldRecord};
use clock::Date;
use i18n::Text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use super::{At, Words};

/// A draft to be started.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDraft {
    /// The item.
    pub(crate) slug: String,
    /// Answers to the guide questions.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) situation: Map<String, Value>,
    /// Answers to begin with; they stand in place of what is filled in.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) answers: Map<String, Value>,
}

/// What of a draft is to be changed; what is not named stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftPatch {
    /// Answers to guide questions to be set.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) situation: Map<String, Value>,
    /// Answers to be set; `null` removes one.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub(crate) answers: Map<String, Value>,
    /// The page the person is on.
    #[serde(default)]
    pub(crate) page: String,
    /// The version seen, in place of `If-Match`.
    #[serde(default)]
    pub(crate) seen: Option<i64>,
}

/// A draft that was started or saved.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SavedDraft {
    /// The draft.
    pub(crate) id: String,
    /// Its version, for `If-Match`.
    pub(crate) version: i64,
}

/// Drafts of the account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Drafts {
    /// The newest first.
    pub(crate) drafts: Vec<DraftSummary>,
}

/// A draft in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftSummary {
    /// The draft.
    pub(crate) id: String,
    /// The item.
    pub(crate) slug: String,
    /// Name of the item, while it is in force.
    #[schema(value_type = Option<Words>)]
    pub(crate) item_name: Option<Text>,
    /// The party for whom.
    pub(crate) party: String,
    /// The page last looked at.
    pub(crate) page: String,
    /// Version.
    pub(crate) version: i64,
    /// When it was saved.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) updated_at: At,
}

/// A draft as it stands: what it holds, what is wrong with it, what is still needed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftDetail {
    #[serde(flatten)]
    pub(crate) summary: DraftSummary,
    /// Answers to the guide questions.
    #[schema(value_type = Object)]
    pub(crate) situation: Map<String, Value>,
    /// Answers to the form, as filled in or entered.
    #[schema(value_type = Object)]
    pub(crate) answers: Map<String, Value>,
    /// What government holds already for fields of the form, and where.
    pub(crate) given: Vec<GivenAnswer>,
    /// What keeps the answers from being submitted.
    pub(crate) problems: Vec<AnswerProblem>,
    /// Files attached.
    pub(crate) materials: Vec<MaterialFileOf>,
    /// Materials that this application needs.
    pub(crate) needed: Vec<super::NeededMaterial>,
}

/// What government holds already for a field of the form.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GivenAnswer {
    /// The field.
    pub(crate) field: String,
    /// The value held.
    pub(crate) value: Value,
    /// Whether the answer of the draft is this value.
    pub(crate) agrees: bool,
    /// Whether another answer is refused at submission (`x-prefill-fixed`); else it is shown to the officer.
    pub(crate) fixed: bool,
    /// The record it stands in; absent for what the account itself knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<SourceRecord>,
}

impl GivenAnswer {
    pub(crate) fn of(given: Given<'_>, answers: &Map<String, Value>) -> Self {
        let agrees = answers.get(&given.field) == Some(&given.value);
        Self { agrees, fixed: given.fixed, source: given.record.map(SourceRecord::of), field: given.field, value: given.value }
    }
}

/// A record of a base register in which something stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceRecord {
    /// The register.
    pub(crate) register: String,
    /// Its name.
    #[schema(value_type = Words)]
    pub(crate) title: Text,
    /// The organ that keeps it.
    #[schema(value_type = Option<Words>)]
    pub(crate) keeper: Option<Text>,
    /// The day on which the record was written.
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) recorded_on: Option<Date>,
    /// Place of the version in the change feed of the register; names it for good.
    pub(crate) position: i64,
    /// Version of the record under its key.
    pub(crate) version: i64,
    /// Salted SM3 of the record; what is made from it names this.
    pub(crate) sm3: String,
}

impl SourceRecord {
    pub(crate) fn of(record: &HeldRecord) -> Self {
        Self {
            register: record.declaration.slug.clone(),
            title: record.declaration.title.clone(),
            keeper: record.owner.clone(),
            recorded_on: clock::from_millis(record.recorded_ms).ok().map(clock::local_date),
            position: record.position,
            version: record.version,
            sm3: record.sm3.clone(),
        }
    }
}

/// What is wrong with an answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnswerProblem {
    /// The field.
    pub(crate) field: String,
    /// Stable, for programs.
    pub(crate) code: String,
    /// What to do.
    #[schema(value_type = Words)]
    pub(crate) message: Text,
}

/// A file attached as a material.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MaterialFile)]
pub(crate) struct MaterialFileOf {
    /// The file.
    pub(crate) id: String,
    /// The material of the item.
    pub(crate) material: String,
    /// As the person called it.
    pub(crate) file_name: String,
    /// Its SM3 hash: `sm3:…`.
    pub(crate) blob: String,
    /// Bytes.
    pub(crate) size_bytes: i64,
    /// What it is, told by its content.
    pub(crate) extension: String,
    /// When it was attached.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) added_at: At,
}

impl From<MaterialFile> for MaterialFileOf {
    fn from(file: MaterialFile) -> Self {
        Self {
            id: file.id,
            material: file.material,
            file_name: file.file_name,
            blob: file.blob,
            size_bytes: file.size_bytes,
            extension: file.extension,
            added_at: At(file.added_ms),
        }
    }
}

/// Of what a file sent as the body is.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct UploadQuery {
    /// The material of the item; in a form the field `material` serves as well.
    pub(crate) material: Option<String>,
    /// What to call the file, when it is sent as the body.
    pub(crate) file_name: Option<String>,
}

/// Files that were attached.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Attached {
    /// In the order in which they were sent.
    pub(crate) files: Vec<AttachedFile>,
}

/// A file that was attached.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttachedFile {
    /// The file.
    pub(crate) id: String,
    /// The material of the item.
    pub(crate) material: String,
    /// Its SM3 hash: compare it with your own.
    pub(crate) blob: String,
    /// Bytes.
    pub(crate) size_bytes: i64,
    /// What it is, told by its content.
    pub(crate) extension: String,
}
