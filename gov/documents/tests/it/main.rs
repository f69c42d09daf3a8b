//! Templates, records, certificates and verification.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod certificates;
mod desk;
mod documents;
mod templates;
mod verification;
