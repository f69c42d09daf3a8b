//! The gate over HTTP, by URL.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod acting;
mod headers;
mod house;
mod kept_forms;
mod limits;
mod passwords;
mod preferences;
mod problems;
mod registration;
mod session;
mod staff;
