//! Signatures: the three algorithms, the signature value in both encodings, and the door behind which a hardware module may stand.

use crate::{error::SealError, public_key::PublicKey};

/// The identity which enters the SM2 digest when no other was agreed (GB/T 32918.5, GM/T 0009 §10).
pub const SM2_DEFAULT_ID: &str = "1234567812345678";

/// Length in bytes of the raw form `r ‖ s` (SM2, P-256) or `R ‖ S` (Ed25519).
pub const SIGNATURE_BYTES: usize = 64;

/// A signature algorithm together with its digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Algorithm {
    /// SM2 with SM3 (GB/T 32918.2), identity [`SM2_DEFAULT_ID`].
    Sm2,
    /// ECDSA on P-256 with SHA-256.
    P256,
    /// Ed25519 (RFC 8032).
    Ed25519,
}

impl Algorithm {
    /// Short name, as used in key file names.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sm2 => "sm2",
            Self::P256 => "p256",
            Self::Ed25519 => "ed25519",
        }
    }
}

/// A signature value with the algorithm which made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    algorithm: Algorithm,
    raw: [u8; SIGNATURE_BYTES],
}

impl Signature {
    /// From the raw form of 64 bytes.
    ///
    /// # Errors
    /// [`SealError::BadSignature`] when the length differs.
    pub fn from_raw(algorithm: Algorithm, raw: &[u8]) -> Result<Self, SealError> {
        let raw = raw.try_into().map_err(|_| SealError::BadSignature("its raw form is not 64 bytes"))?;
        Ok(Self { algorithm, raw })
    }

    /// From the DER form `SEQUENCE { r INTEGER, s INTEGER }`; Ed25519 has no other form than the raw one.
    ///
    /// # Errors
    /// [`SealError::BadSignature`] when the bytes are not such a sequence.
    pub fn from_der(algorithm: Algorithm, der: &[u8]) -> Result<Self, SealError> {
        let malformed = SealError::BadSignature("its DER form cannot be read");
        match algorithm {
            Algorithm::Sm2 => {
                let signature = sm2::dsa::Signature::from_der(der).map_err(|_| malformed)?;
                Self::from_raw(algorithm, &signature.to_bytes())
            }
            Algorithm::P256 => {
                let signature = p256::ecdsa::Signature::from_der(der).map_err(|_| malformed)?;
                Self::from_raw(algorithm, &signature.to_bytes())
            }
            Algorithm::Ed25519 => Self::from_raw(algorithm, der),
        }
    }

    /// The algorithm which made it.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The raw form.
    #[must_use]
    pub const fn raw(&self) -> &[u8; SIGNATURE_BYTES] {
        &self.raw
    }

    /// The form which certificates and signed messages carry: DER for SM2 and P-256, raw for Ed25519.
    ///
    /// # Errors
    /// [`SealError::BadSignature`] when `r` or `s` is outside the group.
    pub fn to_der(&self) -> Result<Vec<u8>, SealError> {
        let outside = SealError::BadSignature("r or s is outside the group");
        match self.algorithm {
            Algorithm::Sm2 => {
                let signature = sm2::dsa::Signature::from_slice(&self.raw).map_err(|_| outside)?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Algorithm::P256 => {
                let signature = p256::ecdsa::Signature::from_slice(&self.raw).map_err(|_| outside)?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Algorithm::Ed25519 => Ok(self.raw.to_vec()),
        }
    }
}

/// Something which signs: a key in memory, or a hardware module behind the same door.
pub trait Signer: Send + Sync {
    /// The public key which verifies what this signer signs.
    fn public_key(&self) -> &PublicKey;

    /// Signs `input`, which is what [`PublicKey::signing_input`] makes of a message: the digest `e = SM3(ZA ‖ M)` for SM2, SHA-256
    /// of the message for P-256, the message itself for Ed25519. A hardware module implements this method alone.
    ///
    /// # Errors
    /// [`SealError::Signing`] when the key or the module refuses.
    fn sign_input(&self, input: &[u8]) -> Result<Signature, SealError>;

    /// Signs `message`.
    ///
    /// # Errors
    /// [`SealError::Signing`] when the key or the module refuses.
    fn sign(&self, message: &[u8]) -> Result<Signature, SealError> {
        self.sign_input(&self.public_key().signing_input(message)?)
    }
}

#[cfg(test)]
mod tests;
