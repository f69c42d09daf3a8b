#![doc = include_str!("../README.md")]

mod case_book;
pub mod commands;
mod engine;
mod events;
mod extension;
mod jobs;
pub mod model;
pub mod queries;
pub mod scenario;
mod store;

pub use case_book::case_book;
pub use engine::{Settings, SettingsService, open_by_system};
pub use extension::{Application, Extension, Extensions, ServiceCall};
pub use jobs::handlers;
pub use model::{CaseFile, CaseStatus, Draft, MaterialFile, Outcome, RatingLevel, Task, TaskKind, TaskState};
pub use store::MIGRATIONS;

ids::id_type! {
    /// A case file.
    CaseId, "case";
    /// A draft of an application.
    DraftId, "draft";
    /// A task of a case.
    TaskId, "task";
    /// A file attached as a material.
    MaterialFileId, "material";
    /// A message to a party.
    MessageId, "message"
}
