#![allow(clippy::unwrap_used)]
use super::*;
use crate::{entropy::seeded, private_key::PrivateKey};

pub(crate) const VALID: ValidFor = ValidFor { not_before_millis: 1_767_225_600_000, not_after_millis: 2_713_910_400_000 };

pub(crate) fn subject(common_name: &str) -> Subject {
    Subject {
        country: "CN".to_owned(),
        province: "示例省".to_owned(),
        locality: "云溪县".to_owned(),
        organisation: "云溪县人民政府, 办公室".to_owned(),
        common_name: common_name.to_owned(),
    }
}

pub(crate) fn chain(algorithm: Algorithm) -> (PrivateKey, Vec<Certificate>) {
    let root_key = PrivateKey::generate(algorithm, &mut seeded(b"root")).unwrap();
    let leaf_key = PrivateKey::generate(algorithm, &mut seeded(b"leaf")).unwrap();
    let root = Certificate::root(&subject("云溪县电子文件根证书"), [0xff; 16], VALID, &root_key).unwrap();
    let leaf = root.issue(&subject("云溪县电子文件"), leaf_key.public_key(), [0; 16], VALID, &root_key).unwrap();
    (leaf_key, vec![leaf, root])
}

#[test]
fn a_root_signs_itself_and_its_leaf_on_both_curves() {
    for algorithm in [Algorithm::Sm2, Algorithm::P256, Algorithm::Ed25519] {
        let (leaf_key, certificates) = chain(algorithm);
        let [leaf, root] = certificates.as_slice() else { panic!("two certificates") };
        root.verify_issued_by(root).unwrap();
        leaf.verify_issued_by(root).unwrap();
        assert_eq!(&leaf.public_key().unwrap(), leaf_key.public_key());
        assert!(root.is_authority() && !leaf.is_authority());
        assert!(leaf.verify_issued_by(leaf).is_err());
        assert!(root.verify_issued_by(leaf).is_err());
    }
}

#[test]
fn names_keep_chinese_and_commas() {
    let (_, certificates) = chain(Algorithm::Sm2);
    assert_eq!(certificates[0].subject(), "CN=云溪县电子文件,O=云溪县人民政府\\, 办公室,L=云溪县,ST=示例省,C=CN");
    assert_eq!(certificates[0].issuer(), certificates[1].subject());
}

#[test]
fn certificates_survive_der_and_pem() {
    let (_, certificates) = chain(Algorithm::P256);
    for certificate in &certificates {
        assert_eq!(&Certificate::from_der(&certificate.to_der().unwrap()).unwrap(), certificate);
        assert_eq!(&Certificate::from_pem(&certificate.to_pem().unwrap()).unwrap(), certificate);
    }
    assert!(Certificate::from_der(b"\x30\x00").is_err());
}

#[test]
fn validity_is_kept_beyond_the_year_2050() {
    let (_, certificates) = chain(Algorithm::Sm2);
    assert!(certificates[0].is_valid_at(VALID.not_before_millis));
    assert!(certificates[0].is_valid_at(VALID.not_after_millis));
    assert!(!certificates[0].is_valid_at(VALID.not_before_millis - 1));
    assert!(!certificates[0].is_valid_at(VALID.not_after_millis + 1000));
}

#[test]
fn any_altered_byte_is_found() {
    let (_, certificates) = chain(Algorithm::Sm2);
    let der = certificates[0].to_der().unwrap();
    for position in (0..der.len()).step_by(7) {
        let mut altered = der.clone();
        altered[position] ^= 1;
        let accepted = Certificate::from_der(&altered).is_ok_and(|certificate| certificate.verify_issued_by(&certificates[1]).is_ok());
        assert!(!accepted, "byte {position}");
    }
}

#[test]
fn a_foreign_signer_cannot_issue_for_a_root() {
    let (leaf_key, certificates) = chain(Algorithm::Sm2);
    assert!(certificates[1].issue(&subject("x"), leaf_key.public_key(), [1; 16], VALID, &leaf_key).is_err());
}
