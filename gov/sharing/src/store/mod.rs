//! The only SQL of this crate.

pub mod grants;
pub mod keys;
pub mod notices;
mod schema;
pub mod usage;

pub use schema::MIGRATIONS;
