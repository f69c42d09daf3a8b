//! What happened in the catalogue. Descriptions hold no personal data; findings hold no sample.

use clock::Date;
use runner::Moment;
use serde::Serialize;
use store::{StoreError, Tx};

use crate::detect::Finding;
use crate::model::{Content, Formula, NegativeEntry, Resource, ResourceId, Status};
use crate::queries::{GradeDecision, ImportRecord, Settlement};
use crate::store as tables;

/// The state row after an event, stamped with its moment.
fn stamped(after: &Resource, moment: &Moment) -> Resource {
    Resource { version: moment.version, changed_at_ms: moment.at_ms, ..after.clone() }
}

fn save(tx: &mut Tx<'_>, after: &Resource, moment: &Moment) -> Result<(), StoreError> {
    tables::resources::save(tx, &stamped(after, moment))
}

/// A changed description is a version; lists follow it only while nothing else is published.
fn save_content(tx: &mut Tx<'_>, after: &Resource, moment: &Moment) -> Result<(), StoreError> {
    let now = stamped(after, moment);
    tables::resources::save(tx, &now)?;
    tables::resources::add_version(tx, &now, &moment.actor)?;
    if now.published_version.is_none() {
        tables::resources::describe(tx, &now, &now.content, false)?;
    }
    Ok(())
}

/// What lists show changes with what is published.
fn save_published(tx: &mut Tx<'_>, after: &Resource, moment: &Moment) -> Result<(), StoreError> {
    let now = stamped(after, moment);
    tables::resources::save(tx, &now)?;
    tables::resources::describe(tx, &now, &now.content, false)
}

runner::events! {
    /// A resource was catalogued.
    ResourceCompiled = "resource-compiled" { resource: Resource, imported_from: Option<String> }
        => |event, tx, moment| tables::resources::insert(tx, &stamped(&event.resource, moment), &moment.actor);

    /// It was taken over with the state another platform gave it.
    ResourceAdopted = "resource-adopted" {
        status: Status, published_on: Option<Date>, mounted: bool, updated_on: Option<Date>, #[serde(skip)] after: Resource,
    }
        => |event, tx, moment| save(tx, &event.after, moment);

    /// Its description was changed.
    ResourceEdited = "resource-edited" { content: Content, imported_from: Option<String>, #[serde(skip)] after: Resource }
        => |event, tx, moment| save_content(tx, &event.after, moment);

    /// Registration or publication was asked for.
    ResourceSubmitted = "resource-submitted" { status: Status, review_due_on: Option<Date>, #[serde(skip)] after: Resource }
        => |event, tx, moment| save(tx, &event.after, moment);

    /// The request was taken back.
    ResourceRecalled = "resource-recalled" { status: Status, #[serde(skip)] after: Resource }
        => |event, tx, moment| save(tx, &event.after, moment);

    /// The authority registered it.
    ResourceRegistered = "resource-registered" { remark: String, #[serde(skip)] after: Resource }
        => |event, tx, moment| save(tx, &event.after, moment);

    /// The authority published it.
    ResourcePublished = "resource-published" { content_version: i64, published_on: Date, remark: String, #[serde(skip)] after: Resource }
        => |event, tx, moment| save_published(tx, &event.after, moment);

    /// The authority wants changes.
    ResourceReturned = "resource-returned" { remark: String, #[serde(skip)] after: Resource }
        => |event, tx, moment| save(tx, &event.after, moment);

    /// The authority refused.
    ResourceRefused = "resource-refused" { status: Status, remark: String, #[serde(skip)] after: Resource }
        => |event, tx, moment| save(tx, &event.after, moment);

    /// Publication ended.
    ResourceWithdrawn = "resource-withdrawn" { reason: String, #[serde(skip)] after: Resource }
        => |event, tx, moment| save_published(tx, &event.after, moment);

    /// The data were brought up to date, or mounted.
    DataUpdated = "resource-data-updated" { updated_on: Date, update_due_on: Option<Date>, mounted: bool, #[serde(skip)] after: Resource }
        => |event, tx, moment| save(tx, &event.after, moment);

    /// The detector looked at the fields.
    FieldsDetected = "resource-fields-detected" { findings: Vec<(String, Finding)>, #[serde(skip)] after: Resource }
        => |event, tx, moment| {
            for (key, finding) in &event.findings {
                tables::findings::suggest(tx, event.after.id.as_str(), key, finding, moment.at_ms)?;
            }
            save(tx, &event.after, moment)
        };

    /// A person decided levels.
    GradesDecided = "resource-grades-decided" { decisions: Vec<(String, GradeDecision)>, #[serde(skip)] after: Resource }
        => |event, tx, moment| {
            for (key, decision) in &event.decisions {
                tables::findings::decide(tx, event.after.id.as_str(), key, decision)?;
            }
            save_content(tx, &event.after, moment)
        };

    /// An entry of the negative list was proposed.
    NegativeProposed = "negative-proposed" { entry: NegativeEntry }
        => |event, tx, moment| tables::negative::put(tx, &NegativeEntry { version: moment.version, ..event.entry.clone() });

    /// The authority decided about it, or removed it.
    NegativeDecided = "negative-decided" { entry: NegativeEntry, remark: String }
        => |event, tx, moment| tables::negative::put(tx, &NegativeEntry { version: moment.version, ..event.entry.clone() });

    /// A pair of duplicates was settled.
    DuplicateSettled = "duplicate-settled" { first: ResourceId, second: ResourceId, settlement: Settlement }
        => |event, tx, _moment| tables::duplicates::settle(tx, event.first.as_str(), event.second.as_str(), &event.settlement);

    /// A formula was set.
    FormulaSet = "indicator-formula-set" { formula: Formula }
        => |event, tx, moment| tables::figures::set_formula(tx, &event.formula, moment.at_ms, &moment.actor);

    /// A measure was recorded.
    MeasureRecorded = "indicator-measure-recorded" { organ: String, measure: String, value: i64, source: String }
        => |event, tx, moment| tables::figures::record(tx, &event.organ, &event.measure, event.value, &event.source, moment.at_ms);

    /// An import began.
    ImportBegun = "catalogue-import-begun" {
        id: String, organ: String, file_hash: String, found: u32, good: u32, problems: usize, #[serde(skip)] record: ImportRecord,
    }
        => |event, tx, _moment| tables::imports::insert(tx, &event.record);

    /// Some of its rows were taken.
    ImportRowsTaken = "catalogue-import-rows-taken" { taken: i64, refused: i64, #[serde(skip)] after: ImportRecord }
        => |event, tx, _moment| tables::imports::update(tx, &event.after);
}
