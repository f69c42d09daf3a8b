#![doc = include_str!("../README.md")]

mod batch;
mod cms;
mod entropy;
mod error;
mod field;
pub mod hash;
mod keyring;
mod note;
mod private_key;
mod public_key;
mod purpose;
mod sign;
mod x509;

pub use batch::{BATCH_LEAVES_MAX, BatchQueue, BatchSignature, batch_leaf, batch_root, sign_batch};
pub use cms::{DetachedSignature, cms_detached, content_digest, verify_detached};
pub use entropy::{OsEntropy, random_bytes};
pub use error::SealError;
pub use field::{FieldKey, FieldKeys, Sealed, derive, normalised};
pub use ids::Entropy;
pub use keyring::KeyRing;
pub use note::{NoteSignature, NoteVerifier, SignedNote};
pub use private_key::PrivateKey;
pub use public_key::{PublicKey, sm2_za};
pub use purpose::Purpose;
pub use sign::{Algorithm, SIGNATURE_BYTES, SM2_DEFAULT_ID, Signature, Signer};
pub use x509::{Certificate, Subject, ValidFor};
