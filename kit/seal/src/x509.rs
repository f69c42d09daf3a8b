//! The node's own certificates (X.509 v3, RFC 5280): a self-made root and leaves under it, on SM2 or P-256.

use std::time::Duration;

use der::{
    Decode, DecodePem, Encode, EncodePem,
    asn1::{BitString, GeneralizedTime, ObjectIdentifier, UtcTime},
    pem::LineEnding,
};
use sm2::pkcs8::spki::{
    self, AlgorithmIdentifierOwned, Document, DynSignatureAlgorithmIdentifier, EncodePublicKey, SignatureBitStringEncoding, SubjectPublicKeyInfoRef,
};
use x509_cert::{
    Certificate as X509,
    builder::{Builder, CertificateBuilder, profile::BuilderProfile},
    certificate::TbsCertificate,
    ext::{
        Extension, ToExtension,
        pkix::{AuthorityKeyIdentifier, BasicConstraints, KeyUsage, KeyUsages, SubjectKeyIdentifier},
    },
    name::Name,
    serial_number::SerialNumber,
    spki::SubjectPublicKeyInfoOwned,
    time::{Time, Validity},
};

use crate::{
    error::SealError,
    hash::sha256,
    public_key::PublicKey,
    sign::{Algorithm, Signature, Signer},
};

/// SM2 with SM3.
pub(crate) const OID_SM2_WITH_SM3: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.501");
/// ECDSA with SHA-256.
pub(crate) const OID_ECDSA_WITH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
/// Ed25519.
pub(crate) const OID_ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

const WHAT: &str = "a certificate";

/// Whose certificate it is. Empty parts are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Two capital letters, `CN`.
    pub country: String,
    /// Province.
    pub province: String,
    /// City or county.
    pub locality: String,
    /// Organ or body.
    pub organisation: String,
    /// Name of the key's owner.
    pub common_name: String,
}

/// From when to when a certificate is valid, in milliseconds since 1970 UTC; whole seconds are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValidFor {
    /// First moment.
    pub not_before_millis: i64,
    /// Last moment.
    pub not_after_millis: i64,
}

/// An X.509 certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    inner: X509,
}

impl Certificate {
    /// A root which signs itself. `serial` should be 16 random bytes.
    ///
    /// # Errors
    /// [`SealError::Encoding`] when a part of the subject does not fit, [`SealError::Signing`].
    pub fn root(subject: &Subject, serial: [u8; 16], valid: ValidFor, signer: &dyn Signer) -> Result<Self, SealError> {
        let name = subject.to_name()?;
        let profile = NodeProfile { issuer: name.clone(), subject: name, authority: true };
        build(profile, serial, valid, signer.public_key(), signer)
    }

    /// A leaf for `key`, which may sign documents, issued by this root with its `signer`.
    ///
    /// # Errors
    /// [`SealError::Encoding`] when a part of the subject does not fit or `signer` is not the key of this root, [`SealError::Signing`].
    pub fn issue(&self, subject: &Subject, key: &PublicKey, serial: [u8; 16], valid: ValidFor, signer: &dyn Signer) -> Result<Self, SealError> {
        if signer.public_key() != &self.public_key()? {
            return Err(SealError::encoding(WHAT, "the signer is not the key of the issuing certificate"));
        }
        let issuer = self.inner.tbs_certificate().subject().clone();
        let profile = NodeProfile { issuer, subject: subject.to_name()?, authority: false };
        build(profile, serial, valid, key, signer)
    }

    /// Reads DER.
    ///
    /// # Errors
    /// [`SealError::Encoding`] when it is no certificate.
    pub fn from_der(der: &[u8]) -> Result<Self, SealError> {
        X509::from_der(der).map(|inner| Self { inner }).map_err(|fault| SealError::encoding(WHAT, fault))
    }

    /// Reads PEM.
    ///
    /// # Errors
    /// [`SealError::Encoding`] when it is no certificate.
    pub fn from_pem(pem: &str) -> Result<Self, SealError> {
        X509::from_pem(pem).map(|inner| Self { inner }).map_err(|fault| SealError::encoding(WHAT, fault))
    }

    /// The DER form.
    ///
    /// # Errors
    /// [`SealError::Encoding`] when it cannot be encoded.
    pub fn to_der(&self) -> Result<Vec<u8>, SealError> {
        self.inner.to_der().map_err(|fault| SealError::encoding(WHAT, fault))
    }

    /// The PEM form.
    ///
    /// # Errors
    /// [`SealError::Encoding`] when it cannot be encoded.
    pub fn to_pem(&self) -> Result<String, SealError> {
        self.inner.to_pem(LineEnding::LF).map_err(|fault| SealError::encoding(WHAT, fault))
    }

