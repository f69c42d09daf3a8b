//! Parties, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod delegations;
mod organs;
mod people;
mod staff;
mod world;
