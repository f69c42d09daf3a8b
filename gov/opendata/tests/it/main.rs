//! Datasets on their way to the public, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod catalogue;
mod gate;
mod harvest;
mod lifecycle;
mod voices;
mod world;
