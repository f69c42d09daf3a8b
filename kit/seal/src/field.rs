//! Sealed fields: personal data at rest, SM4-GCM under a key of the subject's own, and blind indexes which find without opening.
//!
//! ```text
//! root key (file, versioned) ─HMAC-SM3→ purpose key ─HMAC-SM3→ key of one subject ─SM4-GCM→ sealed field
//!                            └HMAC-SM3→ index key ─HMAC-SM3→ blind index of one value
//! ```

use std::{fmt, str::FromStr};

use aes_gcm::{
    AesGcm,
    aead::{Aead, KeyInit, Payload, consts::U12},
};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use ids::Entropy;
use zeroize::Zeroizing;

use crate::{
    entropy::random_bytes,
    error::SealError,
    hash::{Digest32, hmac_sm3, to_hex},
};

type Sm4Gcm = AesGcm<sm4::Sm4, U12>;

const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;
const SM4_KEY_BYTES: usize = 16;

/// A value sealed by [`FieldKey::seal`]: `v<key version>.<base64 of nonce ‖ ciphertext ‖ tag>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sealed {
    version: u32,
    bytes: Vec<u8>,
}

impl Sealed {
    /// Version of the root key under which the value was sealed.
    #[must_use]
    pub const fn version(&self) -> u32 {
        self.version
    }
}

impl fmt::Display for Sealed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "v{}.{}", self.version, STANDARD_NO_PAD.encode(&self.bytes))
    }
}

impl FromStr for Sealed {
    type Err = SealError;

    fn from_str(text: &str) -> Result<Self, SealError> {
        let malformed = || SealError::BadSealed("its text is not v<version>.<base64>");
        let (version, encoded) = text.strip_prefix('v').and_then(|rest| rest.split_once('.')).ok_or_else(malformed)?;
        let version = version.parse().map_err(|_| malformed())?;
        let bytes = STANDARD_NO_PAD.decode(encoded).map_err(|_| malformed())?;
        if bytes.len() < NONCE_BYTES.saturating_add(TAG_BYTES) {
            return Err(SealError::BadSealed("it is too short"));
        }
        Ok(Self { version, bytes })
    }
}

/// The SM4 key of one subject under one version of the root key.
pub struct FieldKey {
    version: u32,
    key: Zeroizing<[u8; SM4_KEY_BYTES]>,
}

impl FieldKey {
    /// A key with these bytes.
    #[must_use]
    pub fn new(version: u32, key: [u8; SM4_KEY_BYTES]) -> Self {
        Self { version, key: Zeroizing::new(key) }
    }

    /// Seals `plain`. `aad` names the place the value belongs to (table, column, row), so that a sealed text moved elsewhere does not open.
    ///
    /// # Errors
    /// [`SealError::BadSealed`] when the value is longer than the cipher can take (64 GiB).
    pub fn seal(&self, plain: &[u8], aad: &[u8], entropy: &mut dyn Entropy) -> Result<Sealed, SealError> {
        let nonce: [u8; NONCE_BYTES] = random_bytes(entropy);
        let cipher = self.cipher()?;
        let sealed = cipher.encrypt(&nonce.into(), Payload { msg: plain, aad }).map_err(|_| SealError::BadSealed("the value is too long"))?;
        Ok(Sealed { version: self.version, bytes: [nonce.as_slice(), &sealed].concat() })
    }

    /// Opens what [`FieldKey::seal`] made. The plain bytes are wiped when dropped.
    ///
    /// # Errors
    /// [`SealError::BadSealed`] when it was altered, or sealed under another key or for another place.
    pub fn open(&self, sealed: &Sealed, aad: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        if sealed.version != self.version {
            return Err(SealError::BadSealed("it was sealed under another version of the key"));
        }
        let (nonce, cipher_text) = sealed.bytes.split_first_chunk::<NONCE_BYTES>().ok_or(SealError::BadSealed("it is too short"))?;
        let plain = self.cipher()?.decrypt(&(*nonce).into(), Payload { msg: cipher_text, aad });
        plain.map(Zeroizing::new).map_err(|_| SealError::BadSealed("it was altered or belongs elsewhere"))
    }

    fn cipher(&self) -> Result<Sm4Gcm, SealError> {
        Sm4Gcm::new_from_slice(self.key.as_slice()).map_err(|fault| SealError::key("SM4 key", fault))
    }
}

/// The root keys of sealed fields, all versions; the last one seals, every one opens.
#[derive(Clone)]
pub struct FieldKeys {
    roots: Vec<Root>,
}

#[derive(Clone)]
struct Root {
    version: u32,
    key: Zeroizing<Digest32>,
}

