//! The signature as the header `X-Zhengshu-Signature` carries it:
//!
//! ```text
//! v1;key=<32 hexadecimal characters>;size=<n>;index=<i>;path=<base64 of digests>;value=<base64 of 64 bytes>
//! ```

use std::fmt;
use std::str::FromStr;

use base64::{Engine, engine::general_purpose::STANDARD};
use seal::hash::{Digest32, sm3_hex};
use seal::{Algorithm, BatchSignature, PublicKey, Signature};

use super::code::Code;

/// Length of a key's identifier in characters.
pub const KEY_ID_CHARS: usize = 32;

/// A signature with the identifier of the key that made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Which key.
    pub key: String,
    size: u64,
    index: u64,
    path: Vec<Digest32>,
    value: Vec<u8>,
}

/// The identifier of a key: the first 32 characters of the SM3 of algorithm and key.
#[must_use]
pub fn key_id(key: &PublicKey) -> String {
    let text = sm3_hex(&[key.algorithm().name().as_bytes(), b":", &key.to_bytes()].concat());
    text.get(..KEY_ID_CHARS).unwrap_or_default().to_owned()
}

impl Envelope {
    /// The envelope of a signature.
    #[must_use]
    pub fn new(key: &PublicKey, signed: &BatchSignature) -> Self {
        let value = signed.signature.raw().to_vec();
        Self { key: key_id(key), size: signed.size, index: signed.index, path: signed.path.clone(), value }
    }

    /// Checks the signature over a text.
    ///
    /// # Errors
    /// [`Code::KeyUnknown`] for another key, [`Code::SignatureInvalid`] when the signature does not fit.
    pub fn verify(&self, key: &PublicKey, signed_text: &str) -> Result<(), Code> {
        if key_id(key) != self.key {
            return Err(Code::KeyUnknown);
        }
        let signed = self.batch(key.algorithm())?;
        signed.verify(key, seal::batch_leaf(signed_text.as_bytes())).map_err(|_| Code::SignatureInvalid)
    }

    /// What a verifier remembers of a checked batch, so that its other messages need no second check of the same signature.
    ///
    /// # Errors
    /// [`Code::SignatureInvalid`] when the message cannot stand where the envelope says.
    pub fn batch_name(&self, key: &PublicKey, signed_text: &str) -> Result<String, Code> {
        let signed = self.batch(key.algorithm())?;
        let root = signed.signed_text(seal::batch_leaf(signed_text.as_bytes())).map_err(|_| Code::SignatureInvalid)?;
        Ok(sm3_hex(&[self.key.as_bytes(), &root, &self.value].concat()))
    }

    /// How many messages were signed together.
    #[must_use]
    pub const fn batch_size(&self) -> u64 {
        self.size
    }

    fn batch(&self, algorithm: Algorithm) -> Result<BatchSignature, Code> {
        let signature = Signature::from_raw(algorithm, &self.value).map_err(|_| Code::SignatureInvalid)?;
        Ok(BatchSignature { size: self.size, index: self.index, path: self.path.clone(), signature })
    }
}

impl fmt::Display for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = STANDARD.encode(self.path.concat());
        write!(f, "v1;key={};size={};index={};path={path};value={}", self.key, self.size, self.index, STANDARD.encode(&self.value))
    }
}

impl FromStr for Envelope {
    type Err = Code;

    fn from_str(text: &str) -> Result<Self, Code> {
        let mut rest = text.trim().split(';');
        if rest.next() != Some("v1") {
            return Err(Code::SignatureInvalid);
        }
        let mut next = |name: &str| {
            let part = rest.next().and_then(|part| part.strip_prefix(name)).and_then(|part| part.strip_prefix('='));
            part.ok_or(Code::SignatureInvalid)
        };
        let key = next("key")?.to_owned();
        let number = |text: &str| text.parse::<u64>().map_err(|_| Code::SignatureInvalid);
        let (size, index) = (number(next("size")?)?, number(next("index")?)?);
        let bytes = |text: &str| STANDARD.decode(text).map_err(|_| Code::SignatureInvalid);
        let (path, value) = (bytes(next("path")?)?, bytes(next("value")?)?);
        let (digests, left) = path.as_chunks::<32>();
        let usable = key.len() == KEY_ID_CHARS && key.bytes().all(|byte| byte.is_ascii_hexdigit()) && left.is_empty() && rest.next().is_none();
        if !usable {
            return Err(Code::SignatureInvalid);
        }
        Ok(Self { key, size, index, path: digests.to_vec(), value })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;
    use seal::{PrivateKey, Signer};

    use super::*;

    fn key(algorithm: Algorithm) -> PrivateKey {
        PrivateKey::from_scalar(algorithm, &[7; 32]).unwrap()
    }

    fn signed(key: &PrivateKey, texts: &[&str]) -> Vec<Envelope> {
        let leaves: Vec<_> = texts.iter().map(|text| seal::batch_leaf(text.as_bytes())).collect();
        let batch = seal::sign_batch(key, &leaves).unwrap();
        batch.iter().map(|signed| Envelope::new(key.public_key(), signed)).collect()
    }

    #[test]
    fn an_envelope_survives_its_text_and_fits_one_message_and_key() {
        for algorithm in [Algorithm::Sm2, Algorithm::Ed25519] {
            let key = key(algorithm);
            let envelopes = signed(&key, &["a", "b", "c"]);
            for (envelope, text) in envelopes.iter().zip(["a", "b", "c"]) {
                let read: Envelope = envelope.to_string().parse().unwrap();
                assert_eq!(&read, envelope);
                read.verify(key.public_key(), text).unwrap();
                assert_eq!(read.verify(key.public_key(), "d"), Err(Code::SignatureInvalid));
            }
            let other = PrivateKey::from_scalar(algorithm, &[8; 32]).unwrap();
            assert_eq!(envelopes[0].verify(other.public_key(), "a"), Err(Code::KeyUnknown));
            let names: Vec<_> = ["a", "b", "c"].iter().zip(&envelopes).map(|(text, e)| e.batch_name(key.public_key(), text).unwrap()).collect();
            assert!(names.iter().all(|name| *name == names[0]), "one batch, one name");
            assert_ne!(envelopes[1].batch_name(key.public_key(), "x").unwrap(), names[0]);
        }
    }

    proptest! {
        #[test]
        fn no_other_text_is_an_envelope_that_verifies(at in 0_usize..200, replacement in "[a-zA-Z0-9+/=;]") {
            let key = key(Algorithm::Ed25519);
            let text = signed(&key, &["a", "b"])[1].to_string();
            let at = at % text.len();
            let mut bent = text.clone();
            bent.replace_range(at..=at, &replacement);
            prop_assume!(bent != text);
            let verified = bent.parse::<Envelope>().and_then(|envelope| envelope.verify(key.public_key(), "b"));
            prop_assert!(verified.is_err(), "{bent}");
        }

        #[test]
        fn no_text_makes_it_panic(text in "(v1;)?(key=)?.{0,80}") {
            let _ = text.parse::<Envelope>();
        }
    }
}
