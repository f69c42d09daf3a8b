use ids::SeededEntropy;
use seal::{Algorithm, Certificate, PrivateKey, Signer, Subject, ValidFor};
use serde_json::json;
use typeset::{CmsCheck, PdfVerdict, SignError, SignRequest, sign_pdf, sign_pdf_with, verify_pdf, verify_pdf_with};

use crate::render::render;

fn unsigned() -> Vec<u8> {
    render("#set document(title: \"x\")\n云溪县 #link(\"https://example.invalid/\")[x]", &[], &json!({})).unwrap().bytes
}

/// Stands for a CMS: a DER octet string holding the length and sum of the content.
fn toy_cms(content: &[u8]) -> Vec<u8> {
    let sum = content.iter().fold(content.len() as u64, |sum, &byte| sum.wrapping_mul(1_000_003).wrapping_add(u64::from(byte)));
    let mut der = vec![4, 8];
    der.extend(sum.to_be_bytes());
    der
}

fn toy_check(cms: &[u8], content: &[u8], _at: Option<jiff::Timestamp>) -> CmsCheck {
    if cms == toy_cms(content) { CmsCheck::Trusted { signer: "toy".to_owned() } } else { CmsCheck::Mismatch }
}

fn request() -> SignRequest<'static> {
    SignRequest { field_name: "zs-1", signer_name: "云溪县市场监督管理局", reason: "签发", at: "2026-03-02T01:02:03Z".parse().unwrap() }
}

fn valid(covers_whole_file: bool) -> PdfVerdict {
    PdfVerdict::Valid { signer: "toy".to_owned(), at: Some(request().at), covers_whole_file }
}

#[test]
fn every_flipped_byte_is_found() {
    let signed = sign_pdf_with(&unsigned(), &request(), &mut |content| Ok(toy_cms(content))).unwrap();
    assert_eq!(verify_pdf_with(&signed, &toy_check), valid(true));
    for at in (0..signed.len()).step_by(97) {
        let mut altered = signed.clone();
        altered[at] ^= 1;
        assert_ne!(verify_pdf_with(&altered, &toy_check), valid(true), "byte {at}");
    }
    for cut in [1, 10, 1000, signed.len() / 2] {
        let shorter = &signed[..signed.len() - cut];
        assert_eq!(verify_pdf_with(shorter, &toy_check), PdfVerdict::Altered);
    }
}

#[test]
fn an_appended_increment_is_seen() {
    let mut signed = sign_pdf_with(&unsigned(), &request(), &mut |content| Ok(toy_cms(content))).unwrap();
    signed.extend(b"\n5 0 obj\n<</Contents (forged)>>\nendobj\nstartxref\n0\n%%EOF\n");
    assert_eq!(verify_pdf_with(&signed, &toy_check), valid(false));
    signed.extend(b"/ByteRange [0 4 6 8]");
    assert_eq!(verify_pdf_with(&signed, &toy_check), valid(false));
}

#[test]
fn unsigned_and_hostile_files_are_answered() {
    assert_eq!(verify_pdf_with(&unsigned(), &toy_check), PdfVerdict::Unsigned);
    assert_eq!(verify_pdf_with(b"", &toy_check), PdfVerdict::Unsigned);
    let hostile: [&[u8]; 6] = [
        b"/ByteRange",
        b"/ByteRange []",
        b"/ByteRange [0 99999999999999999999 1 2]",
        b"/ByteRange [0 18446744073709551615 18446744073709551615 18446744073709551615]",
        b"/ByteRange [0 1 0 1]<04>",
        b"/ByteRange [0 27 33 0]      <0484FFFFFFFF>",
    ];
    for bytes in hostile {
        assert_eq!(verify_pdf_with(bytes, &toy_check), PdfVerdict::Altered, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_second_signature_and_bad_input_are_refused() {
    let mut make = |content: &[u8]| Ok(toy_cms(content));
    let signed = sign_pdf_with(&unsigned(), &request(), &mut make).unwrap();
    assert!(matches!(sign_pdf_with(&signed, &request(), &mut make), Err(SignError::AlreadySigned)));
    assert!(matches!(sign_pdf_with(b"no pdf", &request(), &mut make), Err(SignError::NotAPdf(_))));
    let bad_name = SignRequest { field_name: "a (b", ..request() };
    assert!(matches!(sign_pdf_with(&unsigned(), &bad_name, &mut make), Err(SignError::FieldName)));
    let huge = sign_pdf_with(&unsigned(), &request(), &mut |_| Ok(vec![0; 9000]));
    assert!(matches!(huge, Err(SignError::TooLarge(9000))));
}

struct Node {
    key: PrivateKey,
    chain: Vec<Certificate>,
    root: Certificate,
}

fn node(algorithm: Algorithm, name: &str) -> Node {
    let mut entropy = SeededEntropy::new(u64::try_from(name.len()).unwrap());
    let root_key = PrivateKey::generate(algorithm, &mut entropy).unwrap();
    let key = PrivateKey::generate(algorithm, &mut entropy).unwrap();
    let valid = ValidFor { not_before_millis: 1_767_225_600_000, not_after_millis: 1_924_992_000_000 };
    let subject = |common_name: &str| Subject { country: "CN".to_owned(), common_name: common_name.to_owned(), ..Subject::default() };
    let root = Certificate::root(&subject(name), [1; 16], valid, &root_key).unwrap();
    let leaf = root.issue(&subject("云溪县市场监督管理局"), key.public_key(), [2; 16], valid, &root_key).unwrap();
    Node { key, chain: vec![leaf, root.clone()], root }
}

#[test]
fn real_signatures_on_both_curves_are_valid_altered_or_unknown() {
    let stranger = node(Algorithm::P256, "stranger");
    for algorithm in [Algorithm::P256, Algorithm::Sm2] {
        let node = node(algorithm, "node");
        let signed = sign_pdf(&unsigned(), &request(), &node.key, &node.chain).unwrap();
        let PdfVerdict::Valid { signer, at, covers_whole_file: true } = verify_pdf(&signed, std::slice::from_ref(&node.root)) else {
            panic!("not valid")
        };
        assert!(signer.contains("云溪县市场监督管理局"), "{signer}");
        assert_eq!(at, Some(request().at));
        assert_eq!(verify_pdf(&signed, std::slice::from_ref(&stranger.root)), PdfVerdict::UnknownSigner);
        assert_eq!(verify_pdf(&signed, &[]), PdfVerdict::UnknownSigner);
        let mut altered = signed.clone();
        altered[400] ^= 1;
        assert_eq!(verify_pdf(&altered, std::slice::from_ref(&node.root)), PdfVerdict::Altered);
        let late = SignRequest { at: "2040-01-01T00:00:00Z".parse().unwrap(), ..request() };
        let signed_late = sign_pdf(&unsigned(), &late, &node.key, &node.chain).unwrap();
        assert_eq!(verify_pdf(&signed_late, std::slice::from_ref(&node.root)), PdfVerdict::UnknownSigner);
        if let Ok(folder) = std::env::var("KEEP_PDF") {
            std::fs::write(format!("{folder}/signed-{}.pdf", algorithm.name()), &signed).unwrap();
            std::fs::write(format!("{folder}/root-{}.pem", algorithm.name()), node.root.to_pem().unwrap()).unwrap();
        }
    }
}
