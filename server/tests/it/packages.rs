//! The shipped packages pass `check` and `test`, and can be published.

use std::path::{Path, PathBuf};

use zhengshu::node::Node;
use zhengshu::packages;

use crate::folder::place;

fn shipped() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packages");
    std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect()
}

#[test]
fn every_shipped_package_passes_its_check_and_its_scenarios() {
    for package in shipped() {
        assert!(!procedure::has_errors(&packages::check(&package).unwrap()), "{}", package.display());
        assert!(packages::test(&package).unwrap(), "{}", package.display());
    }
}

#[test]
fn a_published_package_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let here = place(folder.path());
    let package = shipped().remove(0);
    packages::publish(&Node::open(&here).unwrap(), &package).unwrap();
    let node = Node::open(&here).unwrap();
    let slug = package.file_name().unwrap().to_str().unwrap();
    let today = clock::local_date(clock::from_millis(node.now_ms()).unwrap());
    assert!(node.library.current(slug, today).is_some());
}
