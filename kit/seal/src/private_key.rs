//! Private keys in memory, and their PKCS#8 texts.

use ids::Entropy;
use pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use signature::{Signer as _, hazmat::PrehashSigner};
use sm2::pkcs8;
use zeroize::Zeroizing;

use crate::{
    error::SealError,
    public_key::PublicKey,
    sign::{Algorithm, SM2_DEFAULT_ID, Signature, Signer},
};

const SCALAR_TRIES_MAX: usize = 64;

/// A private key held in memory. It shows itself in no debug text.
pub struct PrivateKey {
    secret: Secret,
    public: PublicKey,
}

enum Secret {
    Sm2 { secret: sm2::SecretKey, signing: Box<sm2::dsa::SigningKey> },
    P256(p256::SecretKey),
    Ed25519(ed25519_dalek::SigningKey),
}

impl PrivateKey {
    /// A new key.
    ///
    /// # Errors
    /// [`SealError::Entropy`] when random numbers are missing.
    pub fn generate(algorithm: Algorithm, entropy: &mut dyn Entropy) -> Result<Self, SealError> {
        // A random scalar is outside the group with a chance of 2^-32, so that some tries are enough for ever.
        for _ in 0..SCALAR_TRIES_MAX {
            let mut scalar = Zeroizing::new([0_u8; 32]);
            entropy.fill(scalar.as_mut_slice());
            if let Ok(key) = Self::from_scalar(algorithm, scalar.as_slice()) {
                return Ok(key);
            }
        }
        Err(SealError::Entropy("no usable number in 64 tries".to_owned()))
    }

    /// The key with this secret number (32 bytes, big endian) or Ed25519 seed.
    ///
    /// # Errors
    /// [`SealError::Key`] when the number is outside the group.
    pub fn from_scalar(algorithm: Algorithm, scalar: &[u8]) -> Result<Self, SealError> {
        match algorithm {
            Algorithm::Sm2 => Self::from_sm2(sm2::SecretKey::from_slice(scalar).map_err(|fault| SealError::key("SM2 scalar", fault))?),
            Algorithm::P256 => Ok(Self::from_p256(p256::SecretKey::from_slice(scalar).map_err(|fault| SealError::key("P-256 scalar", fault))?)),
            Algorithm::Ed25519 => {
                let seed = scalar.try_into().map_err(|_| SealError::key("Ed25519 seed", "its length is not 32 bytes"))?;
                Ok(Self::from_ed25519(ed25519_dalek::SigningKey::from_bytes(seed)))
            }
        }
    }

    /// The key in PKCS#8 PEM text; the algorithm is found in it.
    ///
    /// # Errors
    /// [`SealError::Key`] when it is none of the three kinds.
    pub fn from_pkcs8_pem(pem: &str) -> Result<Self, SealError> {
        if let Ok(secret) = sm2::SecretKey::from_pkcs8_pem(pem) {
            return Self::from_sm2(secret);
        }
        if let Ok(secret) = p256::SecretKey::from_pkcs8_pem(pem) {
            return Ok(Self::from_p256(secret));
        }
        ed25519_dalek::SigningKey::from_pkcs8_pem(pem).map(Self::from_ed25519).map_err(|fault| SealError::key("PKCS#8 PEM", fault))
    }

    /// The key as PKCS#8 PEM text, wiped from memory when dropped.
    ///
    /// # Errors
    /// [`SealError::Key`] when the key cannot be encoded.
    pub fn to_pkcs8_pem(&self) -> Result<Zeroizing<String>, SealError> {
        let pem = match &self.secret {
            Secret::Sm2 { secret, .. } => secret.to_pkcs8_pem(LineEnding::LF),
            Secret::P256(secret) => secret.to_pkcs8_pem(LineEnding::LF),
            Secret::Ed25519(secret) => secret.to_pkcs8_pem(LineEnding::LF),
        };
        pem.map_err(|fault| SealError::key("PKCS#8 PEM", fault))
    }

    fn from_sm2(secret: sm2::SecretKey) -> Result<Self, SealError> {
        let signing = sm2::dsa::SigningKey::new(SM2_DEFAULT_ID, &secret).map_err(|fault| SealError::key("SM2 scalar", fault))?;
        let public = PublicKey::Sm2(secret.public_key());
        Ok(Self { secret: Secret::Sm2 { secret, signing: Box::new(signing) }, public })
    }

    fn from_p256(secret: p256::SecretKey) -> Self {
        let public = PublicKey::P256(secret.public_key());
        Self { secret: Secret::P256(secret), public }
    }

    fn from_ed25519(secret: ed25519_dalek::SigningKey) -> Self {
        let public = PublicKey::Ed25519(secret.verifying_key());
        Self { secret: Secret::Ed25519(secret), public }
    }
}

impl Signer for PrivateKey {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign_input(&self, input: &[u8]) -> Result<Signature, SealError> {
        match &self.secret {
            Secret::Sm2 { signing, .. } => {
                let signature: sm2::dsa::Signature = signing.sign_prehash(input).map_err(|_| SealError::Signing("an SM2 key"))?;
                Signature::from_raw(Algorithm::Sm2, &signature.to_bytes())
            }
            Secret::P256(secret) => {
                let key = p256::ecdsa::SigningKey::from(secret);
                let signature: p256::ecdsa::Signature = key.sign_prehash(input).map_err(|_| SealError::Signing("a P-256 key"))?;
                Signature::from_raw(Algorithm::P256, &signature.to_bytes())
            }
            Secret::Ed25519(secret) => {
                let signature = secret.try_sign(input).map_err(|_| SealError::Signing("an Ed25519 key"))?;
                Signature::from_raw(Algorithm::Ed25519, &signature.to_bytes())
            }
        }
    }
}

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("PrivateKey").field("algorithm", &self.public.algorithm()).finish_non_exhaustive()
    }
}
