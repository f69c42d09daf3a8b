//! Signed notes (C2SP signed-note): a text, a blank line, and one line per signature. Checkpoints of the journal are such notes.
//!
//! Ed25519 lines follow the standard (algorithm byte `0x01`). SM2 lines use the byte `0xff`, which the standard leaves to others, followed by
//! the name `sm2`; the key is the uncompressed point (65 bytes) and the signature the raw form `r ‖ s`. A verifier which does not know SM2
//! passes over those lines, as the standard wants.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{
    error::SealError,
    hash::sha256,
    public_key::PublicKey,
    sign::{Algorithm, Signature, Signer},
};

const NOTE_BYTES_MAX: usize = 1 << 20;
const SIGNATURES_MAX: usize = 100;
const LINE_START: &str = "\u{2014} ";
const KEY_ID_BYTES: usize = 4;
const SM2_TYPE: &[u8] = b"\xffsm2";
const ED25519_TYPE: &[u8] = b"\x01";

/// A text with signatures. The text ends with a line break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedNote {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// One signature line, of a known or an unknown kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    /// Name of the signer, a text without spaces and plus signs.
    pub name: String,
    /// First four bytes of the digest over name, algorithm and key.
    pub key_id: [u8; KEY_ID_BYTES],
    /// The signature proper.
    pub signature: Vec<u8>,
}

/// A key which verifies notes, with the name under which it signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteVerifier {
    name: String,
    key: PublicKey,
}

impl SignedNote {
    /// A note without signatures.
    ///
    /// # Errors
    /// [`SealError::Encoding`] when the text is empty, does not end with a line break, or holds control characters.
    pub fn new(text: impl Into<String>) -> Result<Self, SealError> {
        let text = text.into();
        if !text.ends_with('\n') {
            return Err(malformed("its text does not end with a line break"));
        }
        if text.chars().any(|character| character.is_ascii_control() && character != '\n') {
            return Err(malformed("its text holds control characters"));
        }
        Ok(Self { text, signatures: Vec::new() })
    }

    /// Adds a signature line.
    ///
    /// # Errors
    /// [`SealError::Encoding`] when the name has spaces or plus signs or the algorithm is neither Ed25519 nor SM2; [`SealError::Signing`].
    pub fn sign(&mut self, name: &str, signer: &dyn Signer) -> Result<(), SealError> {
        let verifier = NoteVerifier::new(name, signer.public_key().clone())?;
        let signature = signer.sign(self.text.as_bytes())?;
        let line = NoteSignature { name: name.to_owned(), key_id: verifier.key_id(), signature: signature.raw().to_vec() };
        self.signatures.push(line);
        Ok(())
    }

    /// Adds a signature line which somebody else made, a witness for instance. It is not checked here.
    pub fn add(&mut self, signature: NoteSignature) {
        self.signatures.push(signature);
    }

    /// Reads a note.
    ///
    /// # Errors
    /// [`SealError::Encoding`] when it is too long or not built as the standard says.
    pub fn parse(note: &str) -> Result<Self, SealError> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(malformed("it is longer than one mebibyte"));
        }
        let end = note.rfind("\n\n").ok_or_else(|| malformed("it has no blank line before its signatures"))?;
        let (text, lines) = note.split_at(end.saturating_add(1));
        let lines = lines.strip_prefix('\n').unwrap_or_default();
        if !lines.ends_with('\n') {
            return Err(malformed("its last line has no end"));
        }
        let mut parsed = Self::new(text)?;
        for line in lines.lines() {
            parsed.signatures.push(parse_line(line)?);
        }
        if parsed.signatures.len() > SIGNATURES_MAX {
            return Err(malformed("it has more than a hundred signatures"));
        }
        Ok(parsed)
    }

    /// The text which is signed, with its last line break.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines.
    #[must_use]
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Checks that `verifier` signed this note; other lines are passed over.
    ///
    /// # Errors
    /// [`SealError::BadSignature`] when it did not, or when one of its lines is false.
    pub fn verify(&self, verifier: &NoteVerifier) -> Result<(), SealError> {
        let key_id = verifier.key_id();
        let mut lines = self.signatures.iter().filter(|line| line.name == verifier.name && line.key_id == key_id).peekable();
        if lines.peek().is_none() {
            return Err(SealError::BadSignature("the note has no line of this signer"));
        }
        for line in lines {
            let signature = Signature::from_raw(verifier.key.algorithm(), &line.signature)?;
            verifier.key.verify(self.text.as_bytes(), &signature)?;
        }
        Ok(())
    }
}

