//! Cases through their door: every scenario of every package that ships, on both databases, and the rules of the engine itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod concurrency;
mod conservation;
mod lists;
mod packages;
mod stage;
