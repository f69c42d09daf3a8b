//! The town as a whole.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod basics;
mod history;
mod office;
mod sharing;
