//! What folders must hold: crates their README, vendored folders their licence and hashes.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::{Fault, Rule, Tree};
use crate::ChoreError;

const HASHES: &str = "SHA256SUMS";

pub(crate) fn check(root: &Path, tree: &Tree, faults: &mut Vec<Fault>) -> Result<(), ChoreError> {
    crates(tree, faults);
    for folder in vendored(&tree.paths) {
        vendored_folder(root, &tree.paths, &folder, faults)?;
    }
    Ok(())
}

fn crates(tree: &Tree, faults: &mut Vec<Fault>) {
    for path in tree.paths.iter().filter_map(|path| path.strip_suffix("/Cargo.toml")) {
        let readme = tree.texts.iter().find(|(text, _)| *text == format!("{path}/README.md"));
        if readme.is_none_or(|(_, text)| text.trim().lines().count() < 3) {
            let what = "the crate has no README that says what it is".to_owned();
            faults.push(Fault { rule: Rule::Readme, path: format!("{path}/README.md"), line: 0, what });
        }
        let door = tree.rust.iter().find(|file| file.path == format!("{path}/src/lib.rs"));
        if let Some(file) = door.filter(|file| !file.text.contains("#![doc = include_str!(\"../README.md\")]")) {
            faults.push(file.fault(Rule::Readme, 1, "the README is not the documentation of the crate"));
        }
    }
}

/// `assets/vendor/<name>/<version>` of every file below.
fn vendored(paths: &[String]) -> BTreeSet<String> {
    let below = paths.iter().filter(|path| path.starts_with("assets/vendor/"));
    below.map(|path| path.split('/').take(4).collect::<Vec<_>>().join("/")).collect()
}

fn vendored_folder(root: &Path, paths: &[String], folder: &str, faults: &mut Vec<Fault>) -> Result<(), ChoreError> {
    let mut fault = |path: &str, what: String| faults.push(Fault { rule: Rule::Vendored, path: path.to_owned(), line: 0, what });
    let files: Vec<&str> = paths.iter().filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/')).collect();
    if !files.iter().any(|file| file.to_uppercase().contains("LICENSE") || file.to_uppercase().contains("LICENCE")) {
        fault(folder, "there is no licence".into());
    }
    let Ok(sums) = fs::read_to_string(root.join(folder).join(HASHES)) else {
        fault(folder, format!("there is no {HASHES}"));
        return Ok(());
    };
    let mut listed = BTreeSet::new();
    for (expected, file) in sums.lines().filter_map(|line| line.split_once(char::is_whitespace)) {
        let file = file.trim_start().trim_start_matches('*').trim_start_matches("./");
        listed.insert(file);
        match fs::read(root.join(folder).join(file)) {
            Ok(bytes) if sha256(&bytes) == expected => {}
            Ok(_) => fault(folder, format!("{file} is not what {HASHES} says")),
            Err(_) => fault(folder, format!("{file} is listed and not there")),
        }
    }
    for file in files.iter().filter(|file| **file != HASHES && !listed.contains(**file)) {
        fault(folder, format!("{file} is not listed in {HASHES}"));
    }
    Ok(())
}

/// SHA-256 in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
