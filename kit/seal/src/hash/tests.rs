use super::*;

#[test]
fn sm3_gives_the_vectors_of_gb_t_32905() {
    let cases: [(&[u8], &str); 3] = [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (&b"abcd".repeat(16), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
        (b"", "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"),
    ];
    for (message, expected) in cases {
        assert_eq!(sm3_hex(message), expected);
    }
}

#[test]
fn sm3_in_pieces_equals_sm3_at_once() {
    let mut pieces = Sm3::new();
    pieces.update(b"ab");
    pieces.update(b"");
    pieces.update(b"c");
    assert_eq!(pieces.finish(), sm3(b"abc"));
}

#[test]
fn hmac_sm3_gives_the_vector() {
    let tag = hmac_sm3(b"key", b"The quick brown fox jumps over the lazy dog");
    assert_eq!(to_hex(&tag), "bd4a34077888162b210645b8ebf74b9af357303789357a27c7fc457244ebd398");
}

#[test]
fn a_key_longer_than_a_block_is_digested_first() {
    let long = [7_u8; 65];
    assert_eq!(hmac_sm3(&long, b"m"), hmac_sm3(&sm3(&long), b"m"));
    assert_ne!(hmac_sm3(&[7; 64], b"m"), hmac_sm3(&sm3(&[7; 64]), b"m"));
}

#[test]
fn sha256_gives_the_vector_of_fips_180() {
    assert_eq!(to_hex(&sha256(b"abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn hexadecimal_text_round_trips_and_nonsense_is_refused() {
    assert_eq!(digest_from_hex(&sm3_hex(b"x")), Some(sm3(b"x")));
    assert_eq!(digest_from_hex("00"), None);
    assert_eq!(from_hex("0g"), None);
}

#[test]
fn equality_in_constant_time_is_equality() {
    assert!(equal_in_constant_time(b"same", b"same"));
    assert!(!equal_in_constant_time(b"same", b"sane"));
    assert!(!equal_in_constant_time(b"same", b"same!"));
}
