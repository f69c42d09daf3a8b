#![doc = include_str!("../README.md")]

pub mod commands;
mod events;
mod extension;
mod jobs;
mod keys;
pub mod model;
pub mod queries;
pub mod samples;
mod store;

pub use extension::{DISPUTE_ITEM, REQUEST_ITEM, SharingExtension};
pub use jobs::handlers;
pub use keys::{OrganKeys, SignatureProblem, verify_note};
pub use model::{
    Checked, Demand, DemandState, Grant, GrantState, Ground, ItemUse, Limits, Method, Permit, Request, ResourceFacts, ResourceField, ResourceService,
    ResourceTable, Resources, RowScope, ShareType, StepLimit, Terms,
};
pub use queries::{count_call, grant_for, use_grant};
pub use store::MIGRATIONS;

ids::id_type! {
    /// A grant.
    GrantId, "grant";
    /// What an organ was told.
    NoticeId, "notice";
    /// A demand for data that the catalogue does not have.
    DemandId, "demand"
}

/// The stream of an organ's keys in the journal.
struct OrganStream<'a>(&'a str);

impl std::fmt::Display for OrganStream<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}/keys", self.0)
    }
}
