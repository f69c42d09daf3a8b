//! Examining a register: portions of it in snapshots of their own, as it was known when the work began.

use std::collections::{HashMap, HashSet};

use clock::{Clock, Date};
use registers::{Held, Origin, SOURCE_UNREACHABLE};
use runner::{Halt, Refusal, Runner};
use seal::FieldKeys;
use serde_json::Value;
use store::Tx;
use tracker::Trace;

use super::look::{Look, Other};
use crate::model::fingerprint::{of_text, of_value};
use crate::model::refusals;
use crate::model::rules::{Check, DIVISIONS, Rule};
use crate::model::run::{Examined, Finding, RuleResult};
use crate::store as tables;

/// Examines a register by its rules; one about nobody that another system keeps, row by row as that gives them. Reads all of it: not for the thread of
/// a writer, nor inside a command.
///
/// # Errors
/// Refusals: there are no rules, the rows cannot be read as a whole (`register-kept-elsewhere`, `source-by-key`), the source does not answer
/// (`source-unreachable`). The database's.
pub fn examine(runner: &Runner, keys: &FieldKeys, register: &str) -> Result<Examined, Halt> {
    let now = runner.clock().now();
    let (today, began_ms) = (clock::local_date(now), now.as_millisecond());
    let store = runner.store();
    let start = store.read(|tx| {
        let rules = tables::rules::present(tx, register)?.ok_or_else(refusals::no_rules)?;
        let overview = registers::overview(tx, register)?.ok_or_else(Refusal::not_found)?;
        Ok::<_, Halt>((rules, overview))
    });
    let (rules, overview) = start?;
    let source = Source { runner, keys, at: (today, began_ms) };
    let mut others: HashMap<&str, Other> = HashMap::new();
    for rule in &rules.set.rules {
        let other = match source.other(rule) {
            // Where somebody else does not answer, the rule that asks there has nothing to check.
            Err(Halt::Refused(refusal)) if refusal.code == SOURCE_UNREACHABLE => Other::None,
            other => other?,
        };
        others.insert(&rule.slug, other);
    }
    let mut look = Look::new(&overview.declaration, &rules.set, today, |rule| others.remove(rule.slug.as_str()).unwrap_or_default());
    let mut records = 0_i64;
    source.each(register, |held| {
        records = records.saturating_add(1);
        match held {
            Ok(held) => look.at(held),
            Err(position) => look.damaged(position),
        }
    })?;
    Ok(Examined {
        register: register.to_owned(),
        rules_version: rules.version,
        position: overview.position,
        records,
        began_ms,
        results: look.finish(overview.is_fresh(began_ms)),
    })
}

/// What is recorded of a register whose source did not answer: that it could not be read, and nothing else.
///
/// # Errors
/// Refusals: there are no rules. The database's.
pub(crate) fn unanswered(runner: &Runner, register: &str) -> Result<Examined, Halt> {
    let rules = runner.store().read(|tx| Ok::<_, Halt>(tables::rules::present(tx, register)?.ok_or_else(refusals::no_rules)?))?;
    let result = |rule: &Rule| {
        let mut result = RuleResult::of(rule);
        if rule.check == Check::Readable {
            result.fail(|| Finding { position: 0, other: None, fields: Vec::new() });
        }
        result
    };
    Ok(Examined {
        register: register.to_owned(),
        rules_version: rules.version,
        position: 0,
        records: 0,
        began_ms: runner.clock().now().as_millisecond(),
        results: rules.set.rules.iter().map(result).collect(),
    })
}

/// Where records come from: as they hold on a day and were known at a moment.
pub(crate) struct Source<'a> {
    pub runner: &'a Runner,
    pub keys: &'a FieldKeys,
    pub at: (Date, i64),
}

impl Source<'_> {
    /// Every record of a register that holds, of damaged ones the place alone; of a register about nobody that is with somebody else every row.
    pub(crate) fn each(&self, register: &str, mut visit: impl FnMut(Result<&Held, i64>)) -> Result<(), Halt> {
        let declaration = self.runner.store().read(|tx| registers::declaration(tx, register))?.ok_or_else(Refusal::not_found)?;
        match (&declaration.origin, &declaration.subject) {
            (Origin::Own, _) => {}
            (Origin::Asked { .. }, None) => return registers::each_row(self.runner, &declaration, &mut |held| visit(Ok(held))),
            (Origin::Asked { .. }, Some(_)) | (Origin::Exchange { .. }, _) => return Err(refusals::kept_elsewhere().into()),
        }
        let trace: Trace = tracker::in_process("examine the quality of a register");
        let mut after = Some(0);
        while let Some(place) = after {
            let portion = self.runner.store().read(|tx| registers::scan(tx, self.keys, register, self.at, place, &trace))?;
            portion.records.iter().for_each(|held| visit(Ok(held)));
            portion.damaged.iter().for_each(|position| visit(Err(*position)));
            after = portion.next;
        }
        Ok(())
    }

    /// What a rule needs of another register.
    fn other(&self, rule: &Rule) -> Result<Other, Halt> {
        match &rule.check {
            Check::Reference { register, .. } if register == DIVISIONS => {
                let codes = self.runner.store().read(|tx: &mut Tx<'_>| parties::divisions(tx))?;
                Ok(Other::Keys(codes.iter().map(|division| of_text(division.code.as_str())).collect()))
            }
            Check::Reference { register, .. } => {
                let declaration = self.runner.store().read(|tx| registers::declaration(tx, register))?.ok_or_else(Refusal::not_found)?;
                let mut keys = HashSet::new();
                self.each(register, |held| {
                    if let Ok(held) = held {
                        keys.insert(of_text(&declaration.key_of(&held.values)));
                    }
                })?;
                Ok(Other::Keys(keys))
            }
            Check::Agrees { register, by, fields } => {
                let mut records = HashMap::new();
                self.each(register, |held| {
                    let Ok(held) = held else { return };
                    let joined: Option<&Value> = held.values.get(&by.there);
                    if joined.is_some() {
                        let prints = fields.values().map(|name| of_value(held.values.get(name))).collect();
                        records.insert(of_value(joined), (held.position, prints));
                    }
                })?;
                Ok(Other::Records(records))
            }
            Check::Declared { .. }
            | Check::Form { .. }
            | Check::Present { .. }
            | Check::Unique { .. }
            | Check::NotPast { .. }
            | Check::Fresh
            | Check::Readable => Ok(Other::None),
        }
    }
}
