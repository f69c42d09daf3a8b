//! The rings around routes, and serving until told to stop.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod rings;
mod serving;
