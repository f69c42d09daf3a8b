//! Signed messages (CMS, RFC 5652) with the content kept apart, as PDF signatures of the kind `ETSI.CAdES.detached` need them.
//!
//! The signed attributes are content type, message digest, the signing certificate (ESS signing-certificate-v2, RFC 5035), and the signing
//! time when one is given. PAdES (ETSI EN 319 142-1) wants the time in the dictionary of the PDF instead: pass `None` there.

use ::cms::{
    cert::{CertificateChoices, IssuerAndSerialNumber},
    content_info::{CmsVersion, ContentInfo},
    signed_data::{CertificateSet, EncapsulatedContentInfo, SignedAttributes, SignedData, SignerIdentifier, SignerInfo, SignerInfos},
};
use der::{
    Any, AnyRef, Decode, Encode, Tag,
    asn1::{ObjectIdentifier, OctetString, OctetStringRef, SetOfVec},
};
use x509_cert::{attr::Attribute, spki::AlgorithmIdentifierOwned, time::Time};

use crate::{
    error::SealError,
    hash::{Digest32, equal_in_constant_time, sha256, sm3},
    sign::{Algorithm, Signature, Signer},
    x509::{Certificate, signature_oid, time_of},
};

const OID_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const OID_SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const OID_CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const OID_MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const OID_SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
const OID_SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const OID_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const OID_SM3: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.156.10197.1.401");

const WHAT: &str = "a signed message";

/// What a checked signed message says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetachedSignature {
    /// The certificate of the signer, taken from the message; whether it is trusted is the caller's to decide.
    pub signer: Certificate,
    /// All certificates in the message.
    pub certificates: Vec<Certificate>,
    /// The signed time, in milliseconds since 1970 UTC.
    pub signing_time_millis: Option<i64>,
}

/// The digest a detached signature needs over the content: SHA-256 for P-256 keys, SM3 for SM2 keys.
#[must_use]
pub fn content_digest(algorithm: Algorithm, content: &[u8]) -> Digest32 {
    match algorithm {
        Algorithm::Sm2 => sm3(content),
        Algorithm::P256 | Algorithm::Ed25519 => sha256(content),
    }
}

/// A detached signature (DER of ContentInfo) over content whose digest by [`content_digest`] is `digest`. `chain` begins with the
/// certificate of `signer` and goes on with its issuers.
///
/// # Errors
/// [`SealError::Encoding`] when the chain is empty or does not begin with the signer's certificate, [`SealError::Signing`].
pub fn cms_detached(signer: &dyn Signer, chain: &[Certificate], digest: &Digest32, signing_time_millis: Option<i64>) -> Result<Vec<u8>, SealError> {
    let leaf = chain.first().ok_or_else(|| SealError::encoding(WHAT, "there is no certificate"))?;
    if &leaf.public_key()? != signer.public_key() {
        return Err(SealError::encoding(WHAT, "the first certificate is not that of the signer"));
    }
    let message = signed_data(signer, leaf, chain, digest, signing_time_millis)?;
    let content = Any::encode_from(&message).map_err(encoding)?;
    ContentInfo { content_type: OID_SIGNED_DATA, content }.to_der().map_err(encoding)
}

