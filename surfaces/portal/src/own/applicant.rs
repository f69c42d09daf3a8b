//! Who applies: the party acted for, and what government holds about it already.

use cases::model::Applicant;
use parties::{LegalPersonId, PersonId};
use runner::Halt;
use seal::FieldKeys;
use serde_json::{Map, Value, json};
use store::Tx;

/// The applicant of a party; `None` when there is no such person or company.
pub(super) fn applicant_of(tx: &mut Tx<'_>, keys: &FieldKeys, party: &str) -> Result<Option<Applicant>, Halt> {
    if let Ok(id) = PersonId::parse(party) {
        let Some(sealed) = parties::person(tx, &id)? else { return Ok(None) };
        return sealed.open(keys).map(|person| Some(of_person(person))).map_err(Halt::fault);
    }
    match LegalPersonId::parse(party) {
        Ok(id) => Ok(parties::legal_person(tx, &id)?.map(of_company)),
        Err(_) => Ok(None),
    }
}

fn of_person(person: parties::Person) -> Applicant {
    Applicant {
        party: person.id.to_string(),
        kind: "person".into(),
        name: person.name,
        id_number: person.identity_number.as_str().to_owned(),
        birth_date: Some(person.birth),
        sex: Some(person.sex.as_str().to_owned()),
        mobile: person.mobile,
        address: Some(person.address),
        division: Some(person.division.to_string()),
    }
}

fn of_company(company: parties::LegalPerson) -> Applicant {
    Applicant {
        party: company.id.to_string(),
        kind: "legal-person".into(),
        name: company.name,
        id_number: company.code.to_string(),
        address: Some(company.address),
        division: Some(company.division.to_string()),
        ..Applicant::default()
    }
}

/// The sources of prefilled answers: `applicant`, and the base register in which the applicant stands.
pub(super) fn sources(applicant: &Applicant) -> Map<String, Value> {
    let mut fields = match json!(applicant) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    fields.retain(|name, value| name != "party" && !value.is_null());
    let register = if applicant.kind == "person" { "population" } else { "legal-persons" };
    Map::from_iter([(register.to_owned(), Value::Object(fields.clone())), ("applicant".to_owned(), Value::Object(fields))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_stands_in_the_population_register_and_a_company_among_legal_persons() {
        let person = Applicant { party: "person_1".into(), kind: "person".into(), name: "林晓禾".into(), ..Applicant::default() };
        let company = Applicant { kind: "legal-person".into(), ..person.clone() };
        let (of_person, of_company) = (sources(&person), sources(&company));
        assert_eq!(of_person.get("population").and_then(|fields| fields.get("name")), Some(&Value::from("林晓禾")));
        assert!(of_person.get("population").is_some_and(|fields| fields.get("party").is_none() && fields.get("mobile").is_none()));
        assert!(!of_person.contains_key("legal-persons"));
        assert!(of_company.contains_key("legal-persons") && !of_company.contains_key("population"));
    }
}
