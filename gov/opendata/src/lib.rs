#![doc = include_str!("../README.md")]

mod commands;
pub mod dcat;
mod events;
pub mod gate;
mod harvesting;
pub mod index;
mod model;
pub mod queries;
mod scanning;
mod store;

pub use commands::{
    AnswerVoice, ApproveAsOfficer, ApproveAsOwner, ArrangeHarvest, DATA_DUTY, DraftDataset, HARVEST_ROUND, HarvestDue, IssueKey, IssuedKey,
    NewResource, PublishDataset, PutResource, RaiseVoice, RecordHarvestRound, RecordScan, RemoveResource, ReturnDataset, ReviseDataset, RevokeKey,
    SCAN_DATASET, ScanDue, SubmitDataset, Subscribe, TakeOverDataset, Taken, WithdrawDataset, dataset_resource,
};
pub use harvesting::{Fetch, harvest_handler};
pub use index::Catalogue;
pub use model::dataset::{Approval, Computation, Dataset, Foundation, Lapse, Metadata, Renewal, State, Withdrawal};
pub use model::harvest::{HarvestRecord, HarvestSource, Protocol, Round};
pub use model::key::{CALLS_PER_DAY, Key};
pub use model::release::{Difference, Release, differences};
pub use model::resource::{AS_PARQUET, DataField, PARQUET, Resource};
pub use model::voice::{Voice, VoiceKind, VoiceState};
pub use model::words::{self, LICENCES, Opening, PERIODS, THEMES, Word};
pub use model::{DatasetId, HarvestId, KeyId, ResourceId, VoiceId};
pub use scanning::{AT_ONCE_BYTES_MAX, FILE_BYTES_MAX, ensure_table, handlers, parquet_of, scan_at_once, scan_now};
pub use store::MIGRATIONS;
