//! The store over a real folder and over memory.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;

use blobs::{BlobError, BlobName, Blobs, S3Config};
use object_store::ObjectStoreExt;
use object_store::aws::AmazonS3Builder;

const MIB: u64 = 1024 * 1024;

fn file_of(root: &std::path::Path, name: &BlobName) -> PathBuf {
    let hash = name.hash_hex();
    root.join(&hash[..2]).join(&hash[2..4]).join(hash)
}

#[test]
fn what_is_put_is_got_from_a_folder_and_from_memory() {
    let folder = tempfile::tempdir().unwrap();
    for blobs in [Blobs::folder(folder.path()).unwrap(), Blobs::memory().unwrap()] {
        let name = blobs.put("准予行政许可决定书".as_bytes(), MIB).unwrap();
        assert_eq!(blobs.put("准予行政许可决定书".as_bytes(), MIB).unwrap(), name);
        assert_eq!(blobs.get(&name, MIB).unwrap(), "准予行政许可决定书".as_bytes());
        assert!(blobs.exists(&name).unwrap());
        let other = BlobName::of(b"never stored");
        assert!(!blobs.exists(&other).unwrap());
        assert!(matches!(blobs.get(&other, MIB), Err(BlobError::Missing(_))));
        assert_eq!(blobs.list().unwrap(), [name]);
    }
}

#[test]
fn a_folder_is_found_again_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let name = Blobs::folder(folder.path()).unwrap().put(b"kept", MIB).unwrap();
    std::fs::write(folder.path().join("note.txt"), "not a blob").unwrap();
    let again = Blobs::folder(folder.path()).unwrap();
    assert_eq!(again.list().unwrap(), std::slice::from_ref(&name));
    assert_eq!(again.get(&name, MIB).unwrap(), b"kept");
}

#[test]
fn an_altered_file_is_found_and_mended_by_the_right_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::folder(folder.path()).unwrap();
    let name = blobs.put(b"approved", MIB).unwrap();
    std::fs::write(file_of(folder.path(), &name), b"rejected").unwrap();
    assert!(matches!(blobs.get(&name, MIB), Err(BlobError::Altered(_))));
    blobs.put(b"approved", MIB).unwrap();
    assert_eq!(blobs.get(&name, MIB).unwrap(), b"approved");
}

#[test]
fn limits_hold_on_the_way_in_and_out() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::folder(folder.path()).unwrap();
    assert!(matches!(blobs.put(&[7; 11], 10), Err(BlobError::TooLarge { size_bytes: 11, size_max_bytes: 10 })));
    assert!(matches!(blobs.put(&[], 10), Err(BlobError::Empty)));
    assert!(blobs.list().unwrap().is_empty());
    let name = blobs.put(&[7; 10], 10).unwrap();
    assert!(matches!(blobs.get(&name, 9), Err(BlobError::TooLarge { .. })));
}

#[test]
fn concurrent_puts_leave_each_file_once() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::folder(folder.path()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for number in 0..10_u32 {
                    let bytes = number.to_le_bytes().repeat(5000);
                    let name = blobs.put(&bytes, MIB).unwrap();
                    assert_eq!(blobs.get(&name, MIB).unwrap(), bytes);
                }
            });
        }
    });
    assert_eq!(blobs.list().unwrap().len(), 10);
}

#[test]
fn a_thread_of_another_runtime_may_call_and_drop() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
    runtime.block_on(async {
        let blobs = Blobs::memory().unwrap();
        let name = blobs.put(b"x", MIB).unwrap();
        let copy = blobs.clone();
        let got = tokio::task::spawn_blocking(move || copy.get(&name, MIB)).await.unwrap();
        assert_eq!(got.unwrap(), b"x");
    });
}

#[test]
fn a_bucket_that_does_not_answer_is_an_error_not_a_panic() {
    let config = S3Config {
        bucket: "papers".to_owned(),
        region: "us-east-1".to_owned(),
        endpoint: Some("https://127.0.0.1:1".to_owned()),
        access_key_id: "a".to_owned(),
        secret_access_key: "b".to_owned(),
        allow_http: false,
    };
    let blobs = Blobs::s3(config).unwrap();
    assert!(matches!(blobs.exists(&BlobName::of(b"x")), Err(BlobError::Storage { .. })));
}

/// `ZHENGSHU_TEST_S3` is the address of a service of that kind, for example `http://127.0.0.1:9000`; the bucket `zhengshu-test` must be
/// there, with the key `test` and the secret `test`.
#[test]
#[ignore = "needs a service of S3-compatible storage"]
fn a_living_bucket_keeps_what_a_folder_keeps() {
    let blobs = bucket("zhengshu-test");
    let bytes = format!("准予行政许可决定书 {}", std::process::id()).into_bytes();
    let name = blobs.put(&bytes, MIB).unwrap();
    assert_eq!(blobs.put(&bytes, MIB).unwrap(), name, "the same again changes nothing");
    assert_eq!(blobs.get(&name, MIB).unwrap(), bytes);
    assert!(blobs.exists(&name).unwrap() && blobs.list().unwrap().contains(&name));
    assert!(matches!(blobs.get(&name, 3), Err(BlobError::TooLarge { .. })));
    let other = BlobName::of(b"never stored");
    assert!(!blobs.exists(&other).unwrap());
    assert!(matches!(blobs.get(&other, MIB), Err(BlobError::Missing(_))));
    let large = vec![7; 12 * 1024 * 1024];
    let kept = blobs.put(&large, 20 * MIB).unwrap();
    assert_eq!(blobs.get(&kept, 20 * MIB).unwrap(), large);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(blobs.put(b"at once", MIB).unwrap(), BlobName::of(b"at once")));
        }
    });
    alter(&name, b"rejected");
    assert!(matches!(blobs.get(&name, MIB), Err(BlobError::Altered(_))), "what somebody altered in the bucket is not read");
    blobs.put(&bytes, MIB).unwrap();
    assert_eq!(blobs.get(&name, MIB).unwrap(), bytes, "and the right bytes mend it");
    assert!(matches!(bucket("no-such-bucket").put(b"x", MIB), Err(BlobError::Storage { .. })));
}

fn service() -> String {
    std::env::var("ZHENGSHU_TEST_S3").expect("ZHENGSHU_TEST_S3 is the address of the service")
}

fn bucket(name: &str) -> Blobs {
    let config = S3Config {
        bucket: name.to_owned(),
        region: "us-east-1".to_owned(),
        endpoint: Some(service()),
        access_key_id: "test".to_owned(),
        secret_access_key: "test".to_owned(),
        allow_http: true,
    };
    Blobs::s3(config).unwrap()
}

/// Behind the back of the store: another tool of the operator writes into the bucket.
fn alter(name: &BlobName, bytes: &'static [u8]) {
    let hash = name.hash_hex();
    let path = format!("{}/{}/{hash}", &hash[..2], &hash[2..4]).into();
    let builder = AmazonS3Builder::new().with_bucket_name("zhengshu-test").with_region("us-east-1").with_endpoint(service());
    let objects = builder.with_access_key_id("test").with_secret_access_key("test").with_allow_http(true).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(objects.put(&path, bytes.into())).unwrap();
}
