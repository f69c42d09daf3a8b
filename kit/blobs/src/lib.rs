#![doc = include_str!("../README.md")]

mod error;
mod name;
mod sniff;
mod store;
mod zip_names;

pub use error::BlobError;
pub use name::{BlobName, BlobNameError};
pub use sniff::{Kind, sniff};
pub use store::{Blobs, S3Config};
