#![doc = include_str!("../README.md")]

pub mod entropy;
mod error;
pub mod hash;
mod private_key;
mod public_key;
mod sign;

pub use entropy::{Entropy, OsEntropy, SeededEntropy};
pub use error::SealError;
pub use private_key::PrivateKey;
pub use public_key::{PublicKey, sm2_za};
pub use sign::{Algorithm, SIGNATURE_BYTES, SM2_DEFAULT_ID, Signature, Signer};
