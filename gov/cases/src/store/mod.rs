//! The only SQL of this crate.

pub(crate) mod drafts;
pub(crate) mod facts;
pub(crate) mod files;
pub(crate) mod lists;
pub(crate) mod materials;
pub(crate) mod messages;
pub(crate) mod public_figures;
pub(crate) mod ratings;
mod schema;
pub(crate) mod serials;
pub(crate) mod sight;
pub(crate) mod tasks;

pub use schema::MIGRATIONS;
