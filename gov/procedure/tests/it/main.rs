//! Integration tests of the package: the checker under seeded defects, publishing on both databases, versions compared.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod compare;
mod good;
mod guide;
mod mutations;
mod publishing;
mod shipped;
