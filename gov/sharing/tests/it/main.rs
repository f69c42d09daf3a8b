//! Sharing through its door, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod calls;
mod demands;
mod grants;
mod packages;
mod property;
mod requests;
mod world;
