#![doc = include_str!("../README.md")]

pub mod codes;
mod files;
mod finding;
mod hash;
pub mod item;
mod reader;

pub use files::{FILE_COUNT_MAX, FILE_SIZE_MAX_BYTES, Files};
pub use finding::{Finding, Severity, has_errors};
pub use hash::{HashProblem, PackageHash};
pub use item::Item;
