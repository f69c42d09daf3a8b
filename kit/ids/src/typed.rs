//! The text form and its source.

use crate::Entropy;

/// Characters after the underscore.
pub const IDENTIFIER_LENGTH: usize = 26;
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Why a text is no identifier of the type asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdProblem {
    /// Expected the prefix of the type.
    #[error("expected an identifier that starts with \"{0}_\"")]
    Prefix(&'static str),
    /// Expected 26 characters of lower-case Crockford base 32.
    #[error("expected {IDENTIFIER_LENGTH} characters of 0-9 and a-z without i, l, o, u")]
    Body,
}

impl IdProblem {
    /// Checks prefix, length and alphabet.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(text: &str, prefix: &'static str) -> Result<(), Self> {
        let body = text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_')).ok_or(Self::Prefix(prefix))?;
        if body.len() != IDENTIFIER_LENGTH || !body.bytes().all(|b| ALPHABET.contains(&b)) {
            return Err(Self::Body);
        }
        Ok(())
    }
}

/// Makes identifiers for one command: the time of its context, the entropy of its context, and a count that keeps order.
pub struct IdSource<'a> {
    at_ms: i64,
    entropy: &'a mut dyn Entropy,
    last: u128,
}

impl<'a> IdSource<'a> {
    /// `at_ms`: milliseconds since 1970 (times before are taken as 1970).
    pub fn new(at_ms: i64, entropy: &'a mut dyn Entropy) -> Self {
        Self { at_ms, entropy, last: 0 }
    }

    /// The entropy itself, for salts and query codes.
    pub fn entropy(&mut self) -> &mut dyn Entropy {
        self.entropy
    }

    /// Prefix, underscore, 26 characters.
    pub fn next_text(&mut self, prefix: &str) -> String {
        let time = u128::from(u64::try_from(self.at_ms).unwrap_or(0)) << 80;
        let random = (u128::from(self.entropy.next_u64()) << 16) | u128::from(self.entropy.next_u64() >> 48);
        let fresh = time | random;
        let value = if fresh > self.last { fresh } else { self.last.wrapping_add(1) };
        self.last = value;
        let mut text = String::with_capacity(prefix.len() + 1 + IDENTIFIER_LENGTH);
        text.push_str(prefix);
        text.push('_');
        for position in (0..IDENTIFIER_LENGTH).rev() {
            let index = usize::try_from((value >> (position * 5)) & 31).unwrap_or(0);
            text.push(char::from(ALPHABET.get(index).copied().unwrap_or(b'0')));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SeededEntropy;

    crate::id_type! { /// A sample.
    SampleId, "sample" }

    #[test]
    fn a_later_identifier_sorts_after() {
        let mut entropy = SeededEntropy::new(1);
        let mut source = IdSource::new(1_700_000_000_000, &mut entropy);
        let made: Vec<_> = (0..1000).map(|_| SampleId::make(&mut source)).collect();
        let first_ten: Vec<_> = made.iter().map(|id| &id.as_str()[..17]).collect();
        assert!(first_ten.windows(2).all(|w| w[0] == w[1]), "one millisecond, one time part");
        let later = SampleId::make(&mut IdSource::new(1_700_000_000_001, &mut SeededEntropy::new(1)));
        assert!(made.iter().all(|id| *id < later));
    }

    #[test]
    fn identifiers_of_one_source_never_repeat_or_fall_back() {
        struct Stuck;
        impl Entropy for Stuck {
            fn fill(&mut self, buffer: &mut [u8]) {
                buffer.fill(7);
            }
        }
        let mut stuck = Stuck;
        let mut source = IdSource::new(5, &mut stuck);
        let made: Vec<_> = (0..100).map(|_| SampleId::make(&mut source)).collect();
        assert!(made.windows(2).all(|w| w[0] < w[1]));
    }

    #[test]
    fn what_was_written_is_read_and_nothing_else() {
        let id = SampleId::make(&mut IdSource::new(5, &mut SeededEntropy::new(3)));
        assert!(id.as_str().starts_with(SampleId::PREFIX));
        assert_eq!(SampleId::parse(id.as_str()), Ok(id));
        for wrong in ["", "sample_", "case_00000000000000000000000000", "sample_0000000000000000000000000u", "sample_00"] {
            assert!(SampleId::parse(wrong).is_err(), "{wrong}");
        }
    }
}
