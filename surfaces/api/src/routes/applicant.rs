//! For whom a draft is, as far as its check needs to know.

use cases::model::Applicant;
use parties::{LegalPerson, Party, Person};
use runner::Halt;
use seal::FieldKeys;
use store::Tx;

/// The applicant of a party; an empty one when there is no such person or company.
pub(super) fn applicant_of(tx: &mut Tx<'_>, keys: &FieldKeys, party: &str) -> Result<Applicant, Halt> {
    let found = match Party::parse(party) {
        Some(Party::Person(id)) => parties::person(tx, &id)?.map(|sealed| sealed.open(keys).map(of_person)).transpose().map_err(Halt::fault)?,
        Some(Party::Legal(id)) => parties::legal_person(tx, &id)?.map(of_company),
        None => None,
    };
    Ok(found.unwrap_or_default())
}

fn of_person(person: Person) -> Applicant {
    Applicant {
        party: person.id.to_string(),
        kind: "person".into(),
        id_number: person.identity_number.as_str().to_owned(),
        name: person.name,
        birth_date: Some(person.birth),
        sex: Some(person.sex.as_str().to_owned()),
        mobile: person.mobile,
        address: Some(person.address),
        division: Some(person.division.to_string()),
    }
}

fn of_company(company: LegalPerson) -> Applicant {
    Applicant {
        party: company.id.to_string(),
        kind: "legal-person".into(),
        id_number: company.code.to_string(),
        name: company.name,
        address: Some(company.address),
        division: Some(company.division.to_string()),
        ..Applicant::default()
    }
}
