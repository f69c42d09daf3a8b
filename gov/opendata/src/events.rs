//! What happened to datasets. Payloads hold names and hashes; the content itself stands in the tables, under its fingerprint.

use crate::gate::Finding;
use crate::model::dataset::Dataset;
use crate::model::harvest::HarvestSource;
use crate::model::key::Key;
use crate::model::release::Release;
use crate::model::voice::{Voice, VoiceKind, VoiceState};
use crate::model::{DatasetId, KeyId};
use crate::store as tables;
use i18n::Text;
use serde::Serialize;
use store::{StoreError, Tx};

runner::events! {
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
    DatasetPublished = "dataset-published" {
        dataset: DatasetId, number: u32, fingerprint: String, #[serde(skip)] after: Dataset, #[serde(skip)] release: Release
    }
        => |event, tx, moment| {
            tables::releases::insert(tx, &event.release)?;
            tables::datasets::update(tx, &event.after, moment.version)?;
            tables::voices::tell_followers(tx, event.dataset.as_str(), event.number, moment.at_ms)?;
            tables::releases::note_change(tx, event.dataset.as_str())
        };

    /// The public does not see it any more.
    DatasetWithdrawn = "dataset-withdrawn" { dataset: DatasetId, reason: Text, #[serde(skip)] after: Dataset }
        => |event, tx, moment| {
            tables::datasets::update(tx, &event.after, moment.version)?;
            tables::releases::note_change(tx, event.dataset.as_str())
        };

    /// Somebody said something.
    VoiceRaised = "voice-raised" { voice_kind: VoiceKind, dataset: Option<String>, #[serde(skip)] voice: Voice }
        => |event, tx, moment| tables::voices::insert(tx, &event.voice);

    /// It was answered.
    VoiceAnswered = "voice-answered" { state: VoiceState, #[serde(skip)] voice: Voice }
        => |event, tx, moment| tables::voices::update(tx, &event.voice);

    /// An account follows a dataset.
    SubscriptionMade = "subscription-made" { dataset: DatasetId, #[serde(skip)] account: String }
        => |event, tx, moment| tables::voices::subscribe(tx, &event.account, event.dataset.as_str(), moment.at_ms);

    /// An account does not follow it any more.
    SubscriptionEnded = "subscription-ended" { dataset: DatasetId, #[serde(skip)] account: String }
        => |event, tx, moment| tables::voices::unsubscribe(tx, &event.account, event.dataset.as_str());

    /// A developer got a key.
    KeyIssued = "key-issued" { name: String, #[serde(skip)] key: Key, #[serde(skip)] hash: String }
        => |event, tx, moment| tables::keys::insert(tx, &event.key, &event.hash);

    /// A key ended.
    KeyRevoked = "key-revoked" { key: KeyId }
        => |event, tx, moment| tables::keys::revoke(tx, event.key.as_str(), moment.at_ms);

    /// Another portal is harvested from now on, or otherwise than before.
    HarvestArranged = "harvest-arranged" { url: String, paused: bool, #[serde(skip)] source: HarvestSource }
        => |event, tx, moment| tables::harvests::put(tx, &event.source, moment.version);

    /// A round began, went on, or ended.
    HarvestRound = "harvest-round" { ended: bool, seen: u32, changed: u32, failed: u32, #[serde(skip)] source: HarvestSource }
        => |event, tx, moment| tables::harvests::put(tx, &event.source, moment.version);

    /// A dataset was taken over from another portal.
    DatasetHarvested = "dataset-harvested" {
        dataset: DatasetId, number: u32, fingerprint: String, #[serde(skip)] after: Dataset, #[serde(skip)] release: Release
    }
        => |event, tx, moment| {
            tables::releases::insert(tx, &event.release)?;
            tables::datasets::update(tx, &event.after, moment.version)?;
            tables::voices::tell_followers(tx, event.dataset.as_str(), event.number, moment.at_ms)?;
            tables::releases::note_change(tx, event.dataset.as_str())
        };
}
