//! Checking answers against the form, and which materials are needed.

use clock::Date;
use forms::{Conditions, Facts, FieldProblem};
use procedure::Package;
use procedure::item::Material;
use serde_json::{Map, Value};

use crate::engine::variables::applicant_variable;
use crate::model::Applicant;

/// Answers that count, and what is wrong with them.
#[derive(Debug)]
pub struct Checked {
    /// Without hidden fields.
    pub answers: Map<String, Value>,
    /// Empty when all is well.
    pub problems: Vec<FieldProblem>,
}

/// FEEL for the form.
struct FormConditions<'a>(&'a rules::Feel);

impl Conditions for FormConditions<'_> {
    fn holds(&self, feel: &str, variables: &Map<String, Value>) -> Result<bool, String> {
        self.0.holds(feel, variables)
    }
}

/// What conditions of the form may read besides the answers.
#[must_use]
pub fn facts_variables(situation: &Map<String, Value>, applicant: &Applicant, today: Date) -> Map<String, Value> {
    Map::from_iter([("situation".to_owned(), Value::Object(situation.clone())), ("applicant".to_owned(), applicant_variable(applicant, today))])
}

/// Runs `use_facts` with the facts of a form.
pub fn with_facts<T>(package: &Package, variables: Map<String, Value>, use_facts: impl FnOnce(&Facts<'_>) -> T) -> T {
    let conditions = FormConditions(package.feel());
    use_facts(&Facts::new(&conditions, variables))
}

/// Checks answers: hidden fields are dropped, the rest must fit the form.
#[must_use]
pub fn check_answers(package: &Package, situation: &Map<String, Value>, answers: &Map<String, Value>, applicant: &Applicant, today: Date) -> Checked {
    with_facts(package, facts_variables(situation, applicant, today), |facts| Checked {
        answers: package.form.keep(answers, facts),
        problems: package.form.validate(answers, facts),
    })
}

/// The materials of the item that this application needs; those waived by a register included.
#[must_use]
pub fn needed_materials<'p>(
    package: &'p Package,
    situation: &Map<String, Value>,
    answers: &Map<String, Value>,
    applicant: &Applicant,
    today: Date,
) -> Vec<&'p Material> {
    let mut variables = facts_variables(situation, applicant, today);
    variables.insert("answers".into(), Value::Object(answers.clone()));
    let holds = |material: &&Material| material.when.as_ref().is_none_or(|when| package.feel().holds(when, &variables).unwrap_or(true));
    package.item.materials.iter().filter(holds).collect()
}
