//! The doctor finds what is wrong, and says how to mend it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use zhengshu::doctor::examine;
use zhengshu::node::Node;

use crate::folder::{enact, place};

fn ill(place: &zhengshu::config::Place) -> Vec<String> {
    examine(place).into_iter().filter(|finding| !finding.well).map(|finding| finding.en).collect()
}

#[test]
fn an_empty_folder_is_told_to_start() {
    let folder = tempfile::tempdir().unwrap();
    assert!(ill(&place(folder.path())).iter().any(|said| said.contains("zhengshu demo")));
}

#[test]
fn readable_keys_an_altered_entry_and_a_wrong_site_file_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let here = place(folder.path());
    let node = Node::open(&here).unwrap();
    enact(&node, "339921");
    node.store.write(|tx| tx.execute("update journal_entry set payload = '{}' where idx = 0", &[])).unwrap();
    drop(node);
    fs::set_permissions(here.keys(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(here.data.join("zhengshu.toml"), "nod = \"x\"").unwrap();
    let said = ill(&here).join("\n");
    for expected in ["chmod 700", "Entry 0 of the journal was altered", "zhengshu.toml"] {
        assert!(said.contains(expected), "{expected} is missing in:\n{said}");
    }
}

#[test]
fn a_certificate_that_is_missing_or_none_is_said_before_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let here = place(folder.path());
    fs::create_dir_all(&here.data).unwrap();
    let site = "[exchange_tls]\nlisten = \"127.0.0.1:0\"\nidentity = \"tls/node.pem\"\nroots = \"tls/roots.pem\"\n";
    fs::write(here.data.join("zhengshu.toml"), site).unwrap();
    let said = ill(&here).join("\n");
    assert!(said.contains("Mutual TLS") && said.contains("tls/roots.pem"), "{said}");
    fs::create_dir_all(here.data.join("tls")).unwrap();
    for file in ["tls/node.pem", "tls/roots.pem"] {
        fs::write(here.data.join(file), "no certificate").unwrap();
    }
    assert!(ill(&here).join("\n").contains("Mutual TLS of the exchange cannot be had"), "{said}");
}
