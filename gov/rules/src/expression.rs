//! One parsed expression.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dsntk_feel::context::FeelContext;
use dsntk_feel::values::Value as Feel;
use dsntk_feel::{Evaluator, FeelScope, Name};
use dsntk_feel_parser::AstNode;
use serde_json::{Map, Value};

use crate::fast::Fast;
use crate::variables::Usage;
use crate::{rewrite, scan, value};

/// The name under which the value of an input stands while its tests are evaluated; no author can write it.
const INPUT: &str = "?";

pub(crate) struct Expression {
    pub text: String,
    pub node: AstNode,
    evaluator: Evaluator,
    /// Dotted paths of the variables read.
    pub paths: Vec<String>,
    /// The variables at the roots of the paths.
    pub roots: Vec<String>,
    fast: Option<Fast>,
}

impl std::fmt::Debug for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Expression").field(&self.text).finish()
    }
}

impl Expression {
    /// Parses an expression.
    pub(crate) fn parse(text: &str) -> Result<Expression, String> {
        let node = parse(text, dsntk_feel_parser::parse_expression)?;
        Expression::compile(text, rewrite::equality(node))
    }

    /// Parses unary tests, the content of an input cell. An empty cell tests nothing, as `-` does.
    pub(crate) fn parse_tests(text: &str) -> Result<Expression, String> {
        let text = if text.trim().is_empty() { "-" } else { text };
        let tests = parse(text, dsntk_feel_parser::parse_unary_tests)?;
        let node = AstNode::In(Box::new(AstNode::Name(Name::from(INPUT))), Box::new(tests));
        Expression::compile(text, node)
    }

    fn compile(text: &str, node: AstNode) -> Result<Expression, String> {
        let mut usage = Usage::of(&node);
        usage.paths.remove(INPUT);
        if let Some(refusal) = usage.refusals.first() {
            return Err(refusal.clone());
        }
        let roots = usage.roots();
        let evaluator = guard(|| dsntk_feel_evaluator::prepare(&node))?;
        let fast = Fast::from_tree(&node);
        Ok(Expression { text: text.trim().to_owned(), evaluator, paths: usage.paths.into_iter().collect(), roots, fast, node })
    }

    /// Evaluates over JSON variables.
    pub(crate) fn evaluate(&self, variables: &Map<String, Value>) -> Result<Value, String> {
        match self.fast.as_ref().and_then(|fast| fast.evaluate(variables)) {
            Some(holds) => Ok(Value::Bool(holds)),
            None => self.evaluate_slowly(variables),
        }
    }

    /// Evaluates by the toolkit alone.
    pub(crate) fn evaluate_slowly(&self, variables: &Map<String, Value>) -> Result<Value, String> {
        let scope = FeelScope::from(value::context_of(variables, &self.roots));
        value::to_json(&self.value(&scope)?).map_err(|message| self.explain(&message, variables))
    }

    /// Evaluates in a prepared scope.
    pub(crate) fn value(&self, scope: &FeelScope) -> Result<Feel, String> {
        guard(|| (self.evaluator)(scope))
    }

    /// Whether the tests of an input cell accept a value. A failed test does not match, as in the standard.
    pub(crate) fn accepts(&self, input: &Feel, scope: &FeelScope) -> Result<bool, String> {
        let mut context = FeelContext::default();
        context.set_entry(&Name::from(INPUT), input.clone());
        scope.push(context);
        let result = self.value(scope);
        scope.pop();
        Ok(result?.is_true())
    }

    fn explain(&self, message: &str, variables: &Map<String, Value>) -> String {
        let missing: Vec<&str> = self.paths.iter().filter(|path| lookup(variables, path).is_none()).map(String::as_str).collect();
        if missing.is_empty() { format!("{}: {message}", self.text) } else { format!("{}: there is no value for {}", self.text, missing.join(", ")) }
    }
}

/// The value at a dotted path.
pub(crate) fn lookup<'a>(variables: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let mut names = path.split('.');
    let mut value = variables.get(names.next()?)?;
    for name in names {
        value = value.as_object()?.get(name)?;
    }
    Some(value)
}

type Parser = fn(&FeelScope, &str, bool) -> Result<AstNode, dsntk_common::DsntkError>;

fn parse(text: &str, parser: Parser) -> Result<AstNode, String> {
    let mut context = FeelContext::default();
    for name in scan::names(text)? {
        context.set_null(Name::from(name));
    }
    let scope = FeelScope::from(context);
    guard(|| parser(&scope, text, false))?.map_err(|error| error.to_string())
}

/// Runs the toolkit; a panic in it is a failed expression, not the end of the program.
fn guard<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(run)).map_err(|_| "the expression cannot be evaluated".to_owned())
}
