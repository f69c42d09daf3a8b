#![allow(clippy::unwrap_used)]
use super::*;
use crate::{entropy::seeded, private_key::PrivateKey, x509::tests::chain};

const CONTENT: &[u8] = b"%PDF-1.7 the bytes outside the hole";
const AT: i64 = 1_780_000_000_000;

fn sign(algorithm: Algorithm, at: Option<i64>) -> (Vec<u8>, Vec<Certificate>) {
    let (key, chain) = chain(algorithm);
    let message = cms_detached(&key, &chain, &content_digest(algorithm, CONTENT), at).unwrap();
    (message, chain)
}

#[test]
fn a_detached_signature_verifies_and_names_its_signer() {
    for algorithm in [Algorithm::P256, Algorithm::Sm2] {
        for at in [None, Some(AT)] {
            let (message, chain) = sign(algorithm, at);
            let checked = verify_detached(&message, CONTENT).unwrap();
            assert_eq!(checked.signer, chain[0]);
            assert_eq!(checked.certificates.len(), 2);
            assert_eq!(checked.signing_time_millis, at);
            checked.signer.verify_issued_by(&chain[1]).unwrap();
        }
    }
}

#[test]
fn a_message_with_two_certificates_fits_the_hole_of_a_pdf() {
    let (message, _) = sign(Algorithm::P256, Some(AT));
    assert!(message.len() < 4096, "{} bytes", message.len());
}

#[test]
fn altered_content_is_found() {
    let (message, _) = sign(Algorithm::P256, None);
    let fault = verify_detached(&message, b"%PDF-1.7 other bytes").unwrap_err();
    assert!(matches!(fault, SealError::BadSignature("the content was altered")));
}

#[test]
fn any_altered_byte_of_the_message_changes_the_answer() {
    let (message, chain) = sign(Algorithm::P256, Some(AT));
    let mut accepted = Vec::new();
    for position in 0..message.len() {
        let mut altered = message.clone();
        altered[position] ^= 1;
        let whole = |checked: DetachedSignature| checked.signer == chain[0] && checked.certificates.contains(&chain[1]);
        if verify_detached(&altered, CONTENT).is_ok_and(whole) {
            accepted.push(position);
        }
    }
    assert_eq!(accepted, Vec::<usize>::new());
}

#[test]
fn a_signer_needs_its_own_certificate_first() {
    let (_, mut chain) = chain(Algorithm::P256);
    let stranger = PrivateKey::generate(Algorithm::P256, &mut seeded(b"stranger")).unwrap();
    assert!(cms_detached(&stranger, &chain, &[0; 32], None).is_err());
    chain.reverse();
    let (key, _) = crate::x509::tests::chain(Algorithm::P256);
    assert!(cms_detached(&key, &chain, &[0; 32], None).is_err());
    assert!(cms_detached(&key, &[], &[0; 32], None).is_err());
}

#[test]
fn rubbish_is_refused() {
    for rubbish in [b"".as_slice(), b"\x30\x00", b"\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"] {
        assert!(verify_detached(rubbish, CONTENT).is_err());
    }
}
