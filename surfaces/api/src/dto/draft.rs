//! Applications being filled in, and their materials.

use cases::MaterialFile;
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
    /// Answers to begin with.
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
    /// Answers to the form, as entered.
    #[schema(value_type = Object)]
    pub(crate) answers: Map<String, Value>,
    /// What keeps the answers from being submitted.
    pub(crate) problems: Vec<AnswerProblem>,
    /// Files attached.
    pub(crate) materials: Vec<MaterialFileOf>,
    /// Materials that this application needs.
    pub(crate) needed: Vec<super::NeededMaterial>,
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