    /// The certified key.
    ///
    /// # Errors
    /// [`SealError::Key`] when it is of an unknown kind.
    pub fn public_key(&self) -> Result<PublicKey, SealError> {
        let spki = self.inner.tbs_certificate().subject_public_key_info().to_der().map_err(|fault| SealError::encoding(WHAT, fault))?;
        PublicKey::from_spki_der(&spki)
    }

    /// Whose it is, as text `CN=…,O=…,C=…`.
    #[must_use]
    pub fn subject(&self) -> String {
        self.inner.tbs_certificate().subject().to_string()
    }

    /// Who issued it, as text.
    #[must_use]
    pub fn issuer(&self) -> String {
        self.inner.tbs_certificate().issuer().to_string()
    }

    /// Whether `at_millis` lies within its validity.
    #[must_use]
    pub fn is_valid_at(&self, at_millis: i64) -> bool {
        let validity = self.inner.tbs_certificate().validity();
        let bounds = (seconds_of(&validity.not_before), seconds_of(&validity.not_after));
        (bounds.0..=bounds.1).contains(&at_millis.div_euclid(1000))
    }

    /// Checks that the root `issuer` signed this certificate.
    ///
    /// # Errors
    /// [`SealError::BadSignature`] when it did not.
    pub fn verify_issued_by(&self, issuer: &Self) -> Result<(), SealError> {
        if self.inner.tbs_certificate().issuer() != issuer.inner.tbs_certificate().subject() {
            return Err(SealError::BadSignature("the certificate names another issuer"));
        }
        if !issuer.is_authority() {
            return Err(SealError::BadSignature("the issuer may not issue certificates"));
        }
        let key = issuer.public_key()?;
        let named = self.inner.signature_algorithm();
        if named.oid != signature_oid(key.algorithm()) || named != self.inner.tbs_certificate().signature() {
            return Err(SealError::BadSignature("the certificate was signed with another algorithm"));
        }
        let message = self.inner.tbs_certificate().to_der().map_err(|fault| SealError::encoding(WHAT, fault))?;
        let signature = Signature::from_der(key.algorithm(), self.inner.signature().raw_bytes())?;
        key.verify(&message, &signature)
    }

    /// Whether it is the certificate of an authority.
    #[must_use]
    pub fn is_authority(&self) -> bool {
        let constraints = self.inner.tbs_certificate().get_extension::<BasicConstraints>();
        matches!(constraints, Ok(Some((_, BasicConstraints { ca: true, .. }))))
    }

    /// SHA-256 of the DER form, as certificate viewers show it.
    ///
    /// # Errors
    /// [`SealError::Encoding`] when it cannot be encoded.
    pub fn fingerprint(&self) -> Result<[u8; 32], SealError> {
        Ok(sha256(&self.to_der()?))
    }

    pub(crate) const fn inner(&self) -> &X509 {
        &self.inner
    }
}

impl From<X509> for Certificate {
    fn from(inner: X509) -> Self {
        Self { inner }
    }
}

impl Subject {
    fn to_name(&self) -> Result<Name, SealError> {
        let parts = [("CN", &self.common_name), ("O", &self.organisation), ("L", &self.locality), ("ST", &self.province), ("C", &self.country)];
        let present = parts.iter().filter(|(_, value)| !value.is_empty());
        let text: Vec<String> = present.map(|(key, value)| format!("{key}={}", escaped(value))).collect();
        text.join(",").parse().map_err(|fault| SealError::encoding("the name in a certificate", fault))
    }
}

/// The identifier of a signature algorithm.
pub(crate) const fn signature_oid(algorithm: Algorithm) -> ObjectIdentifier {
    match algorithm {
        Algorithm::Sm2 => OID_SM2_WITH_SM3,
        Algorithm::P256 => OID_ECDSA_WITH_SHA256,
        Algorithm::Ed25519 => OID_ED25519,
    }
}

/// RFC 4514 §2.4.
fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for character in value.trim().chars() {
        if matches!(character, ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '=' | '#') {
            text.push('\\');
        }
        text.push(character);
    }
    text
}

fn seconds_of(time: &Time) -> i64 {
    i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX)
}

