#![doc = include_str!("../README.md")]

pub mod backup;
pub mod compare;
pub mod config;
mod connections;
pub mod demo;
pub mod doctor;
pub mod exchanging;
pub mod fetch;
mod figures;
pub mod handover;
pub mod node;
pub mod packages;
pub mod serve;
pub mod verify;

/// The allocator of the program: a command makes and drops thousands of small texts, for which the system's takes a fifth of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
