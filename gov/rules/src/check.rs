//! Completeness and overlap of decision tables.
//!
//! Every column is cut into the few values that its cells can tell apart: the constants themselves, a value between two
//! neighbours, one before and one after, and one text that no cell names. Whether a cell accepts such a value is asked of
//! the toolkit, so this check and the evaluation cannot disagree.

use std::collections::HashSet;

use dsntk_feel::values::Value as Feel;

use crate::expression::Expression;
use crate::problem::Problem;
use crate::table::{Decision, Hit, Logic, Rules, Table, empty_scope, inputs};

mod samples;

use samples::{Kind, Sample};

/// How many combinations are looked at before the check gives up.
const STEPS_MAX: usize = 200_000;
/// How many gaps and overlaps are reported per table.
const REPORTED_MAX: usize = 5;

/// What is wrong or undecidable in the tables: rules that overlap (UNIQUE), combinations no rule covers, rules that can
/// never match.
pub fn check(table: &Table) -> Vec<Problem> {
    let mut problems = Vec::new();
    for decision in table.decisions.iter() {
        if let Logic::Rules(rules) = &decision.logic {
            check_rules(decision, rules, &mut problems);
        }
    }
    problems
}

/// Inputs that are none of the known variables. A known path covers everything below it: `answers` covers `answers.place`.
pub fn unknown_inputs(table: &Table, known: &[&str]) -> Vec<Problem> {
    let covered = |path: &str| known.iter().any(|k| path == *k || path.strip_prefix(k).is_some_and(|rest| rest.starts_with('.')));
    let mut problems = Vec::new();
    for path in inputs(table).into_iter().filter(|path| !covered(path)) {
        let reader = table.decisions.iter().find(|d| d.expressions().any(|e| e.paths.contains(&path)));
        let place = reader.map(|d| place_of(d, &path)).unwrap_or_default();
        problems.push(place.error("unknown_input", format!("没有变量“{path}”"), format!("There is no variable {path}")));
    }
    problems
}

fn place_of(decision: &Decision, path: &str) -> crate::problem::Place {
    match &decision.logic {
        Logic::Literal(_) => decision.place,
        Logic::Rules(rules) => {
            let column = rules.inputs.iter().find(|input| input.expression.paths.iter().any(|p| p == path)).map(|input| input.place);
            let rule = rules.rules.iter().find(|rule| rule.cells.iter().chain(&rule.outputs).any(|e| e.paths.iter().any(|p| p == path)));
            column.or(rule.map(|rule| rule.place)).unwrap_or(decision.place)
        }
    }
}

/// One column: its sample values and, per rule, which of them the cell accepts.
struct Column<'a> {
    text: &'a str,
    samples: Vec<Sample>,
    accepts: Vec<Vec<bool>>,
}

fn check_rules(decision: &Decision, rules: &Rules, problems: &mut Vec<Problem>) {
    let columns = match columns(rules) {
        Ok(columns) => columns,
        Err(problem) => {
            problems.push(problem);
            return;
        }
    };
    for (index, rule) in rules.rules.iter().enumerate() {
        if let Some(column) = columns.iter().find(|c| c.accepts.get(index).is_some_and(|cells| cells.iter().all(|accepted| !accepted))) {
            let zh = format!("规则 {} 永远不会命中：列“{}”的条件不接受任何值", index + 1, column.text);
            let en = format!("Rule {} can never match: its condition on {} accepts no value", index + 1, column.text);
            problems.push(rule.place.error("dead_rule", zh, en));
        }
    }
    if rules.hit == Hit::Unique {
        overlaps(rules, &columns, problems);
    }
    if rules.hit != Hit::Collect && rules.outputs.iter().any(|output| output.default.is_none()) {
        gaps(decision, &columns, rules.rules.len(), problems);
    }
}

fn columns(rules: &Rules) -> Result<Vec<Column<'_>>, Problem> {
    let mut found = Vec::new();
    for (index, input) in rules.inputs.iter().enumerate() {
        let cells: Vec<&Expression> = rules.rules.iter().filter_map(|rule| rule.cells.get(index)).collect();
        for (rule, cell) in rules.rules.iter().zip(&cells) {
            if !cell.paths.is_empty() || !samples::is_simple(&cell.node) {
                let zh = format!("无法判断完整性与重叠：条件“{}”不是常量条件", cell.text);
                let en = format!("Cannot decide completeness and overlap: the condition {:?} is not made of constants", cell.text);
                return Err(rule.place.warning("cannot_decide", zh, en));
            }
        }
        let mut samples = samples::of_column(&input.type_ref, input.allowed.iter().chain(cells.iter().copied()));
        if let Some(allowed) = &input.allowed {
            samples.retain(|sample| accepts(allowed, &sample.value));
        }
        let accepted = |cell: &&Expression| samples.iter().map(|sample| accepts(cell, &sample.value)).collect();
        let accepts = cells.iter().map(accepted).collect();
        found.push(Column { text: &input.expression.text, samples, accepts });
    }
    Ok(found)
}

