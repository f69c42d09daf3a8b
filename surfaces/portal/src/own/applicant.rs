//! What government holds already about whom an application is for.

use cases::model::Applicant;
use serde_json::{Map, Value, json};

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
