#![allow(clippy::unwrap_used)]
use super::*;
use crate::entropy::seeded;

fn open(folder: &Path) -> Result<KeyRing, SealError> {
    KeyRing::open_or_create(folder, &mut seeded(b"ring"))
}

#[test]
fn a_first_start_makes_the_standing_keys_and_a_second_one_finds_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys");
    let first = open(&path).unwrap();
    let second = KeyRing::open_or_create(&path, &mut seeded(b"other")).unwrap();
    for purpose in Purpose::standing() {
        assert_eq!(first.version(&purpose), 1, "{purpose}");
        assert_eq!(first.public_keys(&purpose), second.public_keys(&purpose), "{purpose}");
    }
    assert_eq!(first.secret("a").unwrap(), second.secret("a").unwrap());
    assert_ne!(first.secret("a").unwrap(), first.secret("b").unwrap());
    assert_eq!(first.purposes().count(), Purpose::standing().len());
}

#[test]
fn files_are_readable_by_their_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).unwrap();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.path());
    }
    let path = folder.path().join("data-root.v1.key");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let fault = open(folder.path()).unwrap_err().to_string();
    assert!(fault.contains("others may read it (mode 644)"), "{fault}");
}

#[test]
fn after_a_rotation_the_new_key_signs_and_the_old_one_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let mut ring = open(folder.path()).unwrap();
    let old = ring.signer(&Purpose::PackageSm2).unwrap().sign(b"package").unwrap();
    assert_eq!(ring.rotate(&Purpose::PackageSm2, &mut seeded(b"next")).unwrap(), 2);
    let new = ring.signer(&Purpose::PackageSm2).unwrap().sign(b"package").unwrap();

    let ring = open(folder.path()).unwrap();
    assert_eq!(ring.version(&Purpose::PackageSm2), 2);
    ring.public_key(&Purpose::PackageSm2, 1).unwrap().verify(b"package", &old).unwrap();
    ring.public_key(&Purpose::PackageSm2, 2).unwrap().verify(b"package", &new).unwrap();
    assert!(ring.public_key(&Purpose::PackageSm2, 1).unwrap().verify(b"package", &new).is_err());
    assert!(ring.public_key(&Purpose::PackageSm2, 3).is_err());
}

#[test]
fn a_new_data_root_opens_what_the_old_one_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let mut ring = open(folder.path()).unwrap();
    let sealed = ring.field_keys().unwrap().seal("p", "c", "x", &mut seeded(b"n")).unwrap();
    ring.rotate_data_root(&mut seeded(b"next")).unwrap();
    let keys = open(folder.path()).unwrap().field_keys().unwrap();
    assert_eq!(*keys.open("p", "c", &sealed).unwrap(), "x");
    assert!(keys.is_outdated(&sealed));
}

#[test]
fn an_organ_gets_its_seal_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut ring = open(folder.path()).unwrap();
    let purpose = Purpose::organ_seal("11339921MB0000001A").unwrap();
    assert!(ring.signer(&purpose).is_err());
    ring.ensure(&purpose, &mut seeded(b"1")).unwrap();
    ring.ensure(&purpose, &mut seeded(b"2")).unwrap();
    assert_eq!(ring.version(&purpose), 1);
    assert_eq!(open(folder.path()).unwrap().public_keys(&purpose), ring.public_keys(&purpose));
    assert!(Purpose::organ_seal("../escape").is_err());
    assert!(Purpose::parse("nonsense").is_err());
}

#[test]
fn a_damaged_file_is_named_and_a_foreign_one_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).unwrap();
    fs::write(folder.path().join("README"), "not a key").unwrap();
    open(folder.path()).unwrap();
    fs::write(folder.path().join("journal-sm2.v1.pem"), "rubbish").unwrap();
    let fault = open(folder.path()).unwrap_err().to_string();
    assert!(fault.contains("journal-sm2.v1.pem"), "{fault}");
}

#[test]
fn a_key_file_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let mut ring = open(folder.path()).unwrap();
    let mut stale = open(folder.path()).unwrap();
    ring.rotate(&Purpose::PackageSm2, &mut seeded(b"a")).unwrap();
    assert!(matches!(stale.rotate(&Purpose::PackageSm2, &mut seeded(b"b")), Err(SealError::KeyFile { .. })));
}
