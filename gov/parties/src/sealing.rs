//! Personal fields, sealed and opened.

use crate::model::identity::IdentityNumber;
use crate::model::person::{Person, SealedPerson};
use seal::{FieldKeys, SealError, Sealed};
use tracker::Trace;

/// Where sealed values belong; part of what is authenticated, so never changed.
pub const PLACE_NAME: &str = "person.name";
/// See [`PLACE_NAME`].
pub const PLACE_IDENTITY_NUMBER: &str = "person.identity_number";
/// See [`PLACE_NAME`].
pub const PLACE_ADDRESS: &str = "person.address";
/// See [`PLACE_NAME`].
pub const PLACE_MOBILE: &str = "person.mobile";

/// Blind indexes by which a person is found without opening anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonIndexes {
    /// Of the name.
    pub name: String,
    /// Of the identity number.
    pub identity_number: String,
    /// Of the mobile number.
    pub mobile: Option<String>,
}

impl PersonIndexes {
    /// The indexes of a person under the newest key.
    pub fn of(person: &Person, keys: &FieldKeys) -> Result<Self, SealError> {
        Ok(Self {
            name: keys.blind_index(PLACE_NAME, &person.name)?,
            identity_number: keys.blind_index(PLACE_IDENTITY_NUMBER, person.identity_number.as_str())?,
            mobile: person.mobile.as_deref().map(|number| keys.blind_index(PLACE_MOBILE, number)).transpose()?,
        })
    }
}

impl Person {
    /// Seals the personal fields under the person's own key.
    pub fn seal(&self, keys: &FieldKeys, entropy: &mut dyn ids::Entropy) -> Result<SealedPerson, SealError> {
        let mut sealed = |place: &str, plain: &str| keys.seal(self.id.as_str(), place, plain, entropy).map(|text| text.to_string());
        Ok(SealedPerson {
            id: self.id.clone(),
            name: sealed(PLACE_NAME, &self.name)?,
            identity_number: sealed(PLACE_IDENTITY_NUMBER, self.identity_number.as_str())?,
            address: sealed(PLACE_ADDRESS, &self.address)?,
            mobile: self.mobile.as_deref().map(|number| sealed(PLACE_MOBILE, number)).transpose()?,
            sex: self.sex,
            division: self.division,
            version: self.version,
        })
    }
}

impl SealedPerson {
    /// Opens the personal fields. The trace says who is shown them and why.
    pub fn open(&self, keys: &FieldKeys, trace: &Trace) -> Result<Person, SealError> {
        let text = self.open_field(keys, PLACE_IDENTITY_NUMBER, &self.identity_number)?;
        let identity_number = IdentityNumber::parse(&text).map_err(|_| SealError::BadSealed("it holds no identity number"))?;
        Ok(Person {
            id: self.id.clone(),
            name: self.open_name(keys, trace)?,
            birth: identity_number.birth_date(),
            identity_number,
            sex: self.sex,
            division: self.division,
            address: self.open_field(keys, PLACE_ADDRESS, &self.address)?,
            mobile: self.mobile.as_deref().map(|mobile| self.open_field(keys, PLACE_MOBILE, mobile)).transpose()?,
            version: self.version,
        })
    }

    /// Opens the name alone.
    pub fn open_name(&self, keys: &FieldKeys, _: &Trace) -> Result<String, SealError> {
        self.open_field(keys, PLACE_NAME, &self.name)
    }

    fn open_field(&self, keys: &FieldKeys, place: &str, text: &str) -> Result<String, SealError> {
        let sealed: Sealed = text.parse()?;
        Ok(keys.open(self.id.as_str(), place, &sealed)?.to_string())
    }
}
