//! Receipts and proofs verify with nothing but the answers.

use journal::{Checkpoint, InclusionProof, Receipt, Tree, inclusion_root, verify_export};
use seal::{NoteVerifier, SignedNote};
use serde_json::json;
use trust::Role;

use crate::complaint::submitted;
use crate::town::Town;

#[test]
fn a_receipt_verifies_offline() {
    let town = Town::new();
    let citizen = town.shopkeeper();
    let case = submitted(&citizen);
    let answer = citizen.get(&format!("{case}/receipts/case-submitted")).is(200);
    let receipt: Receipt = serde_json::from_slice(&answer.bytes).unwrap();
    assert_eq!(receipt.entry.header.kind, "case-submitted");
    let checkpoint = receipt.check().unwrap();
    assert_eq!(checkpoint.origin, "test.node");

    let published = town.anyone().get("/api/v1/journal/keys").is(200).text();
    let note = SignedNote::parse(&receipt.checkpoint).unwrap();
    assert_eq!(published.lines().count(), 2);
    for line in published.lines() {
        note.verify(&NoteVerifier::parse(line).unwrap()).unwrap();
        assert!(answer.json()["keys"].as_array().unwrap().contains(&json!(line)));
    }
    assert_eq!(citizen.get(&format!("{case}/receipts/case-closed")).refused(), (404, "not-found".into()));
    // The receipt is the applicant's: who handles the case has the journal index of every act instead.
    assert_eq!(town.staff("zhongxiaolan").get(&format!("{case}/receipts/case-submitted")).refused(), (404, "not-found".into()));
}

#[test]
fn the_journal_proves_its_entries_and_that_it_only_grew() {
    let town = Town::new();
    let anyone = town.anyone();
    let first = Checkpoint::parse(&anyone.get("/api/v1/journal/checkpoint").is(200).text()).unwrap();
    let citizen = town.shopkeeper();
    submitted(&citizen);
    let second = Checkpoint::parse(&anyone.get("/api/v1/journal/checkpoint").is(200).text()).unwrap();
    assert!(second.size > first.size);

    let index = second.size - 1;
    let proof: InclusionProof =
        serde_json::from_slice(&anyone.get(&format!("/api/v1/journal/entries/{index}/proof?size={}", second.size)).is(200).bytes).unwrap();
    let entry = town.world.store().read(|tx| journal::entry_at(tx, index)).unwrap();
    let path: Vec<[u8; 32]> = proof.sm3.iter().map(|hex| seal::hash::digest_from_hex(hex).unwrap()).collect();
    let size = u64::try_from(second.size).unwrap();
    assert_eq!(inclusion_root(Tree::Sm3, entry.leaf().sm3, u64::try_from(index).unwrap(), size, &path), Some(second.roots.sm3));

    let grown = anyone.get(&format!("/api/v1/journal/consistency?from={}&to={}", first.size, second.size)).is(200).json();
    let direct = town.world.store().read(|tx| journal::consistency(tx, first.size, second.size)).unwrap();
    let hex: Vec<String> = direct.iter().map(|pair| seal::hash::to_hex(&pair.sm3)).collect();
    assert_eq!(grown["sm3"], json!(hex));

    for path in ["entries/999999/proof", "entries/0/proof?size=999999", "consistency?from=0", "consistency?from=5&to=2"] {
        assert_eq!(anyone.get(&format!("/api/v1/journal/{path}")).refused(), (422, "beyond-journal".into()), "{path}");
    }
    assert_eq!(anyone.get("/api/v1/journal/entries/first/proof").refused(), (404, "not-found".into()));
}

#[test]
fn the_audit_administrator_exports_what_the_verifier_accepts_and_nobody_else_does() {
    let town = Town::new();
    let citizen = town.shopkeeper();
    submitted(&citizen);
    let auditor = town.admin("admin-audit", Role::AuditAdmin);
    let export = auditor.get("/api/v1/journal/export").is(200);
    assert_eq!(export.header("content-type"), "application/x-ndjson");
    let report = verify_export(&mut export.bytes.as_slice()).unwrap();
    let now = town.world.store().read(|tx| journal::head(tx, "test.node")).unwrap();
    assert_eq!((report.entries, report.checkpoint.roots), (now.size, now.roots));
    for client in [citizen, town.admin("admin-system", Role::SystemAdmin), town.staff("zhongxiaolan")] {
        assert_eq!(client.get("/api/v1/journal/export").refused(), (403, "not-permitted".into()));
    }
    assert_eq!(town.anyone().get("/api/v1/journal/export").refused(), (401, "sign-in-needed".into()));
}
