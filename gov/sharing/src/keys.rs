//! Keys of organs: each signs its grants with SM2 for the law and with Ed25519 for everybody's verifiers.

use std::sync::Arc;

use seal::{Algorithm, NoteVerifier, PrivateKey, SealError, SignedNote, Signer};
use zeroize::Zeroizing;

const LABEL: &str = "sharing.organ-key";
/// A derived number is outside the group with a chance of 2^-32.
const TRIES_MAX: u8 = 64;

/// The keys of the organs of a node, derived from one secret of its key ring. Given to the runner as a service.
pub struct OrganKeys {
    root: Zeroizing<[u8; 32]>,
}

impl OrganKeys {
    /// From a secret, such as [`seal::KeyRing::secret`] of `sharing-organ-keys`.
    #[must_use]
    pub fn new(root: [u8; 32]) -> Self {
        Self { root: Zeroizing::new(root) }
    }

    /// Signs a text for an organ, named by its identifier: the signed note and the verifiers of its two keys.
    ///
    /// # Errors
    /// When a key cannot be made, or the text cannot stand in a note.
    pub fn sign(&self, organ: &str, text: &str) -> Result<(String, Vec<NoteVerifier>), SealError> {
        let mut note = SignedNote::new(text)?;
        let mut verifiers = Vec::new();
        for algorithm in [Algorithm::Sm2, Algorithm::Ed25519] {
            let key = self.key(organ, algorithm)?;
            note.sign(organ, &*key)?;
            verifiers.push(NoteVerifier::new(organ, key.public_key().clone())?);
        }
        Ok((note.to_string(), verifiers))
    }

    fn key(&self, organ: &str, algorithm: Algorithm) -> Result<Arc<PrivateKey>, SealError> {
        let mut last = None;
        for attempt in 0..TRIES_MAX {
            let context = [organ.as_bytes(), b"\0", algorithm.name().as_bytes(), &[0, attempt]].concat();
            let scalar = Zeroizing::new(seal::derive(&*self.root, LABEL, &context));
            match PrivateKey::from_scalar(algorithm, &*scalar) {
                Ok(key) => return Ok(Arc::new(key)),
                Err(fault) => last = Some(fault),
            }
        }
        Err(last.unwrap_or(SealError::BadSignature("no key could be derived")))
    }
}

impl std::fmt::Debug for OrganKeys {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("OrganKeys").finish_non_exhaustive()
    }
}

/// Why a grant's signature does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureProblem {
    /// The note cannot be read.
    Unreadable,
    /// The signed text is not what the grant says.
    OtherText,
    /// The provider has no recorded key of this kind.
    NoKey(&'static str),
    /// The signature of this kind is missing or false.
    False(&'static str),
}

/// Checks that a note holds exactly this text, signed with both kinds of keys, by verifiers of the provider.
///
/// # Errors
/// What does not hold.
pub fn verify_note(note: &str, text: &str, provider: &str, verifiers: &[NoteVerifier]) -> Result<(), SignatureProblem> {
    let note = SignedNote::parse(note).map_err(|_| SignatureProblem::Unreadable)?;
    if note.text() != text {
        return Err(SignatureProblem::OtherText);
    }
    for algorithm in [Algorithm::Sm2, Algorithm::Ed25519] {
        let name = algorithm.name();
        let mut known = verifiers.iter().filter(|verifier| verifier.name() == provider && verifier.algorithm() == algorithm).peekable();
        if known.peek().is_none() {
            return Err(SignatureProblem::NoKey(name));
        }
        if !known.any(|verifier| note.verify(verifier).is_ok()) {
            return Err(SignatureProblem::False(name));
        }
    }
    Ok(())
}
