//! Base registers.

use std::collections::BTreeMap;

use clock::Date;
use i18n::Text;
use registers::{Change, Corrected, Declaration, Figures, Filter, Overview, Record, Verified};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use super::{At, Words};

/// Registers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Registers {
    /// By slug.
    pub(crate) registers: Vec<RegisterOf>,
}

/// A register.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Register)]
pub(crate) struct RegisterOf {
    /// Name in addresses.
    slug: String,
    /// Name for people.
    #[schema(value_type = Words)]
    title: Text,
    /// What it holds.
    #[schema(value_type = Words)]
    summary: Text,
    /// The organ that keeps it.
    owner: Option<String>,
    /// The law under which it is kept.
    basis: String,
    /// Fields of the key; their values are joined by `/`.
    key: Vec<String>,
    /// The field with the number of whom a record is about.
    subject: Option<String>,
    /// Code of the update period: 1 real time to 6 yearly, 7 irregular.
    update_period: u8,
    /// Keys under which there is or was a record.
    records: i64,
    /// Place of the last change.
    position: i64,
    /// When the owner last brought it up to date.
    #[schema(value_type = Option<String>, format = DateTime)]
    updated_at: Option<At>,
    /// Whether the owner keeps the promised period.
    fresh: Option<bool>,
    /// Its fields.
    fields: Vec<RegisterField>,
}

/// A field of a register.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisterField {
    /// Name in programs.
    name: String,
    /// Name for people.
    #[schema(value_type = Words)]
    title: Text,
    /// What its values are.
    kind: Value,
    /// Personal information.
    personal: bool,
    /// Sensitive personal information.
    sensitive: bool,
    /// Grade of the data.
    grade: Value,
    /// Whether records can be searched by it.
    indexed: bool,
    /// Whether every record has it.
    required: bool,
}

impl RegisterOf {
    pub(crate) fn of(register: &Overview, now_ms: i64) -> Self {
        let declaration = &register.declaration;
        Self {
            slug: declaration.slug.clone(),
            title: declaration.title.clone(),
            summary: declaration.summary.clone(),
            owner: register.owner.as_ref().map(|organ| organ.id.to_string()),
            basis: declaration.basis.clone(),
            key: declaration.key.clone(),
            subject: declaration.subject.clone(),
            update_period: declaration.update_period.code(),
            records: register.key_count,
            position: register.position,
            updated_at: register.fresh_at_ms.map(At),
            fresh: register.is_fresh(now_ms),
            fields: fields_of(declaration),
        }
    }
}

fn fields_of(declaration: &Declaration) -> Vec<RegisterField> {
    let field = |field: &registers::Field| RegisterField {
        name: field.name.clone(),
        title: field.title.clone(),
        kind: serde_json::to_value(field.kind).unwrap_or_default(),
        personal: field.personal,
        sensitive: field.sensitive,
        grade: serde_json::to_value(field.grade).unwrap_or_default(),
        indexed: field.indexed,
        required: field.required,
    };
    declaration.fields.iter().map(field).collect()
}

/// How much is disclosed.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReadingManner {
    /// Values with parts hidden.
    #[default]
    Masked,
    /// Values as they are.
    Full,
}

/// Why somebody reads.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadingReason {
    /// What for, as the subject is told.
    pub(crate) purpose: String,
    /// Under which law.
    pub(crate) basis: String,
    /// Identifier or number of the open case; left out by the posts that keep the register.
    #[serde(default)]
    pub(crate) case: Option<String>,
}

/// A record to read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewReading {
    /// The key.
    pub(crate) key: String,
    /// The fields that are needed, no more.
    pub(crate) fields: Vec<String>,
    /// How much is disclosed.
    #[serde(default)]
    pub(crate) manner: ReadingManner,
    /// The day for which it is asked; today when left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) as_of: Option<Date>,
    /// Why.
    pub(crate) reason: ReadingReason,
}

/// A record, or none.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadingOf {
    /// The record; nothing when there is none under the key.
    pub(crate) record: Option<RecordOf>,
}

/// Records about the caller.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnRecords {
    /// By register.
    #[schema(value_type = Object)]
    pub(crate) registers: BTreeMap<String, Vec<RecordOf>>,
}

/// A record as disclosed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegisterRecord)]
pub(crate) struct RecordOf {
    /// The key.
    key: String,
    /// The fields that were asked for.
    #[schema(value_type = Object)]
    values: Map<String, Value>,
    /// Version under the key.
    version: i64,
    /// First day on which it holds.
    #[schema(value_type = String, format = Date)]
    valid_from: Date,
    /// Last day.
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<Date>,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    recorded_at: At,
    /// Place in the change feed.
    position: i64,
    /// Hash of the whole record with a salt.
    sm3: String,
}

impl From<Record> for RecordOf {
    fn from(record: Record) -> Self {
        Self {
            key: record.key,
            values: record.values,
            version: record.version,
            valid_from: record.valid_from,
            valid_until: record.valid_until,
            recorded_at: At(record.recorded_at_ms),
            position: record.position,
            sm3: record.sm3,
        }
    }
}

