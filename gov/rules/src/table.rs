use std::collections::BTreeSet;
use std::sync::Arc;

use dsntk_feel::FeelScope;
use dsntk_feel::context::FeelContext;
use dsntk_feel::values::Value as Feel;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::expression::{Expression, lookup};
use crate::problem::{Place, Problem};
use crate::{read, value};

/// A decision file: decision tables and expressions that may require each other. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Table {
    pub(crate) decisions: Arc<Vec<Decision>>,
}

#[derive(Debug)]
pub(crate) struct Decision {
    pub id: String,
    pub name: String,
    /// The name under which decisions that require this one see its value.
    pub variable: String,
    /// Indices of required decisions; always smaller than the own one.
    pub requires: Vec<usize>,
    pub logic: Logic,
    pub place: Place,
}

#[derive(Debug)]
pub(crate) enum Logic {
    Rules(Rules),
    Literal(Expression),
}

#[derive(Debug)]
pub(crate) struct Rules {
    pub hit: Hit,
    pub inputs: Vec<Input>,
    pub outputs: Vec<Output>,
    pub rules: Vec<Rule>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hit {
    Unique,
    First,
    Collect,
}

#[derive(Debug)]
pub(crate) struct Input {
    pub expression: Expression,
    pub allowed: Option<Expression>,
    pub type_ref: String,
    pub place: Place,
}

#[derive(Debug)]
pub(crate) struct Output {
    pub name: String,
    pub allowed: Option<Expression>,
    pub default: Option<Expression>,
}

#[derive(Debug)]
pub(crate) struct Rule {
    pub cells: Vec<Expression>,
    pub outputs: Vec<Expression>,
    pub annotations: Vec<String>,
    pub place: Place,
}

/// What a decision decided, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decided {
    /// The value of the single output, an object of the outputs, or a list of them for COLLECT.
    pub value: Value,
    /// Numbers of the rules that gave the value, from 1 as in the table.
    pub matched_rules: Vec<usize>,
    /// First annotation of these rules, then of the rules of required decisions.
    pub reasons: Vec<String>,
    /// The same in English: the second annotation column, or the first where there is no second.
    pub reasons_en: Vec<String>,
    /// Every decision that was evaluated, required ones first.
    pub trace: Vec<DecisionTrace>,
}

/// How one decision came about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecisionTrace {
    /// Name of the decision.
    pub decision: String,
    /// Input expressions and their values.
    pub inputs: Vec<(String, Value)>,
    /// The rules that were tried, in order. FIRST stops at the first that matches.
    pub rules: Vec<RuleTrace>,
    /// The value.
    pub value: Value,
}

/// How one rule compared with the inputs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleTrace {
    /// From 1.
    pub rule: usize,
    /// One per input column.
    pub cells: Vec<bool>,
    /// All cells match.
    pub matched: bool,
    /// All annotation columns.
    pub annotations: Vec<String>,
}

/// Why there is no decision.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// The file has no decision of this name.
    #[error("expected a decision named {0:?}, but the file has none")]
    NoSuchDecision(String),
    /// An input has no value.
    #[error("decision {decision}: there is no value for {input}")]
    MissingInput {
        /// Name of the decision.
        decision: String,
        /// Path of the variable.
        input: String,
    },
    /// An input is none of the allowed values, or not of the declared type.
    #[error("decision {decision}: {input} has a value that the table does not allow: {value}")]
    InputNotAllowed {
        /// Name of the decision.
        decision: String,
        /// Text of the input expression.
        input: String,
        /// Its value.
        value: String,
    },
    /// No rule matched and there is no default.
    #[error("decision {0}: no rule matches")]
    NoRule(String),
    /// More than one rule of a UNIQUE table matched.
    #[error("decision {decision}: rules {rules:?} match, but only one may")]
    SeveralRules {
        /// Name of the decision.
        decision: String,
        /// Their numbers, from 1.
        rules: Vec<usize>,
    },
    /// An expression failed.
    #[error("decision {decision}: {message}")]
    Expression {
        /// Name of the decision.
        decision: String,
        /// What happened, in the words of the toolkit.
        message: String,
    },
}

/// The dotted paths of the variables the tables read, without the values of required decisions, sorted.
pub fn inputs(table: &Table) -> Vec<String> {
    let mut found = BTreeSet::new();
    for decision in table.decisions.iter() {
        let own: Vec<&str> = decision.requires.iter().filter_map(|&r| table.decisions.get(r)).map(|d| d.variable.as_str()).collect();
        for path in decision.expressions().flat_map(|e| &e.paths) {
            if !own.contains(&path.split('.').next().unwrap_or_default()) {
                found.insert(path.clone());
            }
        }
    }
    found.into_iter().collect()
}

impl Table {
    /// Reads a DMN file; all problems at once.
    pub fn parse(xml: &str) -> Result<Table, Vec<Problem>> {
        read::table(xml)
    }

