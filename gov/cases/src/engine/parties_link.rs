//! What the engine asks of persons and organs.

use parties::{NameMask, mask_name};
use runner::Halt;
use seal::FieldKeys;
use store::Tx;
use tracker::Trace;

use crate::model::Applicant;

/// What of an organ a case needs.
#[derive(Clone, Debug)]
pub(crate) struct OrganFacts {
    pub id: String,
    pub uscc: String,
    pub division: String,
}

fn facts(organ: parties::Organ) -> OrganFacts {
    OrganFacts { id: organ.id.to_string(), uscc: organ.code.to_string(), division: organ.division.to_string() }
}

/// The organ with a duty in a division, or in the next division above that has one.
pub(crate) fn organ_of_duty(tx: &mut Tx<'_>, duty: &str, division: &str) -> Result<Option<OrganFacts>, Halt> {
    let division = parties::DivisionCode::parse(division).map_err(|problem| runner::Fault::because(format!("{problem:?}")))?;
    Ok(parties::organ_for_duty(tx, duty, &division)?.map(facts))
}

pub(crate) fn organ(tx: &mut Tx<'_>, id: &str) -> Result<Option<OrganFacts>, Halt> {
    match parties::OrganId::parse(id) {
        Ok(id) => Ok(parties::organ(tx, &id)?.map(facts)),
        Err(_) => Ok(None),
    }
}

pub(crate) fn organ_exists(tx: &mut Tx<'_>, id: &str) -> Result<bool, Halt> {
    Ok(organ(tx, id)?.is_some())
}

/// The applicant of that party; `None` when there is no such person, company or organ.
///
/// # Errors
/// The database's, or a key is missing.
pub fn applicant_of(tx: &mut Tx<'_>, keys: &FieldKeys, party: &str, trace: &Trace) -> Result<Option<Applicant>, Halt> {
    if let Ok(id) = parties::PersonId::parse(party) {
        return parties::person(tx, &id)?.map(|person| opened(&person, keys, trace)).transpose();
    }
    if let Ok(id) = parties::OrganId::parse(party) {
        return Ok(parties::organ(tx, &id)?.map(|organ| of_organ(&organ)));
    }
    match parties::LegalPersonId::parse(party) {
        Ok(id) => Ok(parties::legal_person(tx, &id)?.map(|company| of_company(&company))),
        Err(_) => Ok(None),
    }
}

fn opened(person: &parties::SealedPerson, keys: &FieldKeys, trace: &Trace) -> Result<Applicant, Halt> {
    Ok(of_person(&person.open(keys, trace).map_err(Halt::fault)?))
}

fn of_person(person: &parties::Person) -> Applicant {
    Applicant {
        party: person.id.to_string(),
        kind: "person".into(),
        name: person.name.clone(),
        id_number: person.identity_number.as_str().to_owned(),
        birth_date: Some(person.birth),
        sex: Some(person.sex.as_str().to_owned()),
        mobile: person.mobile.clone(),
        address: Some(person.address.clone()),
        division: Some(person.division.to_string()),
        representative: None,
    }
}

fn of_company(company: &parties::LegalPerson) -> Applicant {
    Applicant {
        party: company.id.to_string(),
        kind: "legal-person".into(),
        name: company.name.clone(),
        id_number: company.code.to_string(),
        birth_date: None,
        sex: None,
        mobile: None,
        address: Some(company.address.clone()),
        division: Some(company.division.to_string()),
        representative: Some(company.representative_name.clone()),
    }
}

fn of_organ(organ: &parties::Organ) -> Applicant {
    Applicant {
        party: organ.id.to_string(),
        kind: "organ".into(),
        name: organ.name.zh.clone(),
        id_number: organ.code.to_string(),
        address: Some(organ.details.address.zh.clone()),
        division: Some(organ.division.to_string()),
        ..Applicant::default()
    }
}

/// A person's name is masked in lists, a company's is public.
pub(crate) fn shown_name(applicant: &Applicant) -> String {
    match applicant.kind.as_str() {
        "person" => mask_name(&applicant.name, NameMask::Public),
        _ => applicant.name.clone(),
    }
}
