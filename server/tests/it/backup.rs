//! A backup restores to what it was, and an altered one is refused.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use seal::NoteVerifier;
use zhengshu::node::Node;
use zhengshu::{backup, verify};

use crate::folder::{enact, place};

#[test]
fn a_backup_is_restored_and_proven() {
    let folder = tempfile::tempdir().unwrap();
    let here = place(&folder.path().join("here"));
    let node = Node::open(&here).unwrap();
    enact(&node, "339921");
    node.blobs.put(b"%PDF-1.7 sample", 1024).unwrap();
    let file = folder.path().join("backup.tar");
    let manifest = backup::backup(&node, &file).unwrap();
    enact(&node, "339900");
    let there = place(&folder.path().join("there"));
    let restored = backup::restore(&file, &there).unwrap();
    assert_eq!((restored.journal_size, restored.journal_size), (manifest.journal_size, 1));
    let again = Node::open(&there).unwrap();
    let size = again.store.read(|tx| journal::head(tx, "yunxi")).unwrap().size;
    assert_eq!(size, 1, "what came after the backup is not in it");
    assert_eq!(again.blobs.list().unwrap().len(), 1);
    assert_eq!(fs::metadata(there.keys()).unwrap().permissions().mode() & 0o777, 0o700, "the keys are their owner's alone");
}

#[test]
fn a_backup_is_restored_into_an_empty_folder_only() {
    let folder = tempfile::tempdir().unwrap();
    let here = place(&folder.path().join("here"));
    let node = Node::open(&here).unwrap();
    let file = folder.path().join("backup.tar");
    backup::backup(&node, &file).unwrap();
    assert!(backup::backup(&node, &file).is_err(), "a file that exists is not overwritten");
    let refused = backup::restore(&file, &here).unwrap_err();
    assert!(refused.to_string().contains("not empty"), "{refused}");
}

#[test]
fn an_altered_backup_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let node = Node::open(&place(&folder.path().join("here"))).unwrap();
    enact(&node, "339921");
    let file = folder.path().join("backup.tar");
    backup::backup(&node, &file).unwrap();
    let mut bytes = fs::read(&file).unwrap();
    let name = "division:339921".as_bytes();
    let at = bytes.windows(name.len()).position(|window| window == name).or_else(|| bytes.windows(6).rposition(|window| window == b"339921"));
    bytes[at.unwrap() + 1] ^= 1;
    fs::write(&file, bytes).unwrap();
    let there = place(&folder.path().join("there"));
    assert!(backup::restore(&file, &there).is_err());
    assert!(is_empty(&there.data), "what is not proven does not stay");
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().next().is_none()
}

/// Appends a member to a backup.
fn smuggle(file: &Path, name: &str, kind: tar::EntryType) {
    let mut archive = tar::Archive::new(fs::File::open(file).unwrap());
    let members: Vec<(tar::Header, Vec<u8>)> = archive
        .entries()
        .unwrap()
        .map(|entry| {
            let mut entry = entry.unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
            (entry.header().clone(), bytes)
        })
        .collect();
    let mut out = tar::Builder::new(fs::File::create(file).unwrap());
    for (header, bytes) in members {
        out.append(&header, bytes.as_slice()).unwrap();
    }
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_size(0);
    header.set_mode(0o600);
    if kind == tar::EntryType::Symlink {
        header.set_link_name("/etc").unwrap();
    }
    out.append_data(&mut header, name, std::io::empty()).unwrap();
    out.finish().unwrap();
}

#[test]
fn a_backup_with_something_added_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let node = Node::open(&place(&folder.path().join("here"))).unwrap();
    enact(&node, "339921");
    for (number, (name, kind)) in [("keys/extra.key", tar::EntryType::Regular), ("files/link", tar::EntryType::Symlink)].into_iter().enumerate() {
        let file = folder.path().join(format!("backup{number}.tar"));
        backup::backup(&node, &file).unwrap();
        smuggle(&file, name, kind);
        let there = place(&folder.path().join(format!("there{number}")));
        let refused = backup::restore(&file, &there).unwrap_err();
        assert!(refused.to_string().contains(name), "{refused}");
        assert!(is_empty(&there.data));
    }
}

#[test]
fn a_backup_that_fails_leaves_no_half_file() {
    let folder = tempfile::tempdir().unwrap();
    let node = Node::open(&place(&folder.path().join("here"))).unwrap();
    let file = folder.path().join("backup.tar");
    fs::write(node.place.data.join("zhengshu.toml"), "").unwrap();
    fs::set_permissions(node.place.keys(), fs::Permissions::from_mode(0o700)).unwrap();
    std::os::unix::fs::symlink("/no/such/file", node.place.keys().join("dangling")).unwrap();
    assert!(backup::backup(&node, &file).is_err());
    assert!(!file.exists());
    fs::remove_file(node.place.keys().join("dangling")).unwrap();
    backup::backup(&node, &file).unwrap();
}

#[test]
fn an_export_verifies_with_the_public_keys_and_an_edited_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let node = Node::open(&place(&folder.path().join("here"))).unwrap();
    enact(&node, "339921");
    enact(&node, "339900");
    let file = folder.path().join("journal.jsonl");
    assert_eq!(verify::export(&node, &file).unwrap(), 2);
    let keys: Vec<NoteVerifier> = node.checkpoints.verifiers().to_vec();
    let said = verify::verify(&file, &keys).unwrap();
    assert!(said.contains("2 条记录"), "{said}");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("division-enacted", "division-removed", 1)).unwrap();
    assert!(verify::verify(&file, &keys).is_err());
}

#[test]
fn a_second_process_may_not_write_the_same_folder() {
    let folder = tempfile::tempdir().unwrap();
    let here = place(folder.path());
    let _first = Node::open(&here).unwrap();
    let second = Node::open(&here).err().unwrap();
    assert!(second.to_string().contains("another process"), "{second}");
}
