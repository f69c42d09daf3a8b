//! The catalogue through its commands and queries, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod figures;
mod grading;
mod imports;
mod lifecycle;
mod lists;
mod negative;
mod spreadsheets;
mod tables;
mod world;
