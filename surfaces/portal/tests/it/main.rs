//! The portal over HTTP, in a small county.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod county;
mod own;
mod public;
