//! The binary and its parts: back-up, verification, the doctor, the site file, and being killed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod backup;
mod calendar;
mod compare;
mod crash;
mod doctor;
mod exchanging;
mod feeds;
mod folder;
mod handover;
mod harvest;
mod packages;
mod remote_steps;
mod site;