    /// Names of the decisions, in the order of evaluation.
    pub fn decisions(&self) -> Vec<&str> {
        self.decisions.iter().map(|decision| decision.name.as_str()).collect()
    }

    /// Whether there is a decision of this name or id.
    pub fn has(&self, decision: &str) -> bool {
        self.find(decision).is_some()
    }

    /// Decides. `decision` is a name or an id. The value and the trace come from the same evaluation.
    pub fn evaluate(&self, decision: &str, variables: &Map<String, Value>) -> Result<Decided, RuleError> {
        let target = self.find(decision).ok_or_else(|| RuleError::NoSuchDecision(decision.to_owned()))?;
        let mut needed = BTreeSet::from([target]);
        for index in (0..=target).rev() {
            if needed.contains(&index) {
                needed.extend(self.decisions.get(index).map(|d| d.requires.as_slice()).unwrap_or_default());
            }
        }
        let mut variables = variables.clone();
        let mut decided: Option<Decided> = None;
        for decision in needed.into_iter().filter_map(|index| self.decisions.get(index)) {
            let mut next = decision.decide(&variables)?;
            variables.insert(decision.variable.clone(), next.value.clone());
            if let Some(before) = decided {
                next.reasons.extend(before.reasons);
                next.reasons_en.extend(before.reasons_en);
                next.trace = before.trace.into_iter().chain(next.trace).collect();
            }
            decided = Some(next);
        }
        decided.ok_or_else(|| RuleError::NoSuchDecision(decision.to_owned()))
    }

    fn find(&self, decision: &str) -> Option<usize> {
        self.decisions.iter().position(|d| d.name == decision).or_else(|| self.decisions.iter().position(|d| d.id == decision))
    }
}

