#![doc = include_str!("../README.md")]

mod check;
mod citations;
pub mod codes;
mod commands;
mod diff;
mod events;
mod files;
mod finding;
mod guide;
mod hash;
pub mod item;
mod library;
mod load;
mod package;
mod queries;
mod reader;
mod sign;
mod store;

pub use check::{check, parse_and_check};
pub use citations::{Citation, CitedBy};
pub use commands::{PublishPackage, Published, RetirePackage, Retired};
pub use diff::{Change, diff};
pub use events::{PackagePublished, PackageRetired, stream};
pub use files::{FILE_COUNT_MAX, FILE_SIZE_MAX_BYTES, Files};
pub use finding::{Finding, Severity, has_errors};
pub use guide::{Applies, Guidance, MaterialFor};
pub use hash::{HashProblem, PackageHash};
pub use item::Item;
pub use library::{Library, LibraryError};
pub use load::read_package;
pub use package::{Package, ScenarioText};
pub use queries::{current_version, files, version_by_hash, versions_of};
pub use sign::{PackageSignature, PublishingKeys, SignatureProblem, sign, verify};
pub use store::{MIGRATIONS, PackageVersion, VersionStatus};
