#![doc = include_str!("../README.md")]

mod case_book;
pub mod commands;
mod consequences;
mod engine;
mod events;
mod extension;
mod jobs;
pub mod model;
pub mod queries;
mod register_desk;
pub mod scenario;
mod store;

pub use case_book::case_book;
pub use consequences::consequences;
pub use engine::{ASK_ELSEWHERE, Settings, SettingsService, WaitingStep, open_by_system};
pub use extension::{Application, Extension, Extensions, ServiceCall};
pub use jobs::handlers;
pub use model::{CaseFile, CaseStatus, Draft, Fact, FactUse, MaterialFile, Outcome, RatingLevel, Task, TaskKind, TaskState};
pub use register_desk::{DeskAnswer, ForCase, RegisterDesk};
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
