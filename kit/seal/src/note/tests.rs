#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;
use crate::{entropy::seeded, private_key::PrivateKey};

// The key and note of the Go reference implementation (golang.org/x/mod/sumdb/note, package example).
const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETER_NOTE: &str = concat!(
    "If you think cryptography is the answer to your problem,\n",
    "then you don't know what your problem is.\n",
    "\n",
    "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
);

fn key(algorithm: Algorithm) -> PrivateKey {
    PrivateKey::generate(algorithm, &mut seeded(b"note")).unwrap()
}

fn signed(text: &str) -> (SignedNote, NoteVerifier, NoteVerifier) {
    let (ed25519, sm2) = (key(Algorithm::Ed25519), key(Algorithm::Sm2));
    let mut note = SignedNote::new(text).unwrap();
    note.sign("log.example", &ed25519).unwrap();
    note.sign("log.example", &sm2).unwrap();
    let verifier = |key: &PrivateKey| NoteVerifier::new("log.example", key.public_key().clone()).unwrap();
    (note, verifier(&ed25519), verifier(&sm2))
}

#[test]
fn a_note_of_another_implementation_is_read_and_verified() {
    let verifier = NoteVerifier::parse(PETER).unwrap();
    assert_eq!(verifier.to_string(), PETER);
    let note = SignedNote::parse(PETER_NOTE).unwrap();
    note.verify(&verifier).unwrap();
    assert_eq!(note.to_string(), PETER_NOTE);
}

#[test]
fn both_signatures_verify_after_a_round_trip_through_text() {
    let (note, ed25519, sm2) = signed("log.example\n3\nAAAA\n");
    let again = SignedNote::parse(&note.to_string()).unwrap();
    assert_eq!(again, note);
    again.verify(&ed25519).unwrap();
    again.verify(&sm2).unwrap();
    assert_eq!(NoteVerifier::parse(&sm2.to_string()).unwrap(), sm2);
}

#[test]
fn a_text_with_blank_lines_keeps_them() {
    let (note, ed25519, _) = signed("a\n\nb\n");
    let again = SignedNote::parse(&note.to_string()).unwrap();
    assert_eq!(again.text(), "a\n\nb\n");
    again.verify(&ed25519).unwrap();
}

#[test]
fn an_altered_note_and_a_foreign_signer_are_found() {
    let (note, ed25519, sm2) = signed("size 3\n");
    let altered = SignedNote::parse(&note.to_string().replace("size 3", "size 4")).unwrap();
    assert!(altered.verify(&ed25519).is_err());
    assert!(altered.verify(&sm2).is_err());
    let stranger = NoteVerifier::new("other.example", key(Algorithm::Ed25519).public_key().clone()).unwrap();
    assert!(note.verify(&stranger).is_err());
}

#[test]
fn malformed_notes_are_refused() {
    let cases = [
        "",
        "text\n",
        "text\n\n\u{2014} a AAAAAAAA",
        "text\n\na AAAAAAAA\n",
        "text\n\n\u{2014} a\n",
        "text\n\n\u{2014} a ####\n",
        "text\n\n\u{2014} a AAAA\n",
        "te\rxt\n\n\u{2014} a AAAAAAAA\n",
    ];
    for case in cases {
        assert!(SignedNote::parse(case).is_err(), "{case:?}");
    }
    assert!(SignedNote::new("no end").is_err());
    assert!(NoteVerifier::new("a b", key(Algorithm::Sm2).public_key().clone()).is_err());
    assert!(NoteVerifier::new("a", key(Algorithm::P256).public_key().clone()).is_err());
    assert!(NoteVerifier::parse(&PETER.replace("c74f20a3", "c74f20a4")).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_text_round_trips(lines in prop::collection::vec("[^\\p{Cc}]{0,20}", 1..6)) {
        let text = format!("{}\n", lines.join("\n"));
        let (note, ed25519, sm2) = signed(&text);
        let again = SignedNote::parse(&note.to_string()).unwrap();
        prop_assert_eq!(again.text(), text.as_str());
        prop_assert!(again.verify(&ed25519).is_ok() && again.verify(&sm2).is_ok());
    }

    #[test]
    fn any_input_is_read_or_refused(input in "\\PC{0,80}") {
        let _ = SignedNote::parse(&input);
    }
}
