use std::collections::HashMap;

use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::{check_whole, promise_night, register};
use crate::events::{RulesDeclared, stream};
use crate::model::refusals;
use crate::model::rules::RuleSet;
use crate::store as tables;

/// Declares the rules of a register, or a new version of them. The same text again changes nothing.
#[derive(Clone, Debug, Serialize)]
pub struct DeclareRules {
    /// The file.
    pub text: String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesTaken {
    /// The register.
    pub register: String,
    /// Version of the rules.
    pub version: i64,
    /// Whether it is a new one.
    pub new: bool,
}

impl Command for DeclareRules {
    type Outcome = RulesTaken;
    const ACTION: &'static str = "quality.declare";

    fn run(&self, cx: &mut Cx<'_>) -> Result<RulesTaken, Halt> {
        let set = RuleSet::read(&self.text).map_err(|fault| refusals::rules_unreadable(&fault))?;
        let of = register(cx, &set.register)?;
        cx.authorise(&of.resource())?;
        let known: HashMap<_, _> = registers::declarations(cx.tx())?.into_iter().map(|one| (one.slug.clone(), one)).collect();
        let problems = set.problems(&known);
        if !problems.is_empty() {
            return Err(refusals::rules_unfit(&problems).into());
        }
        check_whole(cx, &of.declaration)?;
        for other in set.others() {
            if let Some(other) = known.get(other) {
                check_whole(cx, other)?;
            }
        }
        cx.hold(&stream(&set.register))?;
        let rules_sm3 = seal::hash::sm3_hex(self.text.as_bytes());
        let before = tables::rules::present(cx.tx(), &set.register)?;
        if let Some(before) = before.as_ref().filter(|before| before.sm3 == rules_sm3) {
            return Ok(RulesTaken { register: set.register, version: before.version, new: false });
        }
        let version = before.map_or(0, |before| before.version).saturating_add(1);
        let event = RulesDeclared { register: set.register.clone(), version, rules_sm3, rules: set.rules.len(), text: self.text.clone() };
        cx.record(&stream(&set.register), &event)?;
        promise_night(cx, &set.register, 1)?;
        Ok(RulesTaken { register: set.register, version, new: true })
    }
}
