#![doc = include_str!("../README.md")]

pub mod assets;
pub mod bench;
pub mod ci;
pub mod graph;
pub mod place;
pub mod processing;
pub mod rust;
pub mod tidy;

/// Any error of a chore, with its source.
pub type ChoreError = Box<dyn std::error::Error + Send + Sync>;
