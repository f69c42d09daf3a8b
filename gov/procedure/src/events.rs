//! What happened to a package. The journal holds the hash, which covers every file; the files themselves are in the state tables.

use std::sync::Arc;

use runner::{Event, Moment};
use serde::Serialize;
use store::{StoreError, Tx};

use crate::files::Files;
use crate::hash::PackageHash;
use crate::store::{self as tables, PackageVersion, VersionStatus};

/// The journal stream of an item's package.
#[must_use]
pub fn stream(slug: &str) -> String {
    format!("package:{slug}")
}

/// A version was published.
#[derive(Clone, Debug, Serialize)]
pub struct PackagePublished {
    /// The item.
    pub slug: String,
    /// Its new version.
    pub version: i64,
    /// The package hash.
    pub hash: PackageHash,
    /// SM2 signature in hexadecimal.
    pub signature: String,
    /// Name of the publishing key.
    pub signed_by: String,
    /// First day of the version, `YYYY-MM-DD`.
    pub valid_from: String,
    /// The files the hash covers.
    #[serde(skip)]
    pub files: Arc<Files>,
}

impl Event for PackagePublished {
    fn kind(&self) -> &'static str {
        "package-published"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        let version = PackageVersion {
            slug: self.slug.clone(),
            version: self.version,
            hash: self.hash.to_string(),
            signature: self.signature.clone(),
            signed_by: self.signed_by.clone(),
            valid_from: self.valid_from.clone(),
            retired_on: None,
            published_at: moment.at_ms,
            status: VersionStatus::Published,
        };
        tables::insert_version(tx, &version)?;
        tables::insert_files(tx, &self.hash, &self.files)
    }
}

/// A version was retired.
#[derive(Clone, Debug, Serialize)]
pub struct PackageRetired {
    /// The item.
    pub slug: String,
    /// The version.
    pub version: i64,
    /// First day on which no case starts under it, `YYYY-MM-DD`.
    pub retired_on: String,
    /// Why.
    pub reason: String,
}

impl Event for PackageRetired {
    fn kind(&self) -> &'static str {
        "package-retired"
    }

    fn apply(&self, tx: &mut Tx<'_>, _moment: &Moment) -> Result<(), StoreError> {
        tables::retire_version(tx, &self.slug, self.version, &self.retired_on)
    }
}