fn accepts(cell: &Expression, value: &Feel) -> bool {
    cell.accepts(value, &empty_scope()).unwrap_or(false)
}

fn overlaps(rules: &Rules, columns: &[Column<'_>], problems: &mut Vec<Problem>) {
    let mut reported = 0;
    for (a, _) in rules.rules.iter().enumerate() {
        for (b, later) in rules.rules.iter().enumerate().skip(a + 1) {
            let Some(example) = common(columns, a, b) else { continue };
            let zh = format!("规则 {} 与规则 {} 重叠：{}", a + 1, b + 1, describe(&example, true));
            let en = format!("Rules {} and {} overlap: {}", a + 1, b + 1, describe(&example, false));
            problems.push(later.place.error("overlap", zh, en));
            reported += 1;
            if reported >= REPORTED_MAX {
                return;
            }
        }
    }
}

type Example<'a> = Vec<(&'a str, &'a Sample)>;

fn common<'a>(columns: &'a [Column<'a>], a: usize, b: usize) -> Option<Example<'a>> {
    columns
        .iter()
        .map(|column| {
            let (first, second) = (column.accepts.get(a)?, column.accepts.get(b)?);
            let both = column.samples.iter().zip(first.iter().zip(second)).find(|(_, (x, y))| **x && **y);
            both.map(|(sample, _)| (column.text, sample))
        })
        .collect()
}

/// Walks the combinations column by column. Rules that can still match are kept as a list; equal lists at the same column
/// need one visit, because the rest of the walk is the same.
struct Walk<'a> {
    columns: &'a [Column<'a>],
    seen: HashSet<(usize, Vec<usize>)>,
    steps: usize,
    found: Vec<Example<'a>>,
}

fn gaps(decision: &Decision, columns: &[Column<'_>], rule_count: usize, problems: &mut Vec<Problem>) {
    let mut walk = Walk { columns, seen: HashSet::new(), steps: 0, found: Vec::new() };
    let complete = walk.visit(0, (0..rule_count).collect(), &mut Vec::new());
    if !complete {
        let zh = format!("决策表“{}”太大，无法判断完整性", decision.name);
        problems.push(decision.place.warning("cannot_decide", zh, format!("The table {} is too large to decide completeness", decision.name)));
        return;
    }
    for example in &walk.found {
        let between = example.iter().all(|(_, sample)| sample.kind != Kind::Any) && example.iter().any(|(_, s)| s.kind == Kind::BetweenWholes);
        let (zh, en) = (format!("没有规则覆盖：{}", describe(example, true)), format!("No rule covers {}", describe(example, false)));
        problems.push(if between {
            let en = format!("{en} (only between whole numbers; better write <)");
            decision.place.warning("gap_between_wholes", format!("{zh}（只在整数之间；建议写成 <）"), en)
        } else {
            decision.place.error("gap", zh, en)
        });
    }
}

impl<'a> Walk<'a> {
    /// False when the walk gave up.
    fn visit(&mut self, depth: usize, rules: Vec<usize>, path: &mut Example<'a>) -> bool {
        if self.found.len() >= REPORTED_MAX {
            return true;
        }
        self.steps += 1;
        if self.steps > STEPS_MAX {
            return false;
        }
        let columns = self.columns;
        let Some(column) = columns.get(depth) else {
            if rules.is_empty() {
                self.found.push(path.clone());
            }
            return true;
        };
        if rules.is_empty() {
            self.found.push(path.clone());
            return true;
        }
        if !self.seen.insert((depth, rules.clone())) {
            return true;
        }
        for (index, sample) in column.samples.iter().enumerate() {
            let accepts = |rule: &usize| column.accepts.get(*rule).and_then(|cells| cells.get(index)).copied().unwrap_or(false);
            let left = rules.iter().copied().filter(accepts).collect();
            path.push((column.text, sample));
            let decided = self.visit(depth + 1, left, path);
            path.pop();
            if !decided {
                return false;
            }
        }
        true
    }
}

fn describe(example: &Example<'_>, zh: bool) -> String {
    let parts = example.iter().map(|(text, sample)| match (&sample.kind, zh) {
        (Kind::OtherText, true) => format!("{text} = 其他值"),
        (Kind::OtherText, false) => format!("{text} = any other value"),
        (Kind::Any, true) => format!("{text} 任意"),
        (Kind::Any, false) => format!("any {text}"),
        (Kind::Constant | Kind::BetweenWholes, _) => format!("{text} = {}", sample.value),
    });
    let text = parts.collect::<Vec<_>>().join(if zh { "，" } else { ", " });
    match (text.is_empty(), zh) {
        (false, _) => text,
        (true, true) => "任何情形".to_owned(),
        (true, false) => "any case".to_owned(),
    }
}

#[cfg(test)]
mod tests;
