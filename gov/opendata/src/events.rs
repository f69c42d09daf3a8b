//! What happened to datasets. Payloads hold names and hashes; the content itself stands in the tables, under its fingerprint.

use crate::gate::Finding;
use crate::model::DatasetId;
use crate::model::dataset::Dataset;
use crate::model::release::Release;
use crate::store as tables;
use i18n::Text;
use runner::{Event, Moment};
use serde::Serialize;
use store::{StoreError, Tx};

macro_rules! events {
    ($(
        $(#[$doc:meta])*
        $name:ident = $kind:literal { $($(#[$attr:meta])* $field:ident: $type:ty),* $(,)? } => |$self:ident, $tx:ident, $moment:ident| $apply:expr;
    )+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize)]
        pub(crate) struct $name { $($(#[$attr])* pub $field: $type),* }

        impl Event for $name {
            fn kind(&self) -> &'static str {
                $kind
            }

            fn apply(&self, $tx: &mut Tx<'_>, $moment: &Moment) -> Result<(), StoreError> {
                let $self = self;
                let _ = &$moment;
                $apply
            }
        }
    )+};
}

events! {
    /// A dataset is being prepared.
    DatasetDrafted = "dataset-drafted" { slug: String, fingerprint: String, #[serde(skip)] dataset: Dataset, #[serde(skip)] harvest_key: Option<String> }
        => |event, tx, moment| tables::datasets::insert(tx, &event.dataset, event.harvest_key.as_deref(), moment.version);

    /// What is said about it, or its files, changed; scan and approvals are undone.
    DatasetRevised = "dataset-revised" { fingerprint: String, #[serde(skip)] dataset: Dataset }
        => |event, tx, moment| tables::datasets::update(tx, &event.dataset, moment.version);

    /// It waits for the scan.
    DatasetSubmitted = "dataset-submitted" { fingerprint: String, #[serde(skip)] dataset: Dataset }
        => |event, tx, moment| tables::datasets::update(tx, &event.dataset, moment.version);

    /// It was scanned.
    DatasetScanned = "dataset-scanned" { fingerprint: String, passed: bool, findings: Vec<Finding>, #[serde(skip)] dataset: Dataset }
        => |event, tx, moment| tables::datasets::update(tx, &event.dataset, moment.version);

    /// The head of its organ approved.
    DatasetApprovedByOwner = "dataset-approved-by-owner" { fingerprint: String, #[serde(skip)] dataset: Dataset }
        => |event, tx, moment| tables::datasets::update(tx, &event.dataset, moment.version);

    /// The data authority approved.
    DatasetApprovedByOfficer = "dataset-approved-by-officer" { fingerprint: String, #[serde(skip)] dataset: Dataset }
        => |event, tx, moment| tables::datasets::update(tx, &event.dataset, moment.version);

    /// It was sent back to be prepared again.
    DatasetReturned = "dataset-returned" { reason: String, #[serde(skip)] dataset: Dataset }
        => |event, tx, moment| tables::datasets::update(tx, &event.dataset, moment.version);

    /// The public sees a new release.
    DatasetPublished = "dataset-published" { dataset: DatasetId, number: u32, fingerprint: String, #[serde(skip)] after: Dataset, #[serde(skip)] release: Release }
        => |event, tx, moment| {
            tables::releases::insert(tx, &event.release)?;
            tables::datasets::update(tx, &event.after, moment.version)?;
            tables::releases::note_change(tx, event.dataset.as_str())
        };

    /// The public does not see it any more.
    DatasetWithdrawn = "dataset-withdrawn" { dataset: DatasetId, reason: Text, #[serde(skip)] after: Dataset }
        => |event, tx, moment| {
            tables::datasets::update(tx, &event.after, moment.version)?;
            tables::releases::note_change(tx, event.dataset.as_str())
        };
}