impl FieldKeys {
    /// Keys with these roots.
    ///
    /// # Errors
    /// [`SealError::NoSuchKey`] when there is none.
    pub fn new(roots: impl IntoIterator<Item = (u32, Digest32)>) -> Result<Self, SealError> {
        let mut roots: Vec<Root> = roots.into_iter().map(|(version, key)| Root { version, key: Zeroizing::new(key) }).collect();
        roots.sort_by_key(|root| root.version);
        if roots.is_empty() {
            return Err(SealError::NoSuchKey { purpose: "data-root".to_owned(), version: 0 });
        }
        Ok(Self { roots })
    }

    /// Seals a text of `subject` (a party id) for `place` (such as `persons.identity_number`) under the newest key.
    ///
    /// # Errors
    /// [`SealError::BadSealed`] when the value is longer than the cipher can take (64 GiB).
    pub fn seal(&self, subject: &str, place: &str, plain: &str, entropy: &mut dyn Entropy) -> Result<Sealed, SealError> {
        self.subject_key(self.newest()?, subject).seal(plain.as_bytes(), &bound(subject, place), entropy)
    }

    /// Opens a text sealed by [`FieldKeys::seal`] for the same subject and place, under whichever version it was sealed.
    ///
    /// # Errors
    /// [`SealError::BadSealed`] when it was altered or belongs elsewhere, [`SealError::NoSuchKey`] when its version is unknown.
    pub fn open(&self, subject: &str, place: &str, sealed: &Sealed) -> Result<Zeroizing<String>, SealError> {
        let no_key = || SealError::NoSuchKey { purpose: "data-root".to_owned(), version: sealed.version };
        let root = self.roots.iter().find(|root| root.version == sealed.version).ok_or_else(no_key)?;
        let plain = self.subject_key(root, subject).open(sealed, &bound(subject, place))?;
        let text = std::str::from_utf8(&plain).map_err(|_| SealError::BadSealed("it is no text"))?;
        Ok(Zeroizing::new(text.to_owned()))
    }

    /// Whether `sealed` should be sealed anew because a newer key exists.
    #[must_use]
    pub fn is_outdated(&self, sealed: &Sealed) -> bool {
        self.roots.last().is_some_and(|root| root.version != sealed.version)
    }

    /// The blind index to store with a value of `place`: equal values (after [`normalised`]) have equal indexes, and nothing else can be
    /// learnt from them without the key.
    ///
    /// # Errors
    /// [`SealError::NoSuchKey`] never in practice, as a ring always has a root.
    pub fn blind_index(&self, place: &str, value: &str) -> Result<String, SealError> {
        Ok(index_under(self.newest()?, place, value))
    }

    /// The blind indexes of a value under every version of the key, newest first, to search by.
    #[must_use]
    pub fn blind_indexes(&self, place: &str, value: &str) -> Vec<String> {
        self.roots.iter().rev().map(|root| index_under(root, place, value)).collect()
    }

    fn newest(&self) -> Result<&Root, SealError> {
        self.roots.last().ok_or_else(|| SealError::NoSuchKey { purpose: "data-root".to_owned(), version: 0 })
    }

    fn subject_key(&self, root: &Root, subject: &str) -> FieldKey {
        let purpose = Zeroizing::new(derive(root.key.as_slice(), "field", b""));
        let derived = Zeroizing::new(derive(purpose.as_slice(), "subject", subject.as_bytes()));
        FieldKey::new(root.version, derived.first_chunk().copied().unwrap_or_default())
    }
}

impl fmt::Debug for FieldKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let versions: Vec<u32> = self.roots.iter().map(|root| root.version).collect();
        formatter.debug_struct("FieldKeys").field("versions", &versions).finish_non_exhaustive()
    }
}

/// A key derived from another: HMAC-SM3(key, label ‖ 0 ‖ context).
#[must_use]
pub fn derive(key: &[u8], label: &str, context: &[u8]) -> Digest32 {
    hmac_sm3(key, &[label.as_bytes(), b"\0", context].concat())
}

/// The form in which values are compared: full-width characters become half-width ones, outer and inner spaces go, letters become capitals.
#[must_use]
pub fn normalised(value: &str) -> String {
    value.chars().map(half_width).filter(|character| !character.is_whitespace()).flat_map(char::to_uppercase).collect()
}

fn half_width(character: char) -> char {
    match character {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => u32::from(character).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(character),
        other => other,
    }
}

fn index_under(root: &Root, place: &str, value: &str) -> String {
    let key = Zeroizing::new(derive(root.key.as_slice(), "index", place.as_bytes()));
    format!("b{}.{}", root.version, to_hex(&hmac_sm3(key.as_slice(), normalised(value).as_bytes())))
}

fn bound(subject: &str, place: &str) -> Vec<u8> {
    [place.as_bytes(), b"\0", subject.as_bytes()].concat()
}

#[cfg(test)]
mod tests;
