#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;
use crate::{
    entropy::seeded,
    hash::{from_hex, to_hex},
    private_key::PrivateKey,
    public_key::sm2_za,
};

const ALL: [Algorithm; 3] = [Algorithm::Sm2, Algorithm::P256, Algorithm::Ed25519];

// GB/T 32918.5-2017, example of the recommended curve.
const D: &str = "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8";
const P: &str = "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13";
const ZA: &str = "b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3";
const E: &str = "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640";
const K: &str = "59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21";
const R_S: &str =
    concat!("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3", "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA",);

fn bytes(hex: &str) -> Vec<u8> {
    from_hex(hex).unwrap()
}

fn key_of_the_standard() -> PrivateKey {
    PrivateKey::from_scalar(Algorithm::Sm2, &bytes(D)).unwrap()
}

#[test]
fn sm2_key_digests_and_signature_of_the_standard() {
    let key = key_of_the_standard();
    assert_eq!(key.public_key().to_bytes(), bytes(P));
    let PublicKey::Sm2(point) = key.public_key() else { panic!("an SM2 key") };
    assert_eq!(to_hex(&sm2_za(point, SM2_DEFAULT_ID).unwrap()), ZA);
    assert_eq!(to_hex(&key.public_key().signing_input(b"message digest").unwrap()), E);
    let signature = Signature::from_raw(Algorithm::Sm2, &bytes(R_S)).unwrap();
    key.public_key().verify(b"message digest", &signature).unwrap();
    assert!(key.public_key().verify(b"message digesT", &signature).is_err());
}

#[test]
fn sm2_signing_with_the_random_number_of_the_standard_gives_its_r_and_s() {
    use sm2::{
        ProjectivePoint, Scalar, U256,
        elliptic_curve::{Group, PrimeField, ops::Reduce, point::AffineCoordinates},
    };
    let scalar = |hex: &str| Scalar::reduce(&U256::from_be_slice(&bytes(hex)));
    let (d, e, k) = (scalar(D), scalar(E), scalar(K));
    let x = ProjectivePoint::mul_by_generator(&k).to_affine().x();
    let r = e + <Scalar as Reduce<sm2::FieldBytes>>::reduce(&x);
    let s = (Scalar::ONE + d).invert().unwrap() * (k - r * d);
    assert_eq!(to_hex(&[r.to_repr(), s.to_repr()].concat()), R_S.to_lowercase());
}

#[test]
fn sm2_decryption_of_the_standard_in_the_order_c1_c3_c2() {
    let cipher = bytes(concat!(
        "0404EBFC718E8D1798620432268E77FEB6415E2EDE0E073C0F4F640ECD2E149A73E858F9D81E5430A57B36DAAB8F950A3C64E6EE6A63094D99283AFF767E124DF0",
        "59983C18F809E262923C53AEC295D30383B54E39D609D160AFCB1908D0BD8766",
        "21886CA989CA9C7D58087307CA93092D651EFA",
    ));
    let key = sm2::SecretKey::from_slice(&bytes(D)).unwrap();
    let key = sm2::pke::DecryptingKey::new_with_mode(key.to_nonzero_scalar(), sm2::pke::Mode::C1C3C2);
    assert_eq!(key.decrypt(&cipher).unwrap(), b"encryption standard");
}

#[test]
fn der_and_raw_forms_carry_the_same_signature() {
    for algorithm in ALL {
        let key = PrivateKey::generate(algorithm, &mut seeded(b"forms")).unwrap();
        let signature = key.sign(b"m").unwrap();
        assert_eq!(Signature::from_der(algorithm, &signature.to_der().unwrap()).unwrap(), signature);
        assert_eq!(Signature::from_raw(algorithm, signature.raw()).unwrap(), signature);
    }
}

#[test]
fn keys_survive_their_texts() {
    for algorithm in ALL {
        let key = PrivateKey::generate(algorithm, &mut seeded(b"texts")).unwrap();
        let again = PrivateKey::from_pkcs8_pem(&key.to_pkcs8_pem().unwrap()).unwrap();
        assert_eq!(again.public_key(), key.public_key());
        assert_eq!(&PublicKey::from_pem(&key.public_key().to_pem().unwrap()).unwrap(), key.public_key());
        assert_eq!(&PublicKey::from_bytes(algorithm, &key.public_key().to_bytes()).unwrap(), key.public_key());
        again.public_key().verify(b"m", &key.sign(b"m").unwrap()).unwrap();
    }
}

#[test]
fn malformed_signatures_and_keys_are_refused() {
    let key = key_of_the_standard();
    assert!(Signature::from_raw(Algorithm::Sm2, &[0; 63]).is_err());
    assert!(Signature::from_der(Algorithm::Sm2, b"\x30\x03\x02\x01").is_err());
    let zero = Signature::from_raw(Algorithm::Sm2, &[0; 64]).unwrap();
    assert!(key.public_key().verify(b"m", &zero).is_err());
    let foreign = PrivateKey::generate(Algorithm::P256, &mut seeded(b"p")).unwrap().sign(b"m").unwrap();
    assert!(key.public_key().verify(b"m", &foreign).is_err());
    assert!(PrivateKey::from_scalar(Algorithm::Sm2, &[0; 32]).is_err());
    assert!(PrivateKey::from_scalar(Algorithm::P256, &[0xff; 32]).is_err());
    assert!(PrivateKey::from_pkcs8_pem("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n").is_err());
    assert!(PublicKey::from_bytes(Algorithm::Sm2, &[4; 65]).is_err());
    assert!(PublicKey::from_pem("nothing").is_err());
}

#[test]
fn a_private_key_does_not_show_itself() {
    let text = format!("{:?}", key_of_the_standard());
    assert_eq!(text, "PrivateKey { algorithm: Sm2, .. }");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_a_key_signs_it_verifies_and_any_change_is_found(
        algorithm in prop::sample::select(ALL.to_vec()),
        seed in any::<[u8; 8]>(),
        message in prop::collection::vec(any::<u8>(), 1..200),
        position in any::<prop::sample::Index>(),
        bit in 0_u32..8,
    ) {
        let key = PrivateKey::generate(algorithm, &mut seeded(&seed)).unwrap();
        let signature = key.sign(&message).unwrap();
        prop_assert!(key.public_key().verify(&message, &signature).is_ok());

        let mut altered = message.clone();
        altered[position.index(message.len())] ^= 1 << bit;
        prop_assert!(key.public_key().verify(&altered, &signature).is_err());

        let mut raw = *signature.raw();
        raw[position.index(64)] ^= 1 << bit;
        let forged = Signature::from_raw(algorithm, &raw).unwrap();
        prop_assert!(key.public_key().verify(&message, &forged).is_err());
    }
}
