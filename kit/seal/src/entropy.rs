//! Where random numbers come from. They are an argument everywhere, so that every act can be replayed and tested.

use ids::Entropy;

/// `N` random bytes.
pub fn random_bytes<const N: usize>(entropy: &mut dyn Entropy) -> [u8; N] {
    let mut bytes = [0_u8; N];
    entropy.fill(&mut bytes);
    bytes
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&mut self, buffer: &mut [u8]) {
        if getrandom::fill(buffer).is_err() {
            // Keys, tokens and nonces made of anything but random numbers would break every promise of this crate silently.
            std::process::abort();
        }
    }
}

#[cfg(test)]
pub(crate) fn seeded(seed: impl AsRef<[u8]>) -> ids::SeededEntropy {
    let digest = crate::hash::sm3(seed.as_ref());
    ids::SeededEntropy::new(digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operating_system_gives_different_bytes_each_time() {
        let first: [u8; 32] = random_bytes(&mut OsEntropy);
        let second: [u8; 32] = random_bytes(&mut OsEntropy);
        assert_ne!(first, second);
    }
}
