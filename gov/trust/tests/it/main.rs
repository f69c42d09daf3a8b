//! Accounts, sign-in, sessions and roles, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod accounts;
mod acting;
mod passwords;
mod roles;
mod sessions;
mod sign_in;
mod world;
