//! Where random numbers come from. They are an argument everywhere, so that every act can be replayed and tested.

use crate::{
    error::SealError,
    hash::{Digest32, hmac_sm3},
};

/// A source of random bytes.
pub trait Entropy {
    /// Fills `bytes` entirely.
    ///
    /// # Errors
    /// [`SealError::Entropy`] when the source has nothing to give; `bytes` must not be used then.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError>;
}

/// `N` random bytes.
///
/// # Errors
/// Those of [`Entropy::fill`].
pub fn random_bytes<const N: usize>(entropy: &mut dyn Entropy) -> Result<[u8; N], SealError> {
    let mut bytes = [0_u8; N];
    entropy.fill(&mut bytes)?;
    Ok(bytes)
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError> {
        getrandom::fill(bytes).map_err(|fault| SealError::Entropy(fault.to_string()))
    }
}

/// A reproducible sequence for tests, examples and replays. Never use it for a key which protects anything.
#[derive(Clone, Debug)]
pub struct SeededEntropy {
    seed: Digest32,
    counter: u64,
}

impl SeededEntropy {
    /// The sequence which belongs to `seed`.
    #[must_use]
    pub fn new(seed: &[u8]) -> Self {
        Self { seed: hmac_sm3(b"seeded entropy", seed), counter: 0 }
    }
}

impl Entropy for SeededEntropy {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), SealError> {
        for chunk in bytes.chunks_mut(self.seed.len()) {
            let block = hmac_sm3(&self.seed, &self.counter.to_be_bytes());
            self.counter = self.counter.wrapping_add(1);
            for (slot, byte) in chunk.iter_mut().zip(block) {
                *slot = byte;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_seed_gives_the_same_sequence_again_and_another_seed_another() {
        let first: [u8; 70] = random_bytes(&mut SeededEntropy::new(b"a")).unwrap();
        let again: [u8; 70] = random_bytes(&mut SeededEntropy::new(b"a")).unwrap();
        let other: [u8; 70] = random_bytes(&mut SeededEntropy::new(b"b")).unwrap();
        assert_eq!(first, again);
        assert_ne!(first, other);
    }

    #[test]
    fn a_sequence_does_not_repeat_itself() {
        let mut entropy = SeededEntropy::new(b"a");
        let first: [u8; 32] = random_bytes(&mut entropy).unwrap();
        let second: [u8; 32] = random_bytes(&mut entropy).unwrap();
        assert_ne!(first, second);
    }

    #[test]
    fn the_operating_system_gives_different_bytes_each_time() {
        let first: [u8; 32] = random_bytes(&mut OsEntropy).unwrap();
        let second: [u8; 32] = random_bytes(&mut OsEntropy).unwrap();
        assert_ne!(first, second);
    }
}