pub(crate) fn time_of(millis: i64) -> Result<Time, SealError> {
    let seconds = u64::try_from(millis.div_euclid(1000)).map_err(|fault| SealError::encoding("a time since 1970", fault))?;
    let time = GeneralizedTime::from_unix_duration(Duration::from_secs(seconds)).map_err(|fault| SealError::encoding("a time", fault))?;
    // RFC 5280 §4.1.2.5: two-digit years until 2049.
    Ok(UtcTime::from_date_time(time.to_date_time()).map_or(Time::GeneralTime(time), Time::UtcTime))
}

fn build(profile: NodeProfile, serial: [u8; 16], valid: ValidFor, key: &PublicKey, signer: &dyn Signer) -> Result<Certificate, SealError> {
    let fault = |fault: x509_cert::builder::Error| SealError::encoding(WHAT, fault);
    // A serial number is positive: the first bit is cleared, the second set so that its length never varies.
    let mut serial = serial;
    if let Some(first) = serial.first_mut() {
        *first = (*first & 0x7f) | 0x40;
    }
    let serial = SerialNumber::new(&serial).map_err(|fault| SealError::encoding(WHAT, fault))?;
    let validity = Validity::new(time_of(valid.not_before_millis)?, time_of(valid.not_after_millis)?);
    let spki = SubjectPublicKeyInfoOwned::from_der(&key.to_spki_der()?).map_err(|fault| SealError::encoding(WHAT, fault))?;
    let builder = CertificateBuilder::new(profile, serial, validity, spki).map_err(fault)?;
    builder.build::<_, BitStringSignature>(&CertificateSigner(signer)).map(Certificate::from).map_err(fault)
}

struct NodeProfile {
    issuer: Name,
    subject: Name,
    authority: bool,
}

impl BuilderProfile for NodeProfile {
    fn get_issuer(&self, _subject: &Name) -> Name {
        self.issuer.clone()
    }

    fn get_subject(&self) -> Name {
        self.subject.clone()
    }

    fn build_extensions(
        &self,
        key: SubjectPublicKeyInfoRef<'_>,
        issuer_key: SubjectPublicKeyInfoRef<'_>,
        certificate: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let subject = certificate.subject();
        let usage = match self.authority {
            true => KeyUsages::KeyCertSign | KeyUsages::CRLSign,
            false => KeyUsages::DigitalSignature | KeyUsages::NonRepudiation,
        };
        let path_len_constraint = self.authority.then_some(0);
        let mut extensions = Vec::new();
        extensions.push((&SubjectKeyIdentifier::try_from(key)?).to_extension(subject, &extensions)?);
        let authority = SubjectKeyIdentifier::try_from(issuer_key)?.0;
        let authority = AuthorityKeyIdentifier { key_identifier: Some(authority), ..Default::default() };
        extensions.push((&authority).to_extension(subject, &extensions)?);
        extensions.push((&BasicConstraints { ca: self.authority, path_len_constraint }).to_extension(subject, &extensions)?);
        extensions.push((&KeyUsage(usage)).to_extension(subject, &extensions)?);
        Ok(extensions)
    }
}

/// A signer in the clothes which the certificate builder expects.
struct CertificateSigner<'s>(&'s dyn Signer);

#[derive(Clone)]
struct CertifiedKey(PublicKey);

/// The crates' own SM2 signature would be written in the raw form, which makes an invalid certificate.
struct BitStringSignature(Vec<u8>);

impl EncodePublicKey for CertifiedKey {
    fn to_public_key_der(&self) -> spki::Result<Document> {
        let der = self.0.to_spki_der().map_err(|_| spki::Error::KeyMalformed)?;
        Document::try_from(der).map_err(spki::Error::Asn1)
    }
}

impl SignatureBitStringEncoding for BitStringSignature {
    fn to_bitstring(&self) -> der::Result<BitString> {
        BitString::from_bytes(&self.0)
    }
}

impl signature::Keypair for CertificateSigner<'_> {
    type VerifyingKey = CertifiedKey;

    fn verifying_key(&self) -> CertifiedKey {
        CertifiedKey(self.0.public_key().clone())
    }
}

impl DynSignatureAlgorithmIdentifier for CertificateSigner<'_> {
    fn signature_algorithm_identifier(&self) -> spki::Result<AlgorithmIdentifierOwned> {
        Ok(AlgorithmIdentifierOwned { oid: signature_oid(self.0.public_key().algorithm()), parameters: None })
    }
}

impl signature::Signer<BitStringSignature> for CertificateSigner<'_> {
    fn try_sign(&self, message: &[u8]) -> Result<BitStringSignature, signature::Error> {
        let signature = self.0.sign(message).and_then(|signature| signature.to_der());
        signature.map(BitStringSignature).map_err(|_| signature::Error::new())
    }
}

#[cfg(test)]
pub(crate) mod tests;
