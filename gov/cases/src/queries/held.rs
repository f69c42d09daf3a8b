//! What registers hold already about whom an application is for: what its form is filled in from, and what becomes of it in the case.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use clock::Date;
use forms::{FieldProblem, Form};
use i18n::Text;
use procedure::Package;
use procedure::item::Material;
use registers::Declaration;
use runner::{Actor, Halt};
use seal::FieldKeys;
use serde_json::{Map, Value, json};
use store::Tx;

use crate::model::{Applicant, Burden, Fact, FactUse, MaterialFile};

/// The register of certificates: several records about one holder, each with a type.
pub(super) const CERTIFICATES: &str = "certificates";

/// A record of a register in which the applicant stands.
#[derive(Clone, Debug)]
pub struct HeldRecord {
    /// The register.
    pub declaration: Arc<Declaration>,
    /// The organ that keeps it.
    pub owner: Option<Text>,
    /// Place of the version in the change feed.
    pub position: i64,
    /// Version under the key.
    pub version: i64,
    /// Salted hash of the record.
    pub sm3: String,
    /// When it was written, in milliseconds since 1970.
    pub recorded_ms: i64,
}

/// A value that need not be typed.
#[derive(Clone, Debug)]
pub struct Given<'h> {
    /// The field of the form.
    pub field: String,
    /// The value, of the type of the field.
    pub value: Value,
    /// The record it stands in; `None` for what the applicant's own account knows.
    pub record: Option<&'h HeldRecord>,
    /// Whether the package wants it as the register has it, so that no other answer is taken.
    pub fixed: bool,
}

/// What is held about an applicant.
#[derive(Clone, Debug, Default)]
pub struct Held {
    sources: Map<String, Value>,
    records: BTreeMap<String, HeldRecord>,
    /// Valid certificates by their type.
    certificates: BTreeMap<String, HeldRecord>,
}

/// What is held about the applicant for whom the actor acts, as far as the package names it. Nobody else sees it: nothing is recorded.
/// Where a register has no record, or several, what the account knows takes its place, and is not called a register's.
///
/// # Errors
/// The database's, or a key is missing.
pub fn held_about(tx: &mut Tx<'_>, keys: &FieldKeys, actor: &Actor, package: &Package, applicant: &Applicant, today: Date) -> Result<Held, Halt> {
    let mut held = Held { sources: of_account(applicant), ..Held::default() };
    if actor.acting_party() != Some(applicant.party.as_str()) {
        return Ok(held);
    }
    for register in registers_of(package) {
        let Some(overview) = registers::overview(tx, register)? else { continue };
        let records = registers::read_own(tx, keys, actor, register, today)?;
        let found = |record: &registers::Record| HeldRecord {
            declaration: Arc::clone(&overview.declaration),
            owner: overview.owner.as_ref().map(|organ| organ.name.clone()),
            position: record.position,
            version: record.version,
            sm3: record.sm3.clone(),
            recorded_ms: record.recorded_at_ms,
        };
        if register == CERTIFICATES {
            let valid = records.iter().filter(|record| is_valid(record, today));
            held.certificates.extend(valid.filter_map(|record| Some((record.values.get("type")?.as_str()?.to_owned(), found(record)))));
        } else if let [record] = &records[..] {
            held.sources.insert(register.to_owned(), Value::Object(record.values.clone()));
            held.records.insert(register.to_owned(), found(record));
        }
    }
    Ok(held)
}

/// Whether a certificate is in force.
fn is_valid(record: &registers::Record, today: Date) -> bool {
    let text = |field: &str| record.values.get(field).and_then(Value::as_str);
    let expired = text("expires_on").and_then(|day| day.parse::<Date>().ok()).is_some_and(|day| day < today);
    text("status") == Some("valid") && !expired
}

