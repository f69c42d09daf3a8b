use crate::model::identity::IdentityNumber;
use crate::model::party::{LegalPersonId, PersonId};
use crate::model::person::{LegalPerson, SealedPerson};
use crate::model::unified::UnifiedCode;
use crate::sealing::{PLACE_IDENTITY_NUMBER, PLACE_MOBILE, PLACE_NAME};
use crate::store as tables;
use seal::FieldKeys;
use store::{StoreError, Tx};

/// Longest list of persons found by name or mobile number.
const FOUND_COUNT_MAX: u32 = 50;

/// One person, sealed.
pub fn person(tx: &mut Tx<'_>, id: &PersonId) -> Result<Option<SealedPerson>, StoreError> {
    tables::persons::find(tx, id.as_str())
}

/// The person with an identity number, found by blind index under every version of the key.
pub fn person_by_identity_number(tx: &mut Tx<'_>, keys: &FieldKeys, number: &IdentityNumber) -> Result<Option<SealedPerson>, StoreError> {
    for index in keys.blind_indexes(PLACE_IDENTITY_NUMBER, number.as_str()) {
        if let Some(person) = tables::persons::by_identity_index(tx, &index)? {
            return Ok(Some(person));
        }
    }
    Ok(None)
}

/// Persons with exactly this name, at most 50.
pub fn persons_by_name(tx: &mut Tx<'_>, keys: &FieldKeys, name: &str) -> Result<Vec<SealedPerson>, StoreError> {
    let mut found = Vec::new();
    for index in keys.blind_indexes(PLACE_NAME, name) {
        found.extend(tables::persons::by_name_index(tx, &index, FOUND_COUNT_MAX)?);
    }
    Ok(found)
}

/// Persons with this mobile number, at most 50.
pub fn persons_by_mobile(tx: &mut Tx<'_>, keys: &FieldKeys, mobile: &str) -> Result<Vec<SealedPerson>, StoreError> {
    let mut found = Vec::new();
    for index in keys.blind_indexes(PLACE_MOBILE, mobile) {
        found.extend(tables::persons::by_mobile_index(tx, &index, FOUND_COUNT_MAX)?);
    }
    Ok(found)
}

/// Persons in the order of their identifiers, after one; start with an empty text.
pub fn persons_after(tx: &mut Tx<'_>, id: &str, count_max: u32) -> Result<Vec<SealedPerson>, StoreError> {
    tables::persons::after(tx, id, count_max)
}

/// One legal person.
pub fn legal_person(tx: &mut Tx<'_>, id: &LegalPersonId) -> Result<Option<LegalPerson>, StoreError> {
    tables::legal_persons::find(tx, id.as_str())
}

/// The legal person with a unified code.
pub fn legal_person_by_code(tx: &mut Tx<'_>, code: &UnifiedCode) -> Result<Option<LegalPerson>, StoreError> {
    tables::legal_persons::find_by_code(tx, code.as_str())
}

/// The legal persons somebody represents by office.
pub fn legal_persons_represented_by(tx: &mut Tx<'_>, person: &PersonId) -> Result<Vec<LegalPerson>, StoreError> {
    tables::legal_persons::represented_by(tx, person.as_str())
}

/// Legal persons in the order of their identifiers, after one; start with an empty text.
pub fn legal_persons_after(tx: &mut Tx<'_>, id: &str, count_max: u32) -> Result<Vec<LegalPerson>, StoreError> {
    tables::legal_persons::after(tx, id, count_max)
}