/// Checks a detached signature over `content`, which is digested with the algorithm the signer's key wants.
///
/// # Errors
/// [`SealError::BadSignature`] when the content or the message was altered, [`SealError::Encoding`] when it is no signed message.
pub fn verify_detached(der: &[u8], content: &[u8]) -> Result<DetachedSignature, SealError> {
    let info = ContentInfo::from_der(der).map_err(encoding)?;
    if info.content_type != OID_SIGNED_DATA {
        return Err(SealError::encoding(WHAT, "it is a message of another kind"));
    }
    let message: SignedData = info.content.decode_as().map_err(encoding)?;
    let certificates = certificates_of(&message);
    let [info] = message.signer_infos.0.as_slice() else {
        return Err(SealError::BadSignature("the message has not exactly one signer"));
    };
    let signer = signer_of(&info.sid, &certificates)?.clone();
    let key = signer.public_key()?;
    let named = AlgorithmIdentifierOwned { oid: digest_oid(key.algorithm()), parameters: None };
    let versions = (message.version, info.version);
    if versions != (CmsVersion::V1, CmsVersion::V1) || message.digest_algorithms.as_slice() != std::slice::from_ref(&named) {
        return Err(SealError::BadSignature("its header does not fit the signer"));
    }
    if message.encap_content_info != (EncapsulatedContentInfo { econtent_type: OID_DATA, econtent: None }) {
        return Err(SealError::BadSignature("the message is not detached from its content"));
    }
    if info.signature_algorithm.oid != signature_oid(key.algorithm()) || info.digest_alg != named {
        return Err(SealError::BadSignature("it was made with another algorithm"));
    }
    let attributes = info.signed_attrs.as_ref().ok_or(SealError::BadSignature("the message has no signed attributes"))?;
    check_attributes(attributes, &content_digest(key.algorithm(), content), &signer)?;
    let signature = Signature::from_der(key.algorithm(), info.signature.as_bytes())?;
    key.verify(&attributes.to_der().map_err(encoding)?, &signature)?;
    let signing_time_millis = signing_time(attributes)?;
    Ok(DetachedSignature { signer, certificates, signing_time_millis })
}

fn signed_data(
    signer: &dyn Signer,
    leaf: &Certificate,
    chain: &[Certificate],
    digest: &Digest32,
    signing_time_millis: Option<i64>,
) -> Result<SignedData, SealError> {
    let algorithm = signer.public_key().algorithm();
    let attributes = signed_attributes(leaf, digest, signing_time_millis)?;
    let signature = signer.sign(&attributes.to_der().map_err(encoding)?)?.to_der()?;
    let tbs = leaf.inner().tbs_certificate();
    let digest_algorithm = AlgorithmIdentifierOwned { oid: digest_oid(algorithm), parameters: None };
    let signer_info = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: tbs.issuer().clone(),
            serial_number: tbs.serial_number().clone(),
        }),
        digest_alg: digest_algorithm.clone(),
        signed_attrs: Some(attributes),
        signature_algorithm: AlgorithmIdentifierOwned { oid: signature_oid(algorithm), parameters: None },
        signature: OctetString::new(signature).map_err(encoding)?,
        unsigned_attrs: None,
    };
    let certificates: Vec<_> = chain.iter().map(|certificate| CertificateChoices::Certificate(certificate.inner().clone())).collect();
    Ok(SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![digest_algorithm]).map_err(encoding)?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: OID_DATA, econtent: None },
        certificates: Some(CertificateSet::try_from(certificates).map_err(encoding)?),
        crls: None,
        signer_infos: SignerInfos::try_from(vec![signer_info]).map_err(encoding)?,
    })
}

fn signed_attributes(leaf: &Certificate, digest: &Digest32, signing_time_millis: Option<i64>) -> Result<SignedAttributes, SealError> {
    let digest = OctetStringRef::new(digest).map_err(encoding)?;
    let mut attributes = vec![
        attribute(OID_CONTENT_TYPE, Any::encode_from(&OID_DATA).map_err(encoding)?)?,
        attribute(OID_MESSAGE_DIGEST, Any::encode_from(&digest).map_err(encoding)?)?,
        attribute(OID_SIGNING_CERTIFICATE_V2, signing_certificate(leaf)?)?,
    ];
    if let Some(millis) = signing_time_millis {
        attributes.push(attribute(OID_SIGNING_TIME, Any::encode_from(&time_of(millis)?).map_err(encoding)?)?);
    }
    SignedAttributes::try_from(attributes).map_err(encoding)
}

