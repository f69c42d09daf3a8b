//! The desk over HTTP, by URL.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod acts;
mod administration;
mod catalogue;
mod clock;
mod exchange_pages;
mod feeds;
mod files;
mod lists;
mod once_only;
mod people;
mod quality;
mod readings;
mod registers;
mod services;
mod sharing;
mod snapshots;
mod town;
