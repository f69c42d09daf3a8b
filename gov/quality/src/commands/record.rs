use registers::{Declaration, Origin, Overview};
use runner::{Command, Cx, Halt};
use serde::{Deserialize, Serialize};

use super::correction::{Told, open};
use super::{promise_night, register};
use crate::events::{RegisterExamined, stream};
use crate::model::rules::RuleSet;
use crate::model::run::{Examined, Finding, RuleResult, Score, dimensions, total};
use crate::store as tables;
use crate::store::runs::Run;

/// Records what examining a register found; asks its owner to correct what is below the least percent of a rule.
#[derive(Clone, Debug, Serialize)]
pub struct RecordRun {
    /// What was found.
    pub examined: Examined,
    /// Whether the next night is promised.
    pub nightly: bool,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The run.
    pub run: String,
    /// Its score.
    pub score: Option<Score>,
    /// Numbers of the cases that were opened.
    pub opened: Vec<String>,
}

impl Command for RecordRun {
    type Outcome = Recorded;
    const ACTION: &'static str = "quality.record-run";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Recorded, Halt> {
        let examined = &self.examined;
        let of = register(cx, &examined.register)?;
        cx.authorise(&of.resource())?;
        cx.hold(&stream(&examined.register))?;
        let dimensions = dimensions(&examined.results);
        let run = Run {
            id: cx.ids().next_text("examination"),
            register: examined.register.clone(),
            organ: of.owner.as_ref().map(|organ| organ.id.to_string()),
            rules_version: examined.rules_version,
            position: examined.position,
            records: examined.records,
            began_ms: examined.began_ms,
            at_ms: cx.now_ms(),
            score: total(&dimensions),
            dimensions: dimensions.clone(),
            results: examined.results.clone(),
        };
        let event = RegisterExamined {
            register: run.register.clone(),
            run_id: run.id.clone(),
            rules_version: run.rules_version,
            records: run.records,
            score: run.score,
            dimensions,
            rules: run.results.iter().map(|result| (result.rule.clone(), result.checked, result.failed)).collect(),
            run: run.clone(),
        };
        cx.record(&stream(&examined.register), &event)?;
        let rules = tables::rules::present(cx.tx(), &examined.register)?;
        let mut opened = Vec::new();
        if let Some(rules) = &rules {
            for result in run.results.iter().filter(|result| result.wants_correction()) {
                opened.extend(ask(cx, &of, &rules.set, &run, result)?);
            }
        }
        if self.nightly {
            promise_night(cx, &examined.register, rules.map_or(1, |rules| rules.set.every.days()))?;
        }
        Ok(Recorded { run: run.id, score: run.score, opened })
    }
}

/// Asks the owner to correct what a rule found, unless a case about it is open. Gives the number of the new case.
fn ask(cx: &mut Cx<'_>, of: &Overview, rules: &RuleSet, run: &Run, result: &RuleResult) -> Result<Option<String>, Halt> {
    let (Some(organ), Some(rule)) = (run.organ.clone(), rules.rule(&result.rule)) else { return Ok(None) };
    if let Some(last) = tables::corrections::last_of_rule(cx.tx(), &run.register, &result.rule)? {
        let is_open = cases::queries::case_standing(cx.tx(), &last.number)?.is_some_and(|standing| standing.open);
        if is_open {
            return Ok(None);
        }
    }
    let is_own = |declaration: &Declaration| declaration.origin == Origin::Own;
    let other = match rule.check.other() {
        Some(other) => registers::declaration(cx.tx(), other)?.is_none_or(|other| is_own(&other)),
        None => is_own(&of.declaration),
    };
    let kept_here = (is_own(&of.declaration), other);
    let told = Told {
        source: of.declaration.title.zh.clone(),
        demand: rule.title.zh.clone(),
        dimension: result.dimension.label().zh,
        checked: result.checked,
        failed: result.failed,
        places: result.findings.iter().map(|finding| place(finding, kept_here)).collect(),
        register: &run.register,
        rule: &result.rule,
        origin: &run.id,
        organ,
    };
    Ok(open(cx, told)?.map(|correction| correction.number))
}

/// `#12`, or `#57→#12` where another record is concerned; of what is with somebody else the row there; the register as a whole.
fn place(finding: &Finding, (own, other): (bool, bool)) -> String {
    let mark = |at: i64, kept_here: bool| if kept_here { format!("#{at}") } else { format!("第{at}行") };
    match (finding.position, finding.other) {
        (0, _) => "整库".to_owned(),
        (position, None) => mark(position, own),
        (position, Some(beside)) => format!("{}→{}", mark(position, own), mark(beside, other)),
    }
}
