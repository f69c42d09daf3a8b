//! Integration tests of the flow engine.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod diagrams;
mod drive;
mod elements;
mod faults;
mod feel;
mod files;
mod limits;
mod models;
mod mutations;
mod refusals;
mod sketch;
mod storage;
mod structures;
