//! Cases through their door: every scenario of every package that ships, on both databases, and the rules of the engine itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod behalf;
mod burden;
mod clocks;
mod concurrency;
mod conservation;
mod correction;
mod drafts;
mod dump;
mod hidden;
mod jobs_again;
mod lists;
mod once_only;
mod packages;
mod parallel;
mod ratings;
mod readings;
mod stage;
mod steps;
