//! The good package that all tests start from.

use std::path::PathBuf;

use procedure::{Files, Package};

pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/good/huwai-guanggao-shezhi")
}

pub fn files() -> Files {
    Files::read_dir(&folder()).unwrap()
}

pub fn package() -> Package {
    Package::parse(files()).unwrap()
}

/// The files with one text replaced in one file; the text must be there.
pub fn changed(path: &str, from: &str, to: &str) -> Files {
    let mut files = files();
    let text = files.text(path).unwrap().to_owned();
    assert!(text.contains(from), "{path} has no {from:?}");
    files.put(path, text.replacen(from, to, 1));
    files
}

#[test]
fn the_good_package_has_no_finding() {
    let findings = procedure::check(&package());
    assert_eq!(findings, []);
}

#[test]
fn the_folder_must_be_named_like_the_item() {
    let package = procedure::read_package(&folder()).unwrap();
    assert_eq!(package.slug, "huwai-guanggao-shezhi");
    let folder = tempfile::tempdir().unwrap();
    for (path, content) in files().iter() {
        let target = folder.path().join(path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, content).unwrap();
    }
    let findings = procedure::read_package(folder.path()).unwrap_err();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].code, "slug-folder");
}

#[test]
fn the_hash_covers_content_and_paths() {
    let files = files();
    let listing: String = files.iter().map(|(path, content)| format!("{}  {path}\n", seal::hash::sm3_hex(content))).collect();
    assert_eq!(files.hash().as_str(), seal::hash::sm3_hex(listing.as_bytes()));
    assert_ne!(changed("item.toml", "level = 4", "level = 3").hash(), files.hash());
    let mut moved = files.clone();
    let content = moved.remove("rules/size.dmn").unwrap();
    moved.put("rules/area.dmn", content);
    assert_ne!(moved.hash(), files.hash());
}