/// SigningCertificateV2 ::= SEQUENCE { SEQUENCE OF SEQUENCE { certHash OCTET STRING } }, the digest being the default SHA-256.
fn signing_certificate(leaf: &Certificate) -> Result<Any, SealError> {
    let hash = leaf.fingerprint()?;
    let mut value = OctetStringRef::new(&hash).and_then(|hash| hash.to_der()).map_err(encoding)?;
    for _ in 0..2 {
        value = AnyRef::new(Tag::Sequence, &value).and_then(|sequence| sequence.to_der()).map_err(encoding)?;
    }
    Any::new(Tag::Sequence, value).map_err(encoding)
}

fn check_attributes(attributes: &SignedAttributes, digest: &Digest32, signer: &Certificate) -> Result<(), SealError> {
    let content_type: ObjectIdentifier = value_of(attributes, OID_CONTENT_TYPE)?.decode_as().map_err(encoding)?;
    if content_type != OID_DATA {
        return Err(SealError::BadSignature("the content is of another type"));
    }
    let signed: OctetString = value_of(attributes, OID_MESSAGE_DIGEST)?.decode_as().map_err(encoding)?;
    if !equal_in_constant_time(signed.as_bytes(), digest) {
        return Err(SealError::BadSignature("the content was altered"));
    }
    if *value_of(attributes, OID_SIGNING_CERTIFICATE_V2)? != signing_certificate(signer)? {
        return Err(SealError::BadSignature("the message names another signing certificate"));
    }
    Ok(())
}

fn signing_time(attributes: &SignedAttributes) -> Result<Option<i64>, SealError> {
    if !attributes.iter().any(|attribute| attribute.oid == OID_SIGNING_TIME) {
        return Ok(None);
    }
    let time: Time = value_of(attributes, OID_SIGNING_TIME)?.decode_as().map_err(encoding)?;
    Ok(i64::try_from(time.to_unix_duration().as_millis()).ok())
}

fn value_of(attributes: &SignedAttributes, oid: ObjectIdentifier) -> Result<&Any, SealError> {
    let mut found = attributes.iter().filter(|attribute| attribute.oid == oid);
    match (found.next(), found.next()) {
        (Some(attribute), None) if attribute.values.len() == 1 => {
            attribute.values.get(0).ok_or(SealError::BadSignature("a signed attribute is empty"))
        }
        _ => Err(SealError::BadSignature("a signed attribute is missing or doubled")),
    }
}

fn certificates_of(message: &SignedData) -> Vec<Certificate> {
    let choices = message.certificates.iter().flat_map(|set| set.0.iter());
    let certificate = |choice: &CertificateChoices| match choice {
        CertificateChoices::Certificate(certificate) => Some(Certificate::from(certificate.clone())),
        CertificateChoices::Other(_) => None,
    };
    choices.filter_map(certificate).collect()
}

fn signer_of<'c>(sid: &SignerIdentifier, certificates: &'c [Certificate]) -> Result<&'c Certificate, SealError> {
    let SignerIdentifier::IssuerAndSerialNumber(sid) = sid else {
        return Err(SealError::BadSignature("the signer is not named by issuer and serial number"));
    };
    let named = |certificate: &&Certificate| {
        let tbs = certificate.inner().tbs_certificate();
        tbs.issuer() == &sid.issuer && tbs.serial_number() == &sid.serial_number
    };
    certificates.iter().find(named).ok_or(SealError::BadSignature("the message lacks the signer's certificate"))
}

fn attribute(oid: ObjectIdentifier, value: Any) -> Result<Attribute, SealError> {
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value]).map_err(encoding)? })
}

const fn digest_oid(algorithm: Algorithm) -> ObjectIdentifier {
    match algorithm {
        Algorithm::Sm2 => OID_SM3,
        Algorithm::P256 | Algorithm::Ed25519 => OID_SHA256,
    }
}

fn encoding(fault: der::Error) -> SealError {
    SealError::encoding(WHAT, fault)
}

#[cfg(test)]
mod tests;
