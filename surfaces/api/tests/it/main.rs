//! The interface over HTTP, on the example town.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod access;
mod administration;
mod catalogue;
mod ckan;
mod complaint;
mod dcat;
mod delegations;
mod described;
mod journal;
mod once_only;
mod permit;
mod public;
mod refusals;
mod registers;
mod sharing;
mod town;
mod uploads;
