#![doc = include_str!("../README.md")]
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test world that cannot be set up is a failed test")]

mod database;
mod world;

pub use database::{TestDatabase, on_both};
pub use world::{PermitAll, PermitNone, World, WorldBuilder, staff};
