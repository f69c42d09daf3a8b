//! Questions about documents and certificates. None of them authorises: the caller has.

use seal::FieldKeys;
use store::{StoreError, Tx};

use crate::record::{CertificateRecord, DocumentRecord, PLACE_HOLDER};
use crate::store::{certificates, documents};

/// A document.
///
/// # Errors
/// The database's.
pub fn document(tx: &mut Tx<'_>, id: &str) -> Result<Option<DocumentRecord>, StoreError> {
    documents::by_id(tx, id)
}

/// The documents of a case, oldest first.
///
/// # Errors
/// The database's.
pub fn documents_of_case(tx: &mut Tx<'_>, case_id: &str) -> Result<Vec<DocumentRecord>, StoreError> {
    documents::of_case(tx, case_id)
}

/// A certificate.
///
/// # Errors
/// The database's.
pub fn certificate(tx: &mut Tx<'_>, id: &str) -> Result<Option<CertificateRecord>, StoreError> {
    certificates::by_id(tx, id)
}

/// The certificates of a case.
///
/// # Errors
/// The database's.
pub fn certificates_of_case(tx: &mut Tx<'_>, case_id: &str) -> Result<Vec<CertificateRecord>, StoreError> {
    certificates::of_case(tx, case_id)
}

/// The wallet: all certificates of a party, in all versions and statuses.
///
/// # Errors
/// The database's.
pub fn certificates_of_party(tx: &mut Tx<'_>, party: &str) -> Result<Vec<CertificateRecord>, StoreError> {
    certificates::of_party(tx, party)
}

/// The certificates of the holder with an identity number or 统一社会信用代码, found by its blind index.
///
/// # Errors
/// The database's.
pub fn certificates_of_holder(tx: &mut Tx<'_>, keys: &FieldKeys, holder_code: &str) -> Result<Vec<CertificateRecord>, StoreError> {
    let mut found = Vec::new();
    for index in keys.blind_indexes(PLACE_HOLDER, holder_code) {
        found.extend(certificates::of_holder_index(tx, &index)?);
    }
    Ok(found)
}

/// The version that took the place of a certificate.
///
/// # Errors
/// The database's.
pub fn successor(tx: &mut Tx<'_>, id: &str) -> Result<Option<CertificateRecord>, StoreError> {
    certificates::successor(tx, id)
}
