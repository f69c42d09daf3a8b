use ids::Entropy;

/// Characters of a verification code: base 32 without I, L, O and U, which are misread.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Length of a verification code: 60 random bits, so that codes cannot be found by trying.
pub const CODE_LENGTH: usize = 12;

/// A new verification code (核验码).
pub(crate) fn new_code(entropy: &mut dyn Entropy) -> String {
    let mut bytes = [0; CODE_LENGTH];
    entropy.fill(&mut bytes);
    bytes.iter().map(|byte| char::from(ALPHABET.get(usize::from(byte % 32)).copied().unwrap_or(b'0'))).collect()
}

/// The code that a person typed: small letters, blanks and hyphens are allowed, and I, L, O are read as 1, 1, 0.
pub fn read_code(typed: &str) -> Option<String> {
    let code = typed
        .chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .map(|c| match c.to_ascii_uppercase() {
            'I' | 'L' => '1',
            'O' => '0',
            other => other,
        })
        .collect::<String>();
    let known = code.bytes().all(|byte| ALPHABET.contains(&byte));
    (code.len() == CODE_LENGTH && known).then_some(code)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_new_code_is_read_back_however_it_is_typed() {
        let code = new_code(&mut ids::SeededEntropy::new(7));
        let (a, b) = code.split_at(4);
        assert_eq!(read_code(&code), Some(code.clone()));
        assert_eq!(read_code(&format!(" {}-{}", a.to_lowercase(), b)), Some(code.clone()));
        assert_eq!(read_code("O0l1iI222222").unwrap(), "001111222222");
    }

    #[test]
    fn other_texts_are_no_codes() {
        for text in ["", "ABC", "ABCDEFGHJKM", "ABCDEFGHJKMNP", "ABCDEFGHJKMU", "ＡＢＣＤＥＦＧＨＪＫＭＮ", "'; drop --"] {
            assert_eq!(read_code(text), None, "{text}");
        }
    }
}
