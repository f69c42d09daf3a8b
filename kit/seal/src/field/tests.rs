#![allow(clippy::unwrap_used)]
use proptest::prelude::*;
use sm4::cipher::{BlockCipherDecrypt, BlockCipherEncrypt};

use super::*;
use crate::{entropy::seeded, hash::from_hex};

const KEY: &str = "0123456789abcdeffedcba9876543210";

fn keys() -> FieldKeys {
    FieldKeys::new([(1, [1; 32]), (2, [2; 32])]).unwrap()
}

fn block(hex: &str) -> [u8; 16] {
    from_hex(hex).unwrap().try_into().unwrap()
}

#[test]
fn sm4_gives_the_vectors_of_gb_t_32907() {
    let cipher = <sm4::Sm4 as KeyInit>::new(&block(KEY).into());
    let mut data = block(KEY).into();
    cipher.encrypt_block(&mut data);
    assert_eq!(to_hex(&data), "681edf34d206965e86b3e94f536e4246");
    cipher.decrypt_block(&mut data);
    assert_eq!(to_hex(&data), KEY);
    for _ in 0..1_000_000 {
        cipher.encrypt_block(&mut data);
    }
    assert_eq!(to_hex(&data), "595298c7c6fd271f0402f804c33d3f66");
}

#[test]
fn sm4_in_cbc_mode_gives_the_vector() {
    let cipher = <sm4::Sm4 as KeyInit>::new(&block(KEY).into());
    let mut chain = block("000102030405060708090a0b0c0d0e0f");
    let mut output = Vec::new();
    for _ in 0..2 {
        let mut mixed = block(KEY);
        for (byte, previous) in mixed.iter_mut().zip(chain) {
            *byte ^= previous;
        }
        let mut data = mixed.into();
        cipher.encrypt_block(&mut data);
        chain = data.into();
        output.extend(chain);
    }
    assert_eq!(to_hex(&output), "a9a268883a336315bac0c9c9ff350ab1b236a4a85616d4aabf0a83555c7d4115");
}

#[test]
fn sm4_gcm_gives_the_vector_of_rfc_8998() {
    let plain: Vec<u8> = [0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 0xee, 0xaa].iter().flat_map(|byte| [*byte; 8]).collect();
    let nonce: [u8; 12] = from_hex("00001234567800000000abcd").unwrap().try_into().unwrap();
    let aad = from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2").unwrap();
    struct Fixed([u8; 12]);
    impl Entropy for Fixed {
        fn fill(&mut self, bytes: &mut [u8]) {
            bytes.copy_from_slice(&self.0);
        }
    }
    let key = FieldKey::new(7, block(KEY));
    let sealed = key.seal(&plain, &aad, &mut Fixed(nonce)).unwrap();
    let expected = concat!(
        "00001234567800000000abcd",
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d",
        "83de3541e4c2b58177e065a9bf7b62ec",
    );
    assert_eq!(to_hex(&sealed.bytes), expected);
    assert_eq!(*key.open(&sealed, &aad).unwrap(), plain);
}

#[test]
fn a_sealed_text_opens_only_for_its_subject_and_place() {
    let sealed = keys().seal("person-1", "persons.name", "林小满", &mut seeded(b"s")).unwrap();
    assert_eq!(*keys().open("person-1", "persons.name", &sealed).unwrap(), "林小满");
    assert!(keys().open("person-2", "persons.name", &sealed).is_err());
    assert!(keys().open("person-1", "persons.phone", &sealed).is_err());
}

#[test]
fn after_a_rotation_old_values_open_and_new_ones_use_the_new_key() {
    let old = FieldKeys::new([(1, [1; 32])]).unwrap();
    let sealed = old.seal("p", "c", "x", &mut seeded(b"s")).unwrap();
    assert_eq!(*keys().open("p", "c", &sealed).unwrap(), "x");
    assert!(keys().is_outdated(&sealed));
    let renewed = keys().seal("p", "c", "x", &mut seeded(b"s")).unwrap();
    assert_eq!(renewed.version(), 2);
    assert!(!keys().is_outdated(&renewed));
    assert!(matches!(old.open("p", "c", &renewed), Err(SealError::NoSuchKey { version: 2, .. })));
    assert!(keys().blind_indexes("c", "x").contains(&old.blind_index("c", "x").unwrap()));
}

#[test]
fn a_blind_index_ignores_case_width_and_spaces_and_keeps_places_apart() {
    let index = |place: &str, value: &str| keys().blind_index(place, value).unwrap();
    assert_eq!(index("id", "33992119900101001X"), index("id", " 33992119900101001x "));
    assert_eq!(index("id", "33992119900101001X"), index("id", "３３９９２１１９９００１０１００１Ｘ"));
    assert_ne!(index("id", "33992119900101001X"), index("phone", "33992119900101001X"));
    assert_ne!(index("id", "339921199001010018"), index("id", "339921199001010026"));
}

#[test]
fn malformed_sealed_texts_are_refused() {
    for text in ["", "v1", "v1.", "vx.AAAA", "1.AAAA", "v1.AAAA", "v1.####"] {
        assert!(text.parse::<Sealed>().is_err(), "{text}");
    }
    assert!(FieldKeys::new([]).is_err());
}

#[test]
fn keys_do_not_show_themselves() {
    assert_eq!(format!("{:?}", keys()), "FieldKeys { versions: [1, 2], .. }");
}

proptest! {
    #[test]
    fn any_text_round_trips_and_any_change_is_found(
        plain in "\\PC{0,60}",
        seed in any::<[u8; 4]>(),
        position in any::<prop::sample::Index>(),
        bit in 0_u32..8,
    ) {
        let sealed = keys().seal("p", "c", &plain, &mut seeded(&seed)).unwrap();
        let mut read: Sealed = sealed.to_string().parse().unwrap();
        prop_assert_eq!(&read, &sealed);
        let opened = keys().open("p", "c", &read).unwrap();
        prop_assert_eq!(opened.as_str(), plain.as_str());
        let index = position.index(read.bytes.len());
        read.bytes[index] ^= 1 << bit;
        prop_assert!(keys().open("p", "c", &read).is_err());
    }
}
