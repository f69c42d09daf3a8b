//! Compiles the vendored styles from the npm packages they come from, and renews the hashes. Neither building nor running needs this.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::tidy::sha256;
use crate::{ChoreError, place};

/// npm package, vendored folder, our source, compiled file.
const STYLES: [(&str, &str, &str, &str); 2] = [
    ("govuk-frontend", "govuk-frontend/6.6.0", "govuk.scss", "govuk-frontend.min.css"),
    ("@ministryofjustice/frontend", "moj-frontend/11.1.0", "moj.scss", "moj-frontend.min.css"),
];
const SASS: &str = "sass@1";

/// Compiles the styles, then writes every `SHA256SUMS` anew.
///
/// # Errors
/// When npm or the compiler fails, or a file cannot be written.
pub fn renew() -> Result<(), ChoreError> {
    let root = place::root();
    let work = tempfile::tempdir()?;
    let packages = STYLES.iter().map(|(package, folder, _, _)| format!("{package}@{}", folder.split('/').nth(1).unwrap_or("latest")));
    place::run(Command::new("npm").args(["install", "--no-audit", "--no-fund", SASS]).args(packages).current_dir(work.path()))?;
    for (_, folder, source, compiled) in STYLES {
        let mut sass = Command::new(work.path().join("node_modules/.bin/sass"));
        sass.args(["--no-source-map", "--style=compressed", "--quiet-deps", "-I", ".", "-I", "node_modules"]).current_dir(work.path());
        sass.arg(root.join("assets/scss").join(source)).arg(root.join("assets/vendor").join(folder).join(compiled));
        place::run(&mut sass)?;
    }
    renew_hashes(&root)
}

fn renew_hashes(root: &Path) -> Result<(), ChoreError> {
    let files = place::files(root)?;
    let below: Vec<&str> = files.iter().filter_map(|path| path.strip_prefix("assets/vendor/")).collect();
    let folders: BTreeSet<String> = below.iter().map(|path| path.split('/').take(2).collect::<Vec<_>>().join("/")).collect();
    for folder in folders {
        let mut sums = String::new();
        for file in below.iter().filter_map(|path| path.strip_prefix(&folder)?.strip_prefix('/')).filter(|file| *file != "SHA256SUMS") {
            let bytes = fs::read(root.join("assets/vendor").join(&folder).join(file))?;
            // Writing into a text cannot fail.
            let _ = writeln!(sums, "{}  {file}", sha256(&bytes));
        }
        fs::write(root.join("assets/vendor").join(&folder).join("SHA256SUMS"), sums)?;
    }
    Ok(())
}
