//! Questions about published packages.

use jiff::civil::Date;
use store::{StoreError, Tx};

use crate::files::Files;
use crate::store::{self as tables, PackageVersion};

/// All versions of an item, oldest first.
///
/// # Errors
/// The database's.
pub fn versions_of(tx: &mut Tx<'_>, slug: &str) -> Result<Vec<PackageVersion>, StoreError> {
    tables::versions_of(tx, slug)
}

/// The version under which cases of an item start on a day.
///
/// # Errors
/// The database's.
pub fn current_version(tx: &mut Tx<'_>, slug: &str, on: Date) -> Result<Option<PackageVersion>, StoreError> {
    let versions = tables::versions_of(tx, slug)?;
    Ok(versions.into_iter().rev().find(|version| version.in_force(on)))
}

/// The version with this package hash, also when retired.
///
/// # Errors
/// The database's.
pub fn version_by_hash(tx: &mut Tx<'_>, hash: &str) -> Result<Option<PackageVersion>, StoreError> {
    tables::version_by_hash(tx, hash)
}

/// The files of a version, for export and for the verifier.
///
/// # Errors
/// The database's.
pub fn files(tx: &mut Tx<'_>, hash: &str) -> Result<Files, StoreError> {
    tables::files(tx, hash)
}