/// A search.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSearch {
    /// Conditions: `{"field":"division","is":"within","division":"339921"}`, `equal` with `value`, `between` with `from` and `to`.
    #[schema(value_type = Vec<Object>)]
    pub(crate) filters: Vec<Filter>,
    /// The fields that are needed.
    pub(crate) fields: Vec<String>,
    /// How much is disclosed.
    #[serde(default)]
    pub(crate) manner: ReadingManner,
    /// The end of the page before.
    #[serde(default)]
    pub(crate) after: Option<String>,
    /// Longest page, 1 to 100.
    #[serde(default)]
    pub(crate) count: Option<u32>,
    /// Why.
    pub(crate) reason: ReadingReason,
}

/// A page of records.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SearchPage {
    /// The records.
    pub(crate) records: Vec<RecordOf>,
    /// Where the next page begins.
    pub(crate) next: Option<String>,
}

/// Something stated, to be verified.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRecordVerification {
    /// The key.
    pub(crate) key: String,
    /// What is stated, by field.
    #[schema(value_type = Object)]
    pub(crate) stated: Map<String, Value>,
    /// Why.
    pub(crate) reason: ReadingReason,
}

/// Yes or no.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordVerification {
    /// Whether there is a record.
    found: bool,
    /// For each field, whether it agrees.
    #[schema(value_type = Object)]
    matches: BTreeMap<String, bool>,
    /// Whether there is a record and all agree.
    all_match: bool,
}

impl From<Verified> for RecordVerification {
    fn from(verified: Verified) -> Self {
        Self { found: verified.found, matches: verified.matches, all_match: verified.all_match }
    }
}

/// A field to count by.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCount {
    /// The field.
    pub(crate) field: String,
    /// Why.
    pub(crate) reason: ReadingReason,
}

/// A figure; small cells are kept back.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisterFigures {
    /// The field.
    field: String,
    /// Cells by value.
    cells: Vec<FigureCell>,
    /// All records, where that tells nothing that was kept back.
    total: Option<i64>,
    /// Cells kept back because they are under five.
    suppressed_small: usize,
    /// Cells kept back so that the small ones cannot be computed.
    suppressed_complementary: usize,
}

/// A cell of a figure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FigureCell {
    /// The value.
    value: String,
    /// How many; nothing where it is kept back.
    count: Option<i64>,
}

impl From<Figures> for RegisterFigures {
    fn from(figures: Figures) -> Self {
        Self {
            field: figures.field,
            cells: figures.cells.into_iter().map(|cell| FigureCell { value: cell.value, count: cell.count }).collect(),
            total: figures.total,
            suppressed_small: figures.suppressed_small,
            suppressed_complementary: figures.suppressed_complementary,
        }
    }
}

/// Which changes.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeQuery {
    /// Changes after this place; from the beginning when left out.
    pub(crate) after: Option<i64>,
    /// Changes at most, 1 to 1000.
    #[param(minimum = 1, maximum = 1000)]
    pub(crate) count: Option<u32>,
}

/// Changes of a register, without a personal value.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegisterChanges {
    /// In the order of their writing.
    pub(crate) changes: Vec<ChangeOf>,
}

/// A change.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegisterChange)]
pub(crate) struct ChangeOf {
    /// Place in the feed.
    position: i64,
    /// The key, where it is not personal.
    key: Option<String>,
    /// Version under the key.
    version: i64,
    /// added, changed, corrected or kept.
    cause: Value,
    /// Fields that are different.
    fields: Vec<String>,
    /// First day.
    #[schema(value_type = String, format = Date)]
    valid_from: Date,
    /// Last day.
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<Date>,
    /// When it was written.
    #[schema(value_type = String, format = DateTime)]
    recorded_at: At,
    /// Hash of the record.
    sm3: String,
}

impl From<Change> for ChangeOf {
    fn from(change: Change) -> Self {
        Self {
            position: change.position,
            key: change.key,
            version: change.version,
            cause: serde_json::to_value(change.cause).unwrap_or_default(),
            fields: change.fields,
            valid_from: change.valid_from,
            valid_until: change.valid_until,
            recorded_at: At(change.recorded_at_ms),
            sm3: change.sm3,
        }
    }
}

/// A correction.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRecordCorrection {
    /// The key.
    pub(crate) key: String,
    /// A day on which the wrong version holds; today when left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub(crate) on: Option<Date>,
    /// The version that was seen, by its place in the feed.
    #[serde(default)]
    pub(crate) seen_position: Option<i64>,
    /// New values by field; null for none.
    #[schema(value_type = Object)]
    pub(crate) values: Map<String, Value>,
    /// Why the old values are wrong.
    pub(crate) reason: String,
    /// On what the new ones rest.
    pub(crate) basis: String,
}

/// What came of a correction.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordCorrection {
    /// Place of the corrected version.
    corrected: i64,
    /// Place of the new one.
    position: i64,
    /// Fields that are different now.
    fields: Vec<String>,
    /// Hash of the record as it was.
    before_sm3: String,
    /// Hash of the record as it is.
    sm3: String,
}

impl From<Corrected> for RecordCorrection {
    fn from(done: Corrected) -> Self {
        Self { corrected: done.corrected, position: done.position, fields: done.fields, before_sm3: done.before_sm3, sm3: done.sm3 }
    }
}
