#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;

use super::*;
use crate::{Algorithm, PrivateKey, entropy::seeded};

fn key(algorithm: Algorithm) -> PrivateKey {
    PrivateKey::generate(algorithm, &mut seeded("batch")).unwrap()
}

fn leaves(count: usize) -> Vec<Digest32> {
    (0..count).map(|number| batch_leaf(number.to_string().as_bytes())).collect()
}

#[test]
fn every_message_of_every_size_verifies_with_its_own_path() {
    let key = key(Algorithm::Ed25519);
    for size in 1..=40 {
        let leaves = leaves(size);
        let signed = sign_batch(&key, &leaves).unwrap();
        assert_eq!(signed.len(), size);
        for (signature, leaf) in signed.iter().zip(&leaves) {
            signature.verify(key.public_key(), *leaf).unwrap();
        }
        assert!(signed.iter().all(|signature| signature.path.len() <= 6));
    }
}

#[test]
fn a_batch_is_signed_by_sm2_as_well_and_has_its_bounds() {
    let key = key(Algorithm::Sm2);
    let signed = sign_batch(&key, &leaves(3)).unwrap();
    signed[2].verify(key.public_key(), leaves(3)[2]).unwrap();
    assert!(signed[2].verify(key.public_key(), leaves(3)[1]).is_err());
    assert!(sign_batch(&key, &[]).is_err());
    assert!(sign_batch(&key, &leaves(BATCH_LEAVES_MAX + 1)).is_err());
}

/// A signer that counts, and is slow enough that others join.
struct Slow(PrivateKey, AtomicUsize);

impl Signer for Slow {
    fn public_key(&self) -> &PublicKey {
        self.0.public_key()
    }

    fn sign_input(&self, input: &[u8]) -> Result<Signature, SealError> {
        self.1.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(std::time::Duration::from_millis(20));
        self.0.sign_input(input)
    }
}

#[test]
fn who_waits_is_signed_together_and_everybody_gets_an_own_path() {
    let slow = Arc::new(Slow(key(Algorithm::Ed25519), AtomicUsize::new(0)));
    let queue = Arc::new(BatchQueue::new(Arc::clone(&slow) as Arc<dyn Signer>, 64));
    let threads: Vec<_> = (0..40)
        .map(|number| {
            let queue = Arc::clone(&queue);
            std::thread::spawn(move || {
                let message = format!("message {number}");
                let signature = queue.sign(message.as_bytes()).unwrap();
                signature.verify(queue.public_key(), batch_leaf(message.as_bytes())).unwrap();
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let made = slow.1.load(Ordering::Relaxed);
    assert!((1..30).contains(&made), "{made} signatures for 40 messages");
}

proptest! {
    #[test]
    fn any_change_of_message_place_or_path_is_found(size in 1_usize..70, at in 0_usize..70, bit in 0_usize..256, shift in 1_u64..5) {
        let at = at % size;
        let key = key(Algorithm::Ed25519);
        let leaves = leaves(size);
        let good = sign_batch(&key, &leaves).unwrap().swap_remove(at);
        let mut other = leaves[at];
        other[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(good.verify(key.public_key(), other).is_err());
        let moved = BatchSignature { index: good.index + shift, ..good.clone() };
        prop_assert!(moved.verify(key.public_key(), leaves[at]).is_err() || moved.index < good.size && leaves.len() == 1);
        let longer = BatchSignature { size: good.size + shift, ..good.clone() };
        prop_assert!(longer.verify(key.public_key(), leaves[at]).is_err());
        if let Some(step) = good.path.len().checked_sub(1) {
            let mut bent = good.clone();
            bent.path[step][bit / 8] ^= 1 << (bit % 8);
            prop_assert!(bent.verify(key.public_key(), leaves[at]).is_err());
            let mut short = good;
            short.path.pop();
            prop_assert!(short.verify(key.public_key(), leaves[at]).is_err());
        }
    }
}
