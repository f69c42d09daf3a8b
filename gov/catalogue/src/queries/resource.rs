use parties::OrganId;
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx};

use crate::detect::Finding;
use crate::model::{Content, Grade, NegativeEntry, NegativeId, NegativeKind, NegativeState, Personal, Resource, ResourceCode, ResourceId};
use crate::queries::ResourceRow;
use crate::spreadsheet::Report;
use crate::store as tables;
use parties::MaskKind;

/// A kept version of a description.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Number: the version of the resource's stream in the journal.
    pub number: i64,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// By which account.
    pub actor: String,
}

/// What a person decided about an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GradeDecision {
    /// Personal or not.
    pub personal: Personal,
    /// Level.
    pub grade: Grade,
    /// Mask.
    pub mask: Option<MaskKind>,
    /// Why, where it differs from the suggestion.
    pub reason: String,
    /// Whether it differs from the suggestion; `None` without one.
    pub as_suggested: Option<bool>,
    /// By which account.
    pub actor: String,
    /// When.
    pub at_ms: i64,
}

/// The suggestion and the decision for one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Graded {
    /// Key of the item.
    pub item_key: String,
    /// The detector's finding.
    pub finding: Option<Finding>,
    /// The person's decision.
    pub decision: Option<GradeDecision>,
    /// When the detector looked.
    pub at_ms: i64,
}

/// A finished or running import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRecord {
    /// Identifier.
    pub id: String,
    /// The organ whose resources they are.
    pub organ: String,
    /// Name of the file.
    pub file_name: String,
    /// What was read, and every problem with its cell.
    pub report: Report,
    /// Resources taken so far.
    pub taken: i64,
    /// When.
    pub at_ms: i64,
    /// By which account.
    pub actor: String,
}

/// How another resource is related.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Neighbour {
    /// This one takes its items from it.
    Source,
    /// It takes its items from this one.
    Copy,
}

/// A resource.
///
/// # Errors
/// The database's.
pub fn resource(tx: &mut Tx<'_>, id: &ResourceId) -> Result<Option<Resource>, StoreError> {
    tables::resources::find(tx, id.as_str())
}

/// The resource with a code.
///
/// # Errors
/// The database's.
pub fn resource_by_code(tx: &mut Tx<'_>, code: &ResourceCode) -> Result<Option<Resource>, StoreError> {
    tables::resources::find_by_code(tx, &code.to_string())
}

/// The resource of an organ with a name.
///
/// # Errors
/// The database's.
pub fn resource_by_name(tx: &mut Tx<'_>, organ: &OrganId, name: &str) -> Result<Option<Resource>, StoreError> {
    tables::resources::find_by_name(tx, organ.as_str(), name)
}

/// The description as a version said it.
///
/// # Errors
/// The database's.
pub fn content_of(tx: &mut Tx<'_>, id: &ResourceId, version: i64) -> Result<Option<Content>, StoreError> {
    tables::resources::version(tx, id.as_str(), version)
}

/// All kept versions, the newest first.
///
/// # Errors
/// The database's.
pub fn versions(tx: &mut Tx<'_>, id: &ResourceId) -> Result<Vec<Version>, StoreError> {
    let rows = tables::resources::versions(tx, id.as_str())?;
    Ok(rows.into_iter().map(|(number, at_ms, actor)| Version { number, at_ms, actor }).collect())
}

/// The source of a resource, and the resources that take their items from it.
///
/// # Errors
/// The database's.
pub fn neighbours(tx: &mut Tx<'_>, resource: &Resource) -> Result<Vec<(Neighbour, ResourceRow)>, StoreError> {
    let mut found = Vec::new();
    if let Some(code) = &resource.content.relations.source_code {
        if let Some(source) = tables::resources::find_by_code(tx, &code.to_string())? {
            let rows = super::rows_of(tx, &[source.id.to_string()])?;
            found.extend(rows.into_iter().map(|row| (Neighbour::Source, row)));
        }
    }
    let copies = tables::resources::copies_of(tx, &resource.code.to_string())?;
    found.extend(super::rows_of(tx, &copies)?.into_iter().map(|row| (Neighbour::Copy, row)));
    Ok(found)
}

/// Resources that a procedure package makes or uses.
///
/// # Errors
/// The database's.
pub fn resources_of_procedure(tx: &mut Tx<'_>, slug: &str) -> Result<Vec<ResourceRow>, StoreError> {
    let ids = tables::resources::of_procedure(tx, slug)?;
    super::rows_of(tx, &ids)
}

/// Suggestions and decisions for the items of a resource.
///
/// # Errors
/// The database's.
pub fn graded(tx: &mut Tx<'_>, id: &ResourceId) -> Result<Vec<Graded>, StoreError> {
    tables::findings::of_resource(tx, id.as_str())
}

/// An entry of the negative list.
///
/// # Errors
/// The database's.
pub fn negative(tx: &mut Tx<'_>, id: &NegativeId) -> Result<Option<NegativeEntry>, StoreError> {
    tables::negative::find(tx, id.as_str())
}

/// Entries about a resource.
///
/// # Errors
/// The database's.
pub fn negative_of(tx: &mut Tx<'_>, id: &ResourceId) -> Result<Vec<NegativeEntry>, StoreError> {
    tables::negative::of_resource(tx, id.as_str())
}

/// What an organ does not share, by its approved entries.
///
/// # Errors
/// The database's.
pub fn not_shared_by(tx: &mut Tx<'_>, organ: &str) -> Result<Vec<NegativeEntry>, StoreError> {
    tables::negative::of_organ(tx, organ, NegativeKind::NotShared.as_str(), NegativeState::Approved.as_str())
}

/// Entries in a state, or all, after one.
///
/// # Errors
/// The database's.
pub fn negative_list(tx: &mut Tx<'_>, state: Option<NegativeState>, after: &str, limit: u32) -> Result<Vec<NegativeEntry>, StoreError> {
    tables::negative::list(tx, state.map(NegativeState::as_str).unwrap_or_default(), after, i64::from(limit))
}

/// An import.
///
/// # Errors
/// The database's.
pub fn import(tx: &mut Tx<'_>, id: &str) -> Result<Option<ImportRecord>, StoreError> {
    tables::imports::find(tx, id)
}

/// Imports of an organ, the newest first.
///
/// # Errors
/// The database's.
pub fn imports_of_organ(tx: &mut Tx<'_>, organ: &str, limit: u32) -> Result<Vec<ImportRecord>, StoreError> {
    tables::imports::of_organ(tx, organ, i64::from(limit))
}
