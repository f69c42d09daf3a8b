//! Public keys of the three algorithms: verification, SPKI texts, and the SM2 digests ZA and e.

use ed25519_dalek::pkcs8::spki::{DecodePublicKey, EncodePublicKey};
use signature::{Verifier, hazmat::PrehashVerifier};
use sm2::elliptic_curve::sec1::ToSec1Point;

use crate::{
    error::SealError,
    hash::{Digest32, Sm3, from_hex, sha256},
    sign::{Algorithm, SM2_DEFAULT_ID, Signature},
};

const SM2_A_B_G: &str = concat!(
    "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC",
    "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93",
    "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7",
    "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0",
);

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// A point on sm2p256v1.
    Sm2(sm2::PublicKey),
    /// A point on NIST P-256.
    P256(p256::PublicKey),
    /// An Ed25519 key.
    Ed25519(ed25519_dalek::VerifyingKey),
}

impl PublicKey {
    /// The algorithm of the key.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        match self {
            Self::Sm2(_) => Algorithm::Sm2,
            Self::P256(_) => Algorithm::P256,
            Self::Ed25519(_) => Algorithm::Ed25519,
        }
    }

    /// Checks that `signature` was made over `message` by the owner of this key.
    ///
    /// # Errors
    /// [`SealError::BadSignature`] when it was not.
    pub fn verify(&self, message: &[u8], signature: &Signature) -> Result<(), SealError> {
        self.verify_input(&self.signing_input(message)?, signature)
    }

    /// Checks a signature over the input of [`PublicKey::signing_input`].
    ///
    /// # Errors
    /// [`SealError::BadSignature`] when it does not fit.
    pub fn verify_input(&self, input: &[u8], signature: &Signature) -> Result<(), SealError> {
        if signature.algorithm() != self.algorithm() {
            return Err(SealError::BadSignature("it was made with another algorithm"));
        }
        let wrong = SealError::BadSignature("it does not fit the message and the key");
        let raw = signature.raw();
        match self {
            Self::Sm2(key) => {
                let signature = sm2::dsa::Signature::from_slice(raw).map_err(|_| SealError::BadSignature("r or s is outside the group"))?;
                let key = sm2::dsa::VerifyingKey::new(SM2_DEFAULT_ID, *key).map_err(|fault| SealError::key("SM2 point", fault))?;
                key.verify_prehash(input, &signature).map_err(|_| wrong)
            }
            Self::P256(key) => {
                let signature = p256::ecdsa::Signature::from_slice(raw).map_err(|_| SealError::BadSignature("r or s is outside the group"))?;
                p256::ecdsa::VerifyingKey::from(key).verify_prehash(input, &signature).map_err(|_| wrong)
            }
            Self::Ed25519(key) => key.verify(input, &ed25519_dalek::Signature::from_bytes(raw)).map_err(|_| wrong),
        }
    }

    /// What is really signed for `message`: `e = SM3(ZA ‖ M)` for SM2, SHA-256 for P-256, the message itself for Ed25519.
    ///
    /// # Errors
    /// [`SealError::Key`] when the SM2 point has no coordinates.
    pub fn signing_input(&self, message: &[u8]) -> Result<Vec<u8>, SealError> {
        match self {
            Self::Sm2(key) => {
                let mut digest = Sm3::new();
                digest.update(&sm2_za(key, SM2_DEFAULT_ID)?);
                digest.update(message);
                Ok(digest.finish().to_vec())
            }
            Self::P256(_) => Ok(sha256(message).to_vec()),
            Self::Ed25519(_) => Ok(message.to_vec()),
        }
    }

    /// The bytes of the key itself: `04 ‖ x ‖ y` (65 bytes) for SM2 and P-256, 32 bytes for Ed25519.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Sm2(key) => key.to_sec1_point(false).as_bytes().to_vec(),
            Self::P256(key) => key.to_sec1_point(false).as_bytes().to_vec(),
            Self::Ed25519(key) => key.to_bytes().to_vec(),
        }
    }

    /// The key with the bytes of [`PublicKey::to_bytes`].
    ///
    /// # Errors
    /// [`SealError::Key`] when they are no key of `algorithm`.
    pub fn from_bytes(algorithm: Algorithm, bytes: &[u8]) -> Result<Self, SealError> {
        match algorithm {
            Algorithm::Sm2 => sm2::PublicKey::from_sec1_bytes(bytes).map(Self::Sm2).map_err(|fault| SealError::key("SM2 point", fault)),
            Algorithm::P256 => p256::PublicKey::from_sec1_bytes(bytes).map(Self::P256).map_err(|fault| SealError::key("P-256 point", fault)),
            Algorithm::Ed25519 => {
                let bytes = bytes.try_into().map_err(|_| SealError::key("Ed25519 key", "its length is not 32 bytes"))?;
                ed25519_dalek::VerifyingKey::from_bytes(bytes).map(Self::Ed25519).map_err(|fault| SealError::key("Ed25519 key", fault))
            }
        }
    }

    /// SubjectPublicKeyInfo in DER (RFC 5280 §4.1).
    ///
    /// # Errors
    /// [`SealError::Key`] when the key cannot be encoded.
    pub fn to_spki_der(&self) -> Result<Vec<u8>, SealError> {
        let document = match self {
            Self::Sm2(key) => key.to_public_key_der(),
            Self::P256(key) => key.to_public_key_der(),
            Self::Ed25519(key) => key.to_public_key_der(),
        };
        document.map(|document| document.as_bytes().to_vec()).map_err(|fault| SealError::key("SubjectPublicKeyInfo", fault))
    }

    /// The key in a SubjectPublicKeyInfo; the algorithm is found in it.
    ///
    /// # Errors
    /// [`SealError::Key`] when it is none of the three kinds.
    pub fn from_spki_der(der: &[u8]) -> Result<Self, SealError> {
        if let Ok(key) = sm2::PublicKey::from_public_key_der(der) {
            return Ok(Self::Sm2(key));
        }
        if let Ok(key) = p256::PublicKey::from_public_key_der(der) {
            return Ok(Self::P256(key));
        }
        ed25519_dalek::VerifyingKey::from_public_key_der(der).map(Self::Ed25519).map_err(|fault| SealError::key("SubjectPublicKeyInfo", fault))
    }

    /// The key as PEM text `-----BEGIN PUBLIC KEY-----`.
    ///
    /// # Errors
    /// Those of [`PublicKey::to_spki_der`].
    pub fn to_pem(&self) -> Result<String, SealError> {
        der::pem::encode_string("PUBLIC KEY", der::pem::LineEnding::LF, &self.to_spki_der()?).map_err(|fault| SealError::key("PEM", fault))
    }

    /// The key in PEM text.
    ///
    /// # Errors
    /// [`SealError::Key`] when the text holds none.
    pub fn from_pem(pem: &str) -> Result<Self, SealError> {
        let (label, der) = der::pem::decode_vec(pem.as_bytes()).map_err(|fault| SealError::key("PEM", fault))?;
        if label != "PUBLIC KEY" {
            return Err(SealError::key("PEM PUBLIC KEY", label));
        }
        Self::from_spki_der(&der)
    }
}

/// ZA, the digest of a signer's identity and key (GB/T 32918.2 §5.5): SM3(ENTL ‖ ID ‖ a ‖ b ‖ G ‖ P).
///
/// # Errors
/// [`SealError::Key`] when the identity is longer than 8191 bytes.
pub fn sm2_za(key: &sm2::PublicKey, identity: &str) -> Result<Digest32, SealError> {
    let bits = u16::try_from(identity.len().saturating_mul(8)).map_err(|_| SealError::key("SM2 identity", "it is longer than 8191 bytes"))?;
    let point = key.to_sec1_point(false);
    let mut digest = Sm3::new();
    digest.update(&bits.to_be_bytes());
    digest.update(identity.as_bytes());
    digest.update(&from_hex(SM2_A_B_G).unwrap_or_default());
    digest.update(point.as_bytes().get(1..).unwrap_or_default());
    Ok(digest.finish())
}
