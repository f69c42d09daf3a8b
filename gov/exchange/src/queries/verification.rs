//! Whether a logged call is still what was signed.

use seal::{FieldKeys, PublicKey};
use store::{StoreError, Tx};

use crate::model::envelope::Envelope;
use crate::model::log::LoggedCall;
use crate::model::proof::ProofFault;
use crate::store::directory;

/// What looking at a logged call finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verification {
    /// Digests and signatures hold, and the response belongs to the request.
    Holds,
    /// Signatures hold; the texts are erased by rule, so nothing more can be compared here.
    HoldsErased,
    /// A signature is still being written down.
    Unsigned,
    /// Nothing came back to the request, whose signature holds.
    NoResponse,
    /// Something does not hold.
    Broken(ProofFault),
    /// The sealed texts do not open: they were altered, or moved here from elsewhere.
    Unreadable,
}

/// Verifies a logged call with the keys of the directory, also those that are revoked by now.
///
/// # Errors
/// The database's.
pub fn verification(tx: &mut Tx<'_>, keys: &FieldKeys, call: &LoggedCall) -> Result<Verification, StoreError> {
    let signatures = [call.request.signature.as_ref(), call.response.as_ref().and_then(|text| text.signature.as_ref())];
    let mut public = Vec::new();
    for envelope in signatures.into_iter().flatten().filter_map(|text| text.parse::<Envelope>().ok()) {
        let found = directory::keys_by_id(tx, &envelope.key)?;
        public.extend(found.first().and_then(|key| PublicKey::from_pem(&key.pem).ok()));
    }
    let Ok(exchange) = call.exchange(keys, &tracker::in_process("verify a logged message")) else { return Ok(Verification::Unreadable) };
    Ok(match exchange.verify(&public) {
        Ok(report) if report.response_key.is_none() => Verification::NoResponse,
        Ok(report) if report.bound == Some(true) => Verification::Holds,
        Ok(_) => Verification::HoldsErased,
        Err(ProofFault::Unsigned(_)) => Verification::Unsigned,
        Err(fault) => Verification::Broken(fault),
    })
}
