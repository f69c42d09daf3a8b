//! Signing a package: SM2 over its hash by the publishing key of the node.

use seal::{Algorithm, PublicKey, SealError, Signature, Signer};
use serde::{Deserialize, Serialize};

use crate::hash::PackageHash;

/// The signature of a package, as it is kept and exchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageSignature {
    /// Name of the publishing key, for example `package-sm2.v1`.
    pub signed_by: String,
    /// `r ‖ s` in hexadecimal, 128 characters.
    pub value: String,
}

/// Why a signature does not hold.
#[derive(Debug, thiserror::Error)]
pub enum SignatureProblem {
    /// The value cannot be read.
    #[error("expected 128 hexadecimal characters of an SM2 signature")]
    Unreadable,
    /// The key is not one of the node's publishing keys.
    #[error("expected one of the publishing keys of this node, but found {0:?}")]
    UnknownKey(String),
    /// The signature was made over something else or by another key.
    #[error("the signature does not fit the package hash")]
    Wrong(#[source] SealError),
}

/// Signs a package hash. The message is the text of the hash: 64 hexadecimal characters.
///
/// # Errors
/// The key or the module behind it refuses.
pub fn sign(hash: &PackageHash, signed_by: &str, signer: &dyn Signer) -> Result<PackageSignature, SealError> {
    let signature = signer.sign(hash.as_str().as_bytes())?;
    Ok(PackageSignature { signed_by: signed_by.to_owned(), value: seal::hash::to_hex(signature.raw()) })
}

/// The public keys that may publish on this node, by name. Given to the runner as a service.
#[derive(Clone, Debug, Default)]
pub struct PublishingKeys(Vec<(String, PublicKey)>);

impl PublishingKeys {
    /// From names and keys.
    #[must_use]
    pub fn new(keys: Vec<(String, PublicKey)>) -> Self {
        Self(keys)
    }

    /// All versions of the package key of a ring, named `package-sm2.v<n>`.
    #[must_use]
    pub fn of(ring: &seal::KeyRing) -> Self {
        let purpose = seal::Purpose::PackageSm2;
        let name = |version: u32| format!("{purpose}.v{version}");
        Self(ring.public_keys(&purpose).into_iter().map(|(version, key)| (name(version), key)).collect())
    }

    /// Checks a signature with the key it names.
    ///
    /// # Errors
    /// It cannot be read, names no key of this node, or does not fit.
    pub fn verify(&self, hash: &PackageHash, signature: &PackageSignature) -> Result<(), SignatureProblem> {
        let known = self.0.iter().find(|(name, _)| *name == signature.signed_by);
        let (_, key) = known.ok_or_else(|| SignatureProblem::UnknownKey(signature.signed_by.clone()))?;
        verify(hash, signature, key)
    }
}

/// Checks a signature with one key.
///
/// # Errors
/// It cannot be read or does not fit.
pub fn verify(hash: &PackageHash, signature: &PackageSignature, key: &PublicKey) -> Result<(), SignatureProblem> {
    let raw = seal::hash::from_hex(&signature.value).ok_or(SignatureProblem::Unreadable)?;
    let value = Signature::from_raw(Algorithm::Sm2, &raw).map_err(|_| SignatureProblem::Unreadable)?;
    key.verify(hash.as_str().as_bytes(), &value).map_err(SignatureProblem::Wrong)
}
