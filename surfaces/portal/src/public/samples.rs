//! Typed samples for the tests of pages.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;
use std::sync::Arc;

use procedure::read_package;

use super::catalogue::Catalogue;

/// The packages that ship with the product.
pub(crate) fn catalogue() -> Catalogue {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages");
    let mut packages = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder of packages is there").flatten() {
        if entry.path().is_dir() {
            packages.push(Arc::new(read_package(&entry.path()).expect("packages that ship can be read")));
        }
    }
    packages.sort_by(|left, right| left.slug.cmp(&right.slug));
    Catalogue::from_packages(packages)
}
