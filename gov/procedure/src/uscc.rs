//! 统一社会信用代码, GB 32100-2015: only the check digit, which a certificate type code must carry.

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// 18 characters of the alphabet (no I O S V Z) with the right check character.
pub(crate) fn is_valid(code: &str) -> bool {
    let values: Option<Vec<usize>> = code.chars().map(|c| ALPHABET.find(c)).collect();
    let Some(values) = values.filter(|values| values.len() == 18) else { return false };
    let sum: usize = values.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    values.last() == Some(&((31 - sum % 31) % 31))
}

#[cfg(test)]
mod tests {
    use super::is_valid;

    #[test]
    fn the_check_character_decides() {
        assert!(is_valid("11370800MB28559184"));
        assert!(is_valid("12441500196720244T"));
        assert!(!is_valid("12441500196720244U"));
        assert!(!is_valid("1244150019672024"));
        assert!(!is_valid("I2441500196720244T"));
    }
}
