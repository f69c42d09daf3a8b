//! The only SQL of this crate.

pub mod demands;
pub mod grants;
pub mod keys;
pub mod notices;
pub mod requests;
mod schema;
pub mod usage;

pub use schema::MIGRATIONS;
