//! Every package that ships passes the check.

use std::path::PathBuf;

#[test]
fn shipped_packages_have_no_error() {
    let packages = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packages");
    let mut wrong = Vec::new();
    let mut folders: Vec<_> = std::fs::read_dir(packages).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let findings = match procedure::read_package(&folder) {
            Ok(package) => procedure::check(&package),
            Err(findings) => findings,
        };
        wrong.extend(findings.iter().map(|finding| format!("{name}/{}", finding.sentence(false))));
    }
    let errors: Vec<&String> = wrong.iter().filter(|sentence| sentence.contains(" error ")).collect();
    for sentence in &wrong {
        println!("{sentence}");
    }
    assert!(errors.is_empty(), "{errors:#?}");
}
