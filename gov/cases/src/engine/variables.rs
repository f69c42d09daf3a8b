//! What expressions can speak of.

use clock::Date;
use serde_json::{Map, Value, json};

use super::Work;
use crate::model::CaseFile;

/// Variables that are kept in the case file, not in the flow.
pub(crate) const KEPT_ELSEWHERE: [&str; 4] = ["answers", "situation", "applicant", "case"];

impl Work<'_, '_> {
    /// Puts the variables of the case file into the flow, as of now.
    pub fn refresh_variables(&mut self) {
        let today = self.today();
        let shared = case_variables(&self.file, today);
        self.file.instance.variables_mut().extend(shared);
    }
}

/// The variables that come from the case file.
pub(crate) fn case_variables(file: &CaseFile, today: Date) -> Map<String, Value> {
    let mut variables = Map::new();
    variables.insert("answers".into(), Value::Object(file.answers.clone()));
    variables.insert("situation".into(), Value::Object(file.situation.clone()));
    variables.insert("applicant".into(), applicant_variable(&file.applicant, today));
    variables.insert(
        "case".into(),
        json!({
            "number": file.number,
            "submitted_on": clock::from_millis(file.submitted_ms).map(clock::local_date).ok(),
            "accepted_on": file.accepted_on,
            "channel": file.channel,
            "reopened": file.reopened,
            "parent": file.parent,
        }),
    );
    variables
}

/// The applicant as expressions see it: `kind name id_number birth_date age sex mobile address division`.
pub(crate) fn applicant_variable(applicant: &crate::model::Applicant, today: Date) -> Value {
    json!({
        "kind": applicant.kind,
        "name": applicant.name,
        "id_number": applicant.id_number,
        "birth_date": applicant.birth_date,
        "age": applicant.birth_date.map(|birth| parties::age_on(birth, today)),
        "sex": applicant.sex,
        "mobile": applicant.mobile,
        "address": applicant.address,
        "division": applicant.division,
    })
}
