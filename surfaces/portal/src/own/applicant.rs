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
    if register == "legal-persons" {
        // As the register of legal persons names them.
        fields.insert("uscc".to_owned(), Value::from(applicant.id_number.as_str()));
        if let Some(representative) = fields.remove("representative") {
            fields.insert("legal_representative".to_owned(), representative);
        }
    }
    Map::from_iter([(register.to_owned(), Value::Object(fields.clone())), ("applicant".to_owned(), Value::Object(fields))])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_person_stands_in_the_population_register_and_a_company_among_legal_persons() {
        let person = Applicant { party: "person_1".into(), kind: "person".into(), name: "林晓禾".into(), ..Applicant::default() };
        let company = Applicant {
            kind: "legal-person".into(),
            id_number: "91339921MA7X000348".into(),
            representative: Some("高建军".into()),
            ..person.clone()
        };
        let (of_person, of_company) = (sources(&person), sources(&company));
        assert_eq!(of_person.get("population").and_then(|fields| fields.get("name")), Some(&Value::from("林晓禾")));
        assert!(of_person.get("population").is_some_and(|fields| fields.get("party").is_none() && fields.get("mobile").is_none()));
        assert!(!of_person.contains_key("legal-persons"));
        let registered = of_company.get("legal-persons").unwrap();
        assert_eq!(registered.get("uscc"), Some(&Value::from("91339921MA7X000348")));
        assert_eq!(registered.get("legal_representative"), Some(&Value::from("高建军")));
        assert!(!of_company.contains_key("population"));
    }
}
