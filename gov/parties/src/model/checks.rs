//! Check characters of the national code standards. Input outside the alphabet of a code gives `None`.

/// Alphabet of ISO 7064 codes with letters: 0-9, A-Z.
const ALPHANUMERIC: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
/// Alphabet of GB 32100: without I, O, Z, S and V.
pub(super) const CREDIT_CODE: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The 18th character of an identity number from the first 17 digits (GB 11643, ISO 7064 MOD 11-2).
pub(super) fn identity_check(body: &str) -> Option<char> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8] = b"10X98765432";
    let remainder = weighted(body, &WEIGHTS, |c| c.to_digit(10))? % 11;
    character(CHECKS, remainder)
}

/// The 18th character of a unified social credit code from the first 17 (GB 32100).
pub(super) fn credit_code_check(body: &str) -> Option<char> {
    const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let remainder = weighted(body, &WEIGHTS, |c| position(CREDIT_CODE, c))? % 31;
    character(CREDIT_CODE, (31 - remainder) % 31)
}

/// The ninth character of an organisation code from the first eight (GB 11714).
pub(super) fn organization_code_check(body: &str) -> Option<char> {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    match 11 - weighted(body, &WEIGHTS, |c| position(ALPHANUMERIC, c))? % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

/// The 15th digit of a former registration number from the first 14 (ISO 7064 MOD 11,10).
pub(super) fn registration_check(body: &str) -> Option<char> {
    let mut product = 10;
    for c in body.chars() {
        let sum = (product + c.to_digit(10)?) % 10;
        product = (if sum == 0 { 10 } else { sum }) * 2 % 11;
    }
    char::from_digit((11 - product) % 10, 10)
}

/// The check character of ISO 7064 MOD 37,36, which electronic certificates use (GB/T 36904).
pub fn mod_37_36(body: &str) -> Option<char> {
    let mut product = 36;
    for c in body.chars() {
        let sum = (product + position(ALPHANUMERIC, c)?) % 36;
        product = (if sum == 0 { 36 } else { sum }) * 2 % 37;
    }
    character(ALPHANUMERIC, (37 - product) % 36)
}

fn weighted(body: &str, weights: &[u32], value: impl Fn(char) -> Option<u32>) -> Option<u32> {
    if body.chars().count() != weights.len() {
        return None;
    }
    let mut sum = 0;
    for (c, weight) in body.chars().zip(weights) {
        sum += value(c)? * weight;
    }
    Some(sum)
}

fn position(alphabet: &[u8], c: char) -> Option<u32> {
    let at = alphabet.iter().position(|known| char::from(*known) == c)?;
    u32::try_from(at).ok()
}

fn character(alphabet: &[u8], value: u32) -> Option<char> {
    let index = usize::try_from(value).ok()?;
    alphabet.get(index).copied().map(char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_vectors() {
        for (body, check) in [
            ("11010519491231002", 'X'),
            ("44052418800101001", '4'),
            ("11010119900307001", '1'),
            ("33010219850615123", '8'),
            ("11010119900307747", '5'),
        ] {
            assert_eq!(identity_check(body), Some(check), "{body}");
        }
        assert_eq!(identity_check("1101051949123100"), None);
        assert_eq!(identity_check("1101051949123100A"), None);
    }

    #[test]
    fn organization_code_vectors() {
        for (body, check) in [("D2143569", 'X'), ("71526726", 'X'), ("MB034103", '2'), ("70846113", '6'), ("00001333", '8'), ("50000078", '7')] {
            assert_eq!(organization_code_check(body), Some(check), "{body}");
        }
    }

    #[test]
    fn mod_37_36_vectors() {
        for (body, check) in [
            ("11100000000013338W00911330105002500287C2025052201002", '0'),
            ("11100000000013338W01111430000006122244L20230000403001", 'U'),
            ("11100000MB03271699022340100000000016001", '9'),
            ("06230111011011020624001001", 'U'),
            ("A12425GABC1234002", 'M'),
        ] {
            assert_eq!(mod_37_36(body), Some(check), "{body}");
        }
        assert_eq!(mod_37_36("a1"), None);
    }

    #[test]
    fn every_single_wrong_digit_is_found_by_mod_11_2() {
        let body = "33010219850615123";
        let right = identity_check(body);
        for place in 0..body.len() {
            for digit in '0'..='9' {
                let other: String = body.chars().enumerate().map(|(i, c)| if i == place { digit } else { c }).collect();
                assert_eq!(identity_check(&other) == right, other == body, "{other}");
            }
        }
    }
}
