//! The exchange, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod bad_days;
mod batches;
mod calls;
mod directory;
mod evidence;
mod federation;
mod metadata;
mod rights;
mod world;