impl std::fmt::Display for SignedNote {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(formatter, "{}", self.text)?;
        for line in &self.signatures {
            let bytes = [line.key_id.as_slice(), &line.signature].concat();
            writeln!(formatter, "{LINE_START}{} {}", line.name, STANDARD.encode(bytes))?;
        }
        Ok(())
    }
}

impl NoteVerifier {
    /// The verifier of `name` with `key`.
    ///
    /// # Errors
    /// [`SealError::Encoding`] when the name is empty or has spaces or plus signs, or the key is neither Ed25519 nor SM2.
    pub fn new(name: impl Into<String>, key: PublicKey) -> Result<Self, SealError> {
        let name = name.into();
        if name.is_empty() || name.contains(|character: char| character.is_whitespace() || character == '+') {
            return Err(malformed("a signer's name is empty or has spaces or plus signs"));
        }
        if key.algorithm() == Algorithm::P256 {
            return Err(malformed("notes are signed with Ed25519 or SM2"));
        }
        Ok(Self { name, key })
    }

    /// Reads the text form `name+keyid+base64(type ‖ key)`.
    ///
    /// # Errors
    /// [`SealError::Encoding`] when it is not such a text or the key id does not fit.
    pub fn parse(text: &str) -> Result<Self, SealError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(malformed("a verifier key has three parts"));
        };
        let bytes = STANDARD.decode(key).map_err(|fault| SealError::encoding("a verifier key", fault))?;
        let key = if let Some(key) = bytes.strip_prefix(SM2_TYPE) {
            PublicKey::from_bytes(Algorithm::Sm2, key)?
        } else if let Some(key) = bytes.strip_prefix(ED25519_TYPE) {
            PublicKey::from_bytes(Algorithm::Ed25519, key)?
        } else {
            return Err(malformed("a verifier key is of an unknown kind"));
        };
        let verifier = Self::new(name, key)?;
        if crate::hash::to_hex(&verifier.key_id()) != id {
            return Err(malformed("a verifier key does not fit its id"));
        }
        Ok(verifier)
    }

    /// The name of the signer.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The algorithm of the key.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.key.algorithm()
    }

    /// SHA-256(name ‖ line break ‖ type ‖ key), first four bytes.
    #[must_use]
    pub fn key_id(&self) -> [u8; KEY_ID_BYTES] {
        let digest = sha256(&[self.name.as_bytes(), b"\n", &self.typed_key()].concat());
        digest.first_chunk().copied().unwrap_or_default()
    }

    fn typed_key(&self) -> Vec<u8> {
        let kind = match self.key.algorithm() {
            Algorithm::Sm2 | Algorithm::P256 => SM2_TYPE,
            Algorithm::Ed25519 => ED25519_TYPE,
        };
        [kind, &self.key.to_bytes()].concat()
    }
}

impl std::fmt::Display for NoteVerifier {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}+{}+{}", self.name, crate::hash::to_hex(&self.key_id()), STANDARD.encode(self.typed_key()))
    }
}

fn parse_line(line: &str) -> Result<NoteSignature, SealError> {
    let rest = line.strip_prefix(LINE_START).ok_or_else(|| malformed("a signature line does not begin with a dash"))?;
    let (name, encoded) = rest.split_once(' ').ok_or_else(|| malformed("a signature line has no signature"))?;
    let bytes = STANDARD.decode(encoded).map_err(|fault| SealError::encoding("a signed note", fault))?;
    let Some((key_id, signature)) = bytes.split_first_chunk::<KEY_ID_BYTES>() else {
        return Err(malformed("a signature line has no key id"));
    };
    if name.is_empty() || signature.is_empty() {
        return Err(malformed("a signature line is empty"));
    }
    Ok(NoteSignature { name: name.to_owned(), key_id: *key_id, signature: signature.to_vec() })
}

fn malformed(cause: &'static str) -> SealError {
    SealError::encoding("a signed note", cause)
}

#[cfg(test)]
mod tests;
