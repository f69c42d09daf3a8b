//! The binary and its parts: back-up, verification, the doctor, and being killed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod backup;
mod crash;
mod doctor;
mod folder;
mod packages;
