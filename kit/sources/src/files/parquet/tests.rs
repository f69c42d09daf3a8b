#![allow(clippy::unwrap_used)]
use serde_json::json;

use super::super::{Row, read_file};
use super::*;

macro_rules! file {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/parquet/", $name, ".parquet"))
    };
}

fn cells(row: &Row) -> Value {
    Value::Object(row.cells.clone())
}

fn problem(bytes: &[u8]) -> FileProblem {
    read_file(bytes).unwrap_err()
}

#[test]
fn values_of_every_type_come_as_a_person_would_have_typed_them() {
    for bytes in [&file!("types")[..], &file!("types-v2")[..]] {
        let file = read_file(bytes).unwrap();
        assert_eq!(file.unread, []);
        assert_eq!(file.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [1, 2]);
        let first = json!({
            "姓名": "林晓禾", "town": "石门乡", "birth": "1992-11-02", "amount": "-1234.50", "whole": "9007199254740993", "small": "255",
            "share": "0.25", "single": "0.1", "active": "true", "ns": "2026-03-02T09:30:15", "us": "2026-03-02T09:30:15",
            // In China's time.
            "utc": "2026-03-03T00:30:00", "open": "08:30:00", "raw": "abc",
        });
        assert_eq!(cells(&file.rows[0]), first);
        let second = json!({
            "town": "石门乡", "birth": "1949-10-01", "amount": "0.07", "small": "0", "share": "1", "single": "2", "active": "false",
            "ns": "2026-03-02", "us": "2026-03-02", "open": "23:59:59", "raw": "云",
        });
        assert_eq!(cells(&file.rows[1]), second);
    }
}

#[test]
fn what_cannot_be_told_in_a_cell_is_reported_with_its_row() {
    let file = read_file(file!("wrong")).unwrap();
    assert_eq!(file.unread.iter().map(|unread| (unread.row, unread.column.as_str())).collect::<Vec<_>>(), [(1, "wrong"), (2, "wrong")]);
    assert_eq!(cells(&file.rows[0]), json!({ "wrong": "2.5" }));
    let file = read_file(file!("bytes")).unwrap();
    assert_eq!((file.unread[0].row, file.rows[0].row), (1, 2));
    assert!(file.unread.iter().all(|unread| !unread.sentence.is_incomplete()));
}

#[test]
fn what_is_no_flat_table_is_refused_with_the_column() {
    for (bytes, code, column) in [
        (&file!("nested")[..], "file-parquet-nested", "nested"),
        (&file!("group")[..], "file-parquet-nested", "group"),
        (&file!("int96")[..], "file-parquet-int96", "int96"),
    ] {
        let problem = problem(bytes);
        assert_eq!(problem.code, code);
        assert!(problem.sentence.zh.contains(column) && problem.sentence.en.contains(column), "{problem:?}");
    }
    assert_eq!(problem(file!("zstd")).code, "file-parquet-packed");
    assert_eq!(problem(file!("delta")).code, "file-parquet-damaged");
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let whole = file!("types");
    for length in MARK.len()..whole.len() {
        assert_eq!(problem(&whole[..length]).code, "file-parquet-damaged", "{length}");
    }
    assert_eq!(problem(b"PAR1\0\0\0\0PAR1").code, "file-parquet-damaged");
    assert_eq!(problem(b"PAR1\xff\xff\xff\x7fPAR1").code, "file-parquet-damaged");
    // Without its first mark it is no Parquet file at all.
    assert!(!problem(&whole[1..]).code.starts_with("file-parquet"));
}

/// Every byte in turn becomes several others: what comes is rows or a sentence, in time and within memory.
#[test]
fn a_file_altered_anywhere_is_read_or_refused() {
    for whole in [&file!("types")[..], &file!("types-v2")[..]] {
        for place in 0..whole.len() {
            for other in [0x00, 0xff, whole[place] ^ 1, whole[place] ^ 0x10] {
                let mut bytes = whole.to_vec();
                bytes[place] = other;
                if let Err(problem) = read_file(&bytes) {
                    assert!(!problem.sentence.is_incomplete());
                }
            }
        }
    }
}

/// A page whose head says 2 GiB unpacked, and one whose dictionary says 2^31 values.
#[test]
fn no_page_may_claim_more_than_it_holds() {
    let dictionary = |unpacked: &[u8], values: &[u8]| [&[0x15, 4, 0x15], unpacked, &[0x15, 8, 0x4c, 0x15], values, &[0x15, 0, 0, 0]].concat();
    assert!(heads::is_plausible_page(&dictionary(&[8], &[4])));
    let most = [0xfe, 0xff, 0xff, 0xff, 0x0f];
    assert!(!heads::is_plausible_page(&dictionary(&most, &[4])));
    assert!(!heads::is_plausible_page(&dictionary(&[8], &most)));
    // The size said twice, the second time in the long form.
    let twice = [&[0x15, 4, 0x15, 8, 0x15, 8, 0x4c, 0x15, 4, 0x15, 0, 0][..], &[0x05, 4], &most, &[0]].concat();
    assert!(!heads::is_plausible_page(&twice));
    let negative = dictionary(&[9], &[4]);
    assert!(!heads::is_plausible_page(&negative));
}

#[test]
fn a_table_that_says_it_has_more_columns_than_are_there_is_refused() {
    let element = |children: u8| [0x48, 1, b't', 0x15, children, 0];
    let leaf = [0x15, 4, 0x25, 0, 0x18, 1, b'a', 0];
    let footer = |children: u8| [&[0x15, 2, 0x19, 0x2c][..], &element(children), &leaf, &[0]].concat();
    assert_eq!(heads::nested_column(&footer(2)), Some(None));
    assert_eq!(heads::nested_column(&footer(126)), None);
}

#[test]
fn what_is_packed_is_counted_as_it_unpacks() {
    let bytes = file!("zeros");
    assert!(bytes.len() < 2_000);
    assert_eq!(read_rows(bytes, TEXT_BYTES_MAX).unwrap().rows.len(), 2_000);
    assert_eq!(read_rows(bytes, 1 << 20).unwrap_err().code, "file-parquet-large");
}
