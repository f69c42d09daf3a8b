//! The journal on both databases: proofs hold, and every edit is found.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use ids::SeededEntropy;
use journal::{Draft, JournalError, Receipt, append, consistency, entries_of, erase_payload, export, head, inclusion, verify_export};
use store::Store;
use testkit::on_both;

fn draft(stream: &str, version: i64) -> Draft {
    Draft {
        at_ms: 1_700_000_000_000 + version,
        node: "yunxi".into(),
        actor: "account_1".into(),
        on_behalf: None,
        action: "case.accept".into(),
        stream: stream.into(),
        version,
        kind: "case-accepted".into(),
        payload: format!("{{\"version\":{version}}}"),
    }
}

fn filled(store: &Store, count: i64) {
    store.migrate("journal", journal::MIGRATIONS).unwrap();
    store
        .write(move |tx| {
            let mut entropy = SeededEntropy::new(7);
            let drafts: Vec<Draft> = (1..=count).map(|version| draft("case_a", version)).collect();
            append(tx, &drafts, &mut entropy).map(drop)
        })
        .unwrap();
}

fn exported(store: &Store) -> String {
    let mut out = Vec::new();
    store
        .read(|tx| {
            out.clear();
            let head = head(tx, "yunxi")?;
            export(tx, &head.body(), head.size, &mut out).unwrap();
            Ok::<_, JournalError>(())
        })
        .unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn every_entry_of_every_size_has_a_proof() {
    on_both(|database| {
        let store = database.store();
        filled(&store, 600);
        store
            .read(|tx| {
                for size in [1, 2, 3, 7, 255, 256, 257, 511, 512, 513, 600] {
                    let head = head(tx, "yunxi")?;
                    for index in [0, 1, size / 2, size - 1] {
                        inclusion(tx, index.min(size - 1), size)?;
                    }
                    assert_eq!(head.size, 600);
                }
                let head = head(tx, "yunxi")?;
                for index in 0..600 {
                    Receipt::build(tx, index, &head.body(), 600)?.check().unwrap();
                }
                assert!(matches!(inclusion(tx, 600, 600), Err(JournalError::Beyond(_))));
                assert!(!consistency(tx, 256, 600)?.is_empty());
                Ok::<_, JournalError>(())
            })
            .unwrap();
    });
}

#[test]
fn an_altered_receipt_proves_nothing() {
    on_both(|database| {
        let store = database.store();
        filled(&store, 20);
        let receipt = store
            .read(|tx| {
                let head = head(tx, "yunxi")?;
                Receipt::build(tx, 5, &head.body(), 20)
            })
            .unwrap();
        receipt.check().unwrap();
        let mut payload = receipt.clone();
        payload.entry.payload = Some("{}".into());
        let mut actor = receipt.clone();
        actor.entry.header.actor = "account_2".into();
        let mut index = receipt.clone();
        index.proof.index = 6;
        let mut path = receipt.clone();
        path.proof.sm3.swap(0, 1);
        for altered in [payload, actor, index, path] {
            assert!(altered.check().is_err());
        }
    });
}

#[test]
fn an_export_verifies_and_every_edit_is_found() {
    on_both(|database| {
        let store = database.store();
        filled(&store, 30);
        let text = exported(&store);
        let report = verify_export(&mut text.as_bytes()).unwrap();
        assert_eq!((report.entries, report.erased), (30, 0));
        let lines: Vec<&str> = text.lines().collect();
        let mut removed = lines.clone();
        removed.remove(3);
        let mut moved = lines.clone();
        moved.swap(3, 4);
        let edits = [
            text.replacen("\\\"version\\\":3}", "\\\"version\\\":4}", 1),
            text.replacen("account_1", "account_2", 1),
            text.replacen("1700000000003", "1700000000004", 1),
            removed.join("\n"),
            moved.join("\n"),
            lines[..lines.len() - 1].join("\n"),
        ];
        for (number, edit) in edits.iter().enumerate() {
            assert_ne!(edit, &text, "edit {number} changes something");
            assert!(verify_export(&mut edit.as_bytes()).is_err(), "edit {number}");
        }
    });
}

#[test]
fn an_erased_payload_leaves_every_proof_valid() {
    on_both(|database| {
        let store = database.store();
        filled(&store, 10);
        store.write(|tx| erase_payload(tx, 4)).unwrap();
        let report = verify_export(&mut exported(&store).as_bytes()).unwrap();
        assert_eq!((report.entries, report.erased), (10, 1));
        let entries = store.read(|tx| entries_of(tx, "case_a")).unwrap();
        assert_eq!(entries[4].payload, None);
    });
}

#[test]
fn two_writers_of_one_version_cannot_both_win() {
    on_both(|database| {
        let store = database.store();
        filled(&store, 3);
        let second = store.write(|tx| append(tx, &[draft("case_a", 3)], &mut SeededEntropy::new(1)).map(drop));
        assert!(matches!(second, Err(JournalError::VersionTaken { version: 3, .. })));
        assert_eq!(verify_export(&mut exported(&store).as_bytes()).unwrap().entries, 3);
    });
}

#[test]
fn a_line_break_in_a_header_is_refused() {
    on_both(|database| {
        let store = database.store();
        filled(&store, 1);
        let refused = store.write(|tx| append(tx, &[Draft { actor: "a\nb".into(), ..draft("x", 1) }], &mut SeededEntropy::new(1)).map(drop));
        assert!(matches!(refused, Err(JournalError::Unwritable { .. })));
    });
}
