//! Packages held in memory, parsed once.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::civil::Date;
use store::{StoreError, Tx};

use crate::package::Package;
use crate::store::{self as tables, PackageVersion};

/// Why the library could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// The database's fault.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The files in the database are not those that were published.
    #[error("expected the package {slug} to have the hash {expected}, but its files give {found}")]
    Altered {
        /// The item.
        slug: String,
        /// The published hash.
        expected: String,
        /// The hash of the files as they are.
        found: String,
    },
    /// A published package cannot be read by this program.
    #[error("expected to read the package {slug} ({hash}), but: {problem}")]
    Unreadable {
        /// The item.
        slug: String,
        /// The published hash.
        hash: String,
        /// The first finding.
        problem: String,
    },
}

/// All published packages, shared by all threads. [`Library::refresh`] brings it up to date; it reads only what is new.
#[derive(Debug, Default)]
pub struct Library {
    shelf: RwLock<Shelf>,
}

#[derive(Debug, Default)]
struct Shelf {
    versions: BTreeMap<String, Vec<PackageVersion>>,
    packages: HashMap<String, Arc<Package>>,
}

impl Library {
    /// Reads all published packages.
    ///
    /// # Errors
    /// The database's, or a package that is not what was published.
    pub fn load(tx: &mut Tx<'_>) -> Result<Self, LibraryError> {
        let library = Self::default();
        library.refresh(tx)?;
        Ok(library)
    }

    /// Brings the library up to date; true when something has changed. Cheap when nothing has.
    ///
    /// # Errors
    /// The database's, or a package that is not what was published.
    pub fn refresh(&self, tx: &mut Tx<'_>) -> Result<bool, LibraryError> {
        let rows = tables::versions(tx)?;
        let unknown: Vec<&PackageVersion> = {
            let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
            if shelf.versions.values().flatten().eq(rows.iter()) {
                return Ok(false);
            }
            rows.iter().filter(|row| !shelf.packages.contains_key(&row.hash)).collect()
        };
        let mut parsed = Vec::new();
        for row in unknown {
            parsed.push((row.hash.clone(), Arc::new(read(tx, row)?)));
        }
        let mut shelf = self.shelf.write().unwrap_or_else(PoisonError::into_inner);
        shelf.packages.extend(parsed);
        shelf.versions.clear();
        for row in rows {
            shelf.versions.entry(row.slug.clone()).or_default().push(row);
        }
        Ok(true)
    }

    /// The package a case pins.
    #[must_use]
    pub fn by_hash(&self, hash: &str) -> Option<Arc<Package>> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner).packages.get(hash).cloned()
    }

    /// The package under which cases of an item start on a day.
    #[must_use]
    pub fn current(&self, slug: &str, on: Date) -> Option<Arc<Package>> {
        self.current_version(slug, on).and_then(|version| self.by_hash(&version.hash))
    }

    /// The version under which cases of an item start on a day.
    #[must_use]
    pub fn current_version(&self, slug: &str, on: Date) -> Option<PackageVersion> {
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        shelf.versions.get(slug)?.iter().rev().find(|version| version.in_force(on)).cloned()
    }

    /// Every item in force on a day, by slug.
    #[must_use]
    pub fn all_current(&self, on: Date) -> Vec<Arc<Package>> {
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        let current = shelf.versions.values().filter_map(|versions| versions.iter().rev().find(|version| version.in_force(on)));
        current.filter_map(|version| shelf.packages.get(&version.hash).cloned()).collect()
    }

    /// All versions of an item, oldest first.
    #[must_use]
    pub fn versions_of(&self, slug: &str) -> Vec<PackageVersion> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner).versions.get(slug).cloned().unwrap_or_default()
    }
}

fn read(tx: &mut Tx<'_>, version: &PackageVersion) -> Result<Package, LibraryError> {
    let files = tables::files(tx, &version.hash)?;
    let found = files.hash();
    if found.as_str() != version.hash {
        return Err(LibraryError::Altered { slug: version.slug.clone(), expected: version.hash.clone(), found: found.to_string() });
    }
    Package::parse(files).map_err(|findings| LibraryError::Unreadable {
        slug: version.slug.clone(),
        hash: version.hash.clone(),
        problem: findings.first().map(|finding| finding.sentence(false)).unwrap_or_default(),
    })
}
