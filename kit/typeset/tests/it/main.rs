//! Templates to PDF, and signatures in them.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod render;
mod sign;