impl Held {
    /// The values that need not be typed.
    #[must_use]
    pub fn given(&self, form: &Form) -> Vec<Given<'_>> {
        let of_register = |source: &str| source.split_once('.').and_then(|(register, _)| self.records.get(register));
        let given = |found: forms::Prefilled| {
            let record = of_register(&found.source);
            let fixed = record.is_some() && form.field(&found.field).is_some_and(|field| field.fixed);
            Given { record, fixed, field: found.field, value: found.value }
        };
        form.prefill(&self.sources).into_iter().map(given).collect()
    }

    /// The answers with which an application begins.
    #[must_use]
    pub fn first_answers(&self, form: &Form) -> Map<String, Value> {
        self.given(form).into_iter().map(|given| (given.field, given.value)).collect()
    }

    /// The record that stands in for a material.
    #[must_use]
    pub fn record_for(&self, material: &Material) -> Option<&HeldRecord> {
        match material.waived_by.as_deref()?.split_once(':')? {
            ("certificate", kind) => self.certificates.get(kind),
            (_, register) => self.records.get(register),
        }
    }

    /// Whether a material is not asked: the organ looks into a register itself; a certificate must be there and valid.
    #[must_use]
    pub fn is_waived(&self, material: &Material) -> bool {
        material.waived_by.as_ref().is_some_and(|by| !by.starts_with("certificate:")) || self.record_for(material).is_some()
    }

    /// Answers that say something else than the register although the package does not let them.
    #[must_use]
    pub fn problems(&self, form: &Form, answers: &Map<String, Value>) -> Vec<FieldProblem> {
        let differs = |given: &Given<'_>| answers.get(&given.field).is_some_and(|answer| *answer != given.value);
        let problem = |given: Given<'_>| {
            let register = given.record.map(|record| record.declaration.title.clone()).unwrap_or_default();
            let title = form.field(&given.field).map(|field| field.title.clone()).unwrap_or_default();
            FieldProblem {
                code: "fixed".into(),
                zh: format!("“{}”以{}登记的为准，不能在这里改；登记有误的，请向登记单位提出更正。", title.zh, register.zh),
                en: format!("\"{}\" is as recorded in the {}; if the record is wrong, ask for its correction.", title.en, register.en),
                field: given.field,
            }
        };
        self.given(form).into_iter().filter(|given| given.fixed).filter(differs).map(problem).collect()
    }

    /// What of the application was taken from registers.
    pub(crate) fn facts(&self, package: &Package, answers: &Map<String, Value>, needed: &[&Material], now_ms: i64, day: Date) -> Vec<Fact> {
        let mut facts = Vec::new();
        for field in package.form.fields() {
            let Some(answer) = answers.get(&field.name) else { continue };
            let other = field.verify.as_ref().filter(|path| field.prefill.as_ref() != Some(*path));
            let paths = [(field.prefill.as_ref(), FactUse::Prefilled), (other, FactUse::Verified)];
            for (path, used) in paths.into_iter().filter_map(|(path, used)| Some((path?, used))) {
                let Some((record, name)) = path.split_once('.').and_then(|(register, name)| Some((self.records.get(register)?, name))) else {
                    continue;
                };
                let Some(value) = package.form.held(field, path, &self.sources) else { continue };
                let agrees = value == *answer;
                let used = if agrees { used } else { FactUse::Changed };
                facts.push(Fact { agrees, ..record.fact(&field.name, name, used, now_ms, day) });
            }
        }
        for material in needed {
            let Some(record) = self.record_for(material) else { continue };
            let replaced = record.declaration.replaces(&material.name.zh);
            let fields = replaced.map_or_else(|| vec![String::new()], |replaced| replaced.fields.clone());
            facts.extend(fields.iter().map(|field| record.fact(&material.id, field, FactUse::Waived, now_ms, day)));
        }
        facts
    }

    /// What the application asked of whoever made it.
    pub(crate) fn burden(&self, package: &Package, answers: &Map<String, Value>, needed: &[&Material], files: &[MaterialFile]) -> Burden {
        let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
        let given = self.given(&package.form);
        let left = given.iter().filter(|given| answers.get(&given.field) == Some(&given.value)).count();
        let changed = given.iter().filter(|given| answers.get(&given.field).is_some_and(|answer| *answer != given.value)).count();
        let waived = needed.iter().filter(|material| self.is_waived(material)).count();
        let attached: BTreeSet<&str> = files.iter().map(|file| file.material.as_str()).collect();
        Burden {
            typed: count(answers.len().saturating_sub(left).saturating_sub(changed)),
            given: count(left),
            changed: count(changed),
            attached: count(attached.len()),
            waived: count(waived),
        }
    }
}

impl HeldRecord {
    /// As [`Fact::is_of_this_node`].
    #[must_use]
    pub const fn is_of_this_node(&self) -> bool {
        self.position > 0
    }

    fn fact(&self, place: &str, field: &str, used: FactUse, taken_ms: i64, day: Date) -> Fact {
        Fact {
            place: place.to_owned(),
            used,
            register: self.declaration.slug.clone(),
            field: field.to_owned(),
            position: self.position,
            version: self.version,
            sm3: self.sm3.clone(),
            recorded_ms: self.recorded_ms,
            taken_ms,
            day,
            agrees: true,
        }
    }
}

/// The registers that a package names as sources of its form or of its materials. Those that others keep are asked (`registers::ask_about_own`) before
/// a form is filled in, and again before it is handed in.
#[must_use]
pub fn registers_of(package: &Package) -> BTreeSet<&str> {
    let paths = package.form.fields().iter().flat_map(|field| [field.prefill.as_deref(), field.verify.as_deref()]).flatten();
    let of_fields = paths.filter_map(|path| path.split_once('.')).map(|(source, _)| source);
    let of_materials = package.item.materials.iter().filter_map(|material| match material.waived_by.as_deref()?.split_once(':')? {
        ("certificate", _) => Some(CERTIFICATES),
        (_, register) => Some(register),
    });
    of_fields.chain(of_materials).filter(|source| *source != "applicant").collect()
}

/// What the account knows, as `applicant` and in the place of the register in which the applicant should stand.
fn of_account(applicant: &Applicant) -> Map<String, Value> {
    let mut fields = match json!(applicant) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    fields.retain(|name, value| name != "party" && !value.is_null());
    let register = if applicant.is_person() { "population" } else { "legal-persons" };
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
        let (of_person, of_company) = (of_account(&person), of_account(&company));
        assert_eq!(of_person.get("population").and_then(|fields| fields.get("name")), Some(&Value::from("林晓禾")));
        assert!(of_person.get("population").is_some_and(|fields| fields.get("party").is_none() && fields.get("mobile").is_none()));
        assert!(!of_person.contains_key("legal-persons"));
        let registered = of_company.get("legal-persons").unwrap();
        assert_eq!(registered.get("id_number"), Some(&Value::from("91339921MA7X000348")));
        assert_eq!(registered.get("representative"), Some(&Value::from("高建军")));
        assert!(!of_company.contains_key("population"));
    }
}
