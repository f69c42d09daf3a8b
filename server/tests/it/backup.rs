//! A backup restores to what it was, and an altered one is refused.

use std::fs;

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
    assert!(backup::restore(&file, &place(&folder.path().join("there"))).is_err());
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
