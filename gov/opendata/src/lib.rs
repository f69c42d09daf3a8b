#![doc = include_str!("../README.md")]

mod commands;
mod events;
pub mod gate;
pub mod index;
mod model;
pub mod queries;
mod scanning;
mod store;

pub use commands::{
    ApproveAsOfficer, ApproveAsOwner, DATA_DUTY, DraftDataset, NewResource, PublishDataset, PutResource, RecordScan, RemoveResource, ReturnDataset,
    ReviseDataset, SCAN_DATASET, ScanDue, SubmitDataset, WithdrawDataset,
};
pub use index::Catalogue;
pub use model::dataset::{Approval, Computation, Dataset, Metadata, State, Withdrawal};
pub use model::release::{Difference, Release, differences};
pub use model::resource::{DataField, Resource};
pub use model::words::{self, LICENCES, Opening, PERIODS, THEMES, Word};
pub use model::{DatasetId, FeedbackId, HarvestId, KeyId, RequestId, ResourceId, ReuseId};
pub use scanning::{FILE_BYTES_MAX, ensure_table, handlers, scan_now};
pub use store::MIGRATIONS;