impl Decision {
    pub(crate) fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let (rules, literal) = match &self.logic {
            Logic::Rules(rules) => (Some(rules), None),
            Logic::Literal(expression) => (None, Some(expression)),
        };
        rules.into_iter().flat_map(Rules::expressions).chain(literal)
    }

    fn decide(&self, variables: &Map<String, Value>) -> Result<Decided, RuleError> {
        match &self.logic {
            Logic::Literal(expression) => {
                let value = expression.evaluate(variables).map_err(|message| self.failed(message))?;
                let inputs = expression.paths.iter().map(|path| (path.clone(), lookup(variables, path).cloned().unwrap_or_default())).collect();
                let trace = DecisionTrace { decision: self.name.clone(), inputs, rules: Vec::new(), value: value.clone() };
                Ok(Decided { value, matched_rules: Vec::new(), reasons: Vec::new(), reasons_en: Vec::new(), trace: vec![trace] })
            }
            Logic::Rules(rules) => self.decide_by_rules(rules, variables),
        }
    }

    fn decide_by_rules(&self, rules: &Rules, variables: &Map<String, Value>) -> Result<Decided, RuleError> {
        self.require_inputs(rules, variables)?;
        let roots: BTreeSet<String> = rules.expressions().flat_map(|e| e.roots.iter().cloned()).collect();
        let roots: Vec<String> = roots.into_iter().collect();
        let scope = FeelScope::from(value::context_of(variables, &roots));
        let values = self.input_values(rules, &scope)?;
        let tried = self.try_rules(rules, &values, &scope)?;
        let matched: Vec<usize> = tried.iter().filter(|rule| rule.matched).map(|rule| rule.rule).collect();
        let value = self.output(rules, &matched, &scope)?;
        let mut inputs = Vec::new();
        for (input, value) in rules.inputs.iter().zip(&values) {
            inputs.push((input.expression.text.clone(), value::to_json(value).map_err(|message| self.failed(message))?));
        }
        let annotated = || tried.iter().filter(|rule| rule.matched).map(|rule| &rule.annotations);
        let reasons = annotated().filter_map(|a| a.first()).filter(|reason| !reason.is_empty()).cloned().collect();
        let reasons_en = annotated().filter_map(|a| a.get(1).or(a.first())).filter(|reason| !reason.is_empty()).cloned().collect();
        let trace = DecisionTrace { decision: self.name.clone(), inputs, rules: tried, value: value.clone() };
        Ok(Decided { value, matched_rules: matched, reasons, reasons_en, trace: vec![trace] })
    }

    /// A missing input would fall through to the catch-all rule without a word; so it is refused. A null that is there counts
    /// as given.
    fn require_inputs(&self, rules: &Rules, variables: &Map<String, Value>) -> Result<(), RuleError> {
        for input in rules.inputs.iter().flat_map(|input| &input.expression.paths) {
            if lookup(variables, input).is_none() {
                return Err(RuleError::MissingInput { decision: self.name.clone(), input: input.clone() });
            }
        }
        Ok(())
    }

    fn input_values(&self, rules: &Rules, scope: &FeelScope) -> Result<Vec<Feel>, RuleError> {
        let mut values = Vec::with_capacity(rules.inputs.len());
        for input in &rules.inputs {
            let found = input.expression.value(scope).map_err(|message| self.failed(message))?;
            if let Feel::Null(Some(message)) = &found {
                return Err(self.failed(format!("{}: {message}", input.expression.text)));
            }
            let allowed = match &input.allowed {
                Some(allowed) => allowed.accepts(&found, scope).map_err(|message| self.failed(message))?,
                None => true,
            };
            if !allowed || !has_type(&found, &input.type_ref) {
                let (decision, input) = (self.name.clone(), input.expression.text.clone());
                return Err(RuleError::InputNotAllowed { decision, input, value: found.to_string() });
            }
            values.push(found);
        }
        Ok(values)
    }

    fn try_rules(&self, rules: &Rules, values: &[Feel], scope: &FeelScope) -> Result<Vec<RuleTrace>, RuleError> {
        let mut tried = Vec::new();
        for (index, rule) in rules.rules.iter().enumerate() {
            let mut cells = Vec::with_capacity(values.len());
            for (cell, value) in rule.cells.iter().zip(values) {
                cells.push(cell.accepts(value, scope).map_err(|message| self.failed(message))?);
            }
            let matched = cells.iter().all(|cell| *cell);
            tried.push(RuleTrace { rule: index + 1, cells, matched, annotations: rule.annotations.clone() });
            if matched && rules.hit == Hit::First {
                break;
            }
        }
        Ok(tried)
    }

    fn output(&self, rules: &Rules, matched: &[usize], scope: &FeelScope) -> Result<Value, RuleError> {
        let found: Vec<&Rule> = matched.iter().filter_map(|number| rules.rules.get(number - 1)).collect();
        match rules.hit {
            Hit::Collect => found.into_iter().map(|rule| self.outputs(rules, &rule.outputs, scope)).collect::<Result<Vec<_>, _>>().map(Value::Array),
            Hit::Unique | Hit::First => match found.as_slice() {
                [rule] => self.outputs(rules, &rule.outputs, scope),
                [] => self.default(rules, scope),
                _ => Err(RuleError::SeveralRules { decision: self.name.clone(), rules: matched.to_vec() }),
            },
        }
    }

    fn outputs(&self, rules: &Rules, entries: &[Expression], scope: &FeelScope) -> Result<Value, RuleError> {
        let mut found = Map::new();
        let mut single = Value::Null;
        for (output, entry) in rules.outputs.iter().zip(entries) {
            let value = entry.value(scope).map_err(|message| self.failed(message))?;
            let json = value::to_json(&value).map_err(|message| self.failed(format!("{}: {message}", entry.text)))?;
            if let Some(allowed) = &output.allowed
                && !allowed.accepts(&value, scope).map_err(|message| self.failed(message))?
            {
                return Err(self.failed(format!("the output {} may not be {json}", output.name)));
            }
            single.clone_from(&json);
            found.insert(output.name.clone(), json);
        }
        Ok(if rules.outputs.len() == 1 { single } else { Value::Object(found) })
    }

    fn default(&self, rules: &Rules, scope: &FeelScope) -> Result<Value, RuleError> {
        let mut found = Map::new();
        let mut single = Value::Null;
        for output in &rules.outputs {
            let default = output.default.as_ref().ok_or_else(|| RuleError::NoRule(self.name.clone()))?;
            let value = default.value(scope).and_then(|value| value::to_json(&value)).map_err(|message| self.failed(message))?;
            single.clone_from(&value);
            found.insert(output.name.clone(), value);
        }
        Ok(if rules.outputs.len() == 1 { single } else { Value::Object(found) })
    }

    fn failed(&self, message: String) -> RuleError {
        RuleError::Expression { decision: self.name.clone(), message }
    }
}

impl Rules {
    pub(crate) fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let inputs = self.inputs.iter().flat_map(|input| std::iter::once(&input.expression).chain(&input.allowed));
        let outputs = self.outputs.iter().flat_map(|output| output.allowed.iter().chain(&output.default));
        inputs.chain(outputs).chain(self.rules.iter().flat_map(|rule| rule.cells.iter().chain(&rule.outputs)))
    }
}

/// Whether a value is of the declared simple type. A value of another type would match no condition and fall through.
fn has_type(value: &Feel, type_ref: &str) -> bool {
    match type_ref {
        _ if matches!(value, Feel::Null(_)) => true,
        "number" => matches!(value, Feel::Number(_)),
        "string" => matches!(value, Feel::String(_)),
        "boolean" => matches!(value, Feel::Boolean(_)),
        "date" => matches!(value, Feel::Date(_)),
        _ => true,
    }
}

/// A scope with nothing in it, for cells that read no variables.
pub(crate) fn empty_scope() -> FeelScope {
    FeelScope::from(FeelContext::default())
}
