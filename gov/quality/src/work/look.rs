//! Looking at records by rules: pure, one record after the other.

use std::collections::{HashMap, HashSet};

use clock::Date;
use registers::{Declaration, Held};
use serde_json::{Map, Value};

use crate::model::fingerprint::{Fingerprint, of_texts, of_value};
use crate::model::rules::{Check, Rule, RuleSet, When};
use crate::model::run::{Finding, RuleResult};

/// What other registers say, as far as a rule needs it.
#[derive(Debug, Default)]
pub enum Other {
    /// Nothing is needed.
    #[default]
    None,
    /// Keys that are there.
    Keys(HashSet<Fingerprint>),
    /// Records by the value that joins them: place, and fingerprints of the compared fields in the order of the rule.
    Records(HashMap<Fingerprint, (i64, Vec<Fingerprint>)>),
}

/// Looks at the records of a register, one after the other.
pub struct Look<'a> {
    declaration: &'a Declaration,
    today: Date,
    rules: Vec<OneRule<'a>>,
    /// Whether any rule asks what the declaration demands.
    asks_declaration: bool,
}

struct OneRule<'a> {
    rule: &'a Rule,
    other: Other,
    seen: HashMap<Fingerprint, i64>,
    result: RuleResult,
}

impl<'a> Look<'a> {
    /// Before the first record; `others` gives for each rule what it needs of other registers.
    #[must_use]
    pub fn new(declaration: &'a Declaration, rules: &'a RuleSet, today: Date, mut others: impl FnMut(&Rule) -> Other) -> Self {
        let one = |rule: &'a Rule| OneRule { rule, other: others(rule), seen: HashMap::new(), result: RuleResult::of(rule) };
        let asks_declaration = rules.rules.iter().any(|rule| matches!(rule.check, Check::Declared { .. }));
        Self { declaration, today, rules: rules.rules.iter().map(one).collect(), asks_declaration }
    }

    /// Looks at a record.
    pub fn at(&mut self, held: &Held) {
        let wrong: HashSet<String> = if self.asks_declaration {
            let problems = self.declaration.record_values(&held.values, self.today).err().unwrap_or_default();
            problems.into_iter().map(|problem| problem.field).collect()
        } else {
            HashSet::new()
        };
        for one in &mut self.rules {
            one.look(held, &wrong, self.today);
        }
    }

    /// Counts a record that could not be opened.
    pub fn damaged(&mut self, position: i64) {
        for one in self.rules.iter_mut().filter(|one| one.rule.check == Check::Readable) {
            one.result.fail(|| Finding { position, other: None, fields: Vec::new() });
        }
    }

    /// What came of it; `is_fresh` says whether the owner keeps the promised period, `None` where none was promised.
    #[must_use]
    pub fn finish(self, is_fresh: Option<bool>) -> Vec<RuleResult> {
        let whole = |mut one: OneRule<'_>| {
            if one.rule.check == Check::Fresh {
                match is_fresh {
                    Some(true) => one.result.pass(),
                    Some(false) => one.result.fail(|| Finding { position: 0, other: None, fields: Vec::new() }),
                    None => {}
                }
            }
            one.result
        };
        self.rules.into_iter().map(whole).collect()
    }
}

impl OneRule<'_> {
    fn look(&mut self, held: &Held, wrong: &HashSet<String>, today: Date) {
        let values = &held.values;
        let here = |other: Option<i64>, fields: &[&str]| Finding {
            position: held.position,
            other,
            fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        };
        match &self.rule.check {
            Check::Declared { field } => self.judge(!wrong.contains(field), || here(None, &[field])),
            Check::Form { field, characters_min, characters_max, contains_any, contains_none } => {
                let Some(value) = values.get(field) else { return };
                let text = registers::plain_text(value);
                let fits = has_form(&text, *characters_min, *characters_max, contains_any, contains_none);
                self.judge(fits, || here(None, &[field]));
            }
            Check::Present { fields, when } => {
                if applies(when.as_ref(), values) {
                    let missing: Vec<&str> = fields.iter().map(String::as_str).filter(|name| !values.contains_key(*name)).collect();
                    self.judge(missing.is_empty(), || here(None, &missing));
                }
            }
            Check::Unique { fields } => {
                let texts: Vec<Option<String>> = fields.iter().map(|name| values.get(name).map(registers::plain_text)).collect();
                let Some(print) = of_texts(texts.iter().map(Option::as_deref)) else { return };
                let first = *self.seen.entry(print).or_insert(held.position);
                let names: Vec<&str> = fields.iter().map(String::as_str).collect();
                self.judge(first == held.position, || here(Some(first), &names));
            }
            Check::Reference { field, .. } => {
                let (Some(value), Other::Keys(keys)) = (values.get(field), &self.other) else { return };
                let known = keys.contains(&of_value(Some(value)));
                self.judge(known, || here(None, &[field]));
            }
            Check::Agrees { by, fields, .. } => {
                let (Some(joined), Other::Records(records)) = (values.get(&by.here), &self.other) else { return };
                let Some((place, prints)) = records.get(&of_value(Some(joined))) else { return };
                let pairs = fields.keys().zip(prints);
                let different: Vec<&str> =
                    pairs.filter(|(name, print)| of_value(values.get(*name)) != **print).map(|(name, _)| name.as_str()).collect();
                let place = *place;
                self.judge(different.is_empty(), || here(Some(place), &different));
            }
            Check::NotPast { field, when } => {
                let day = values.get(field).and_then(Value::as_str).and_then(|text| text.parse::<Date>().ok());
                if let Some(day) = day.filter(|_| applies(when.as_ref(), values)) {
                    self.judge(day >= today, || here(None, &[field]));
                }
            }
            Check::Readable => self.result.pass(),
            Check::Fresh => {}
        }
    }

    fn judge(&mut self, is_well: bool, finding: impl FnOnce() -> Finding) {
        if is_well { self.result.pass() } else { self.result.fail(finding) }
    }
}

fn applies(when: Option<&When>, values: &Map<String, Value>) -> bool {
    when.is_none_or(|when| values.get(&when.field).is_some_and(|value| registers::plain_text(value) == when.equals))
}

fn has_form(text: &str, characters_min: usize, characters_max: usize, any: &[String], none: &[String]) -> bool {
    let count = text.chars().count();
    count >= characters_min
        && (characters_max == 0 || count <= characters_max)
        && (any.is_empty() || any.iter().any(|part| text.contains(part.as_str())))
        && !none.iter().any(|part| text.contains(part.as_str()))
}

#[cfg(test)]
mod tests;
