//! The most usual conditions, evaluated on JSON directly.
//!
//! Where the types are plain the answer is the one the toolkit gives; in every other case the answer is `None` and the
//! toolkit is asked. A property test compares the two.

use std::str::FromStr;

use dsntk_feel::bif::Bif;
use dsntk_feel_parser::AstNode;
use serde_json::{Map, Value};

use crate::variables::dotted;

#[derive(Debug)]
pub(crate) enum Fast {
    And(Box<Fast>, Box<Fast>),
    Or(Box<Fast>, Box<Fast>),
    Not(Box<Fast>),
    Equal(Vec<String>, Literal),
    Unequal(Vec<String>, Literal),
    Compare(Vec<String>, Order, i64),
    Holds(Vec<String>),
}

#[derive(Debug)]
pub(crate) enum Literal {
    Text(String),
    Whole(i64),
    Truth(bool),
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Order {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Order {
    fn mirrored(self) -> Order {
        match self {
            Order::Less => Order::Greater,
            Order::LessOrEqual => Order::GreaterOrEqual,
            Order::Greater => Order::Less,
            Order::GreaterOrEqual => Order::LessOrEqual,
        }
    }

    fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Order::Less => left < right,
            Order::LessOrEqual => left <= right,
            Order::Greater => left > right,
            Order::GreaterOrEqual => left >= right,
        }
    }
}

enum Found<'a> {
    Value(&'a Value),
    Absent,
    /// A list on the way, or a name of a built-in function: the toolkit has rules of its own.
    Odd,
}

impl Fast {
    pub(crate) fn from_tree(node: &AstNode) -> Option<Fast> {
        match node {
            AstNode::And(a, b) => Some(Fast::And(Box::new(Fast::from_tree(a)?), Box::new(Fast::from_tree(b)?))),
            AstNode::Or(a, b) => Some(Fast::Or(Box::new(Fast::from_tree(a)?), Box::new(Fast::from_tree(b)?))),
            AstNode::FunctionInvocation(function, arguments) => match (&**function, &**arguments) {
                (AstNode::Name(name), AstNode::PositionalParameters(items)) if name.as_str() == "not" && items.len() == 1 => {
                    Some(Fast::Not(Box::new(Fast::from_tree(items.first()?)?)))
                }
                _ => None,
            },
            AstNode::Eq(a, b) => operands(a, b).map(|(path, literal)| Fast::Equal(path, literal)),
            AstNode::Nq(a, b) => operands(a, b).map(|(path, literal)| Fast::Unequal(path, literal)),
            AstNode::Lt(a, b) => compare(a, Order::Less, b),
            AstNode::Le(a, b) => compare(a, Order::LessOrEqual, b),
            AstNode::Gt(a, b) => compare(a, Order::Greater, b),
            AstNode::Ge(a, b) => compare(a, Order::GreaterOrEqual, b),
            AstNode::Name(_) | AstNode::Path(..) => path(node).map(Fast::Holds),
            _ => None,
        }
    }

    pub(crate) fn evaluate(&self, variables: &Map<String, Value>) -> Option<bool> {
        match self {
            Fast::And(a, b) => match (a.evaluate(variables), b.evaluate(variables)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            },
            Fast::Or(a, b) => match (a.evaluate(variables), b.evaluate(variables)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
            Fast::Not(inner) if variables.contains_key("not") => inner.evaluate(variables).and(None),
            Fast::Not(inner) => inner.evaluate(variables).map(|holds| !holds),
            Fast::Equal(path, literal) => equal(path, literal, variables),
            Fast::Unequal(path, literal) => equal(path, literal, variables).map(|equal| !equal),
            Fast::Compare(path, order, bound) => match find(path, variables) {
                Found::Value(Value::Number(n)) => n.as_i64().map(|n| order.holds(n, *bound)),
                _ => None,
            },
            Fast::Holds(path) => match find(path, variables) {
                Found::Value(Value::Bool(b)) => Some(*b),
                _ => None,
            },
        }
    }
}

fn equal(path: &[String], literal: &Literal, variables: &Map<String, Value>) -> Option<bool> {
    match (find(path, variables), literal) {
        (Found::Absent | Found::Value(Value::Null), _) => Some(false),
        (Found::Value(Value::String(s)), Literal::Text(text)) => Some(s == text),
        (Found::Value(Value::Bool(b)), Literal::Truth(truth)) => Some(b == truth),
        (Found::Value(Value::Number(n)), Literal::Whole(whole)) => n.as_i64().map(|n| n == *whole),
        _ => None,
    }
}

fn find<'a>(path: &[String], variables: &'a Map<String, Value>) -> Found<'a> {
    let Some((root, rest)) = path.split_first() else { return Found::Odd };
    let Some(mut value) = variables.get(root) else {
        return if Bif::from_str(root).is_ok() { Found::Odd } else { Found::Absent };
    };
    for name in rest {
        match value {
            Value::Object(entries) => match entries.get(name) {
                Some(inner) => value = inner,
                None => return Found::Absent,
            },
            Value::Null => return Found::Absent,
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => return Found::Odd,
        }
    }
    Found::Value(value)
}

fn path(node: &AstNode) -> Option<Vec<String>> {
    dotted(node).map(|path| path.split('.').map(str::to_owned).collect())
}

fn literal(node: &AstNode) -> Option<Literal> {
    match node {
        AstNode::String(text) => Some(Literal::Text(text.clone())),
        AstNode::Boolean(truth) => Some(Literal::Truth(*truth)),
        other => whole(other).map(Literal::Whole),
    }
}

fn whole(node: &AstNode) -> Option<i64> {
    match node {
        AstNode::Numeric(digits, fraction, _, exponent) if fraction.is_empty() && exponent.is_empty() => digits.parse().ok(),
        AstNode::Neg(inner) => match &**inner {
            AstNode::Numeric(..) => whole(inner).and_then(i64::checked_neg),
            _ => None,
        },
        _ => None,
    }
}

fn operands(a: &AstNode, b: &AstNode) -> Option<(Vec<String>, Literal)> {
    match (path(a), path(b)) {
        (Some(path), None) => Some((path, literal(b)?)),
        (None, Some(path)) => Some((path, literal(a)?)),
        _ => None,
    }
}

fn compare(a: &AstNode, order: Order, b: &AstNode) -> Option<Fast> {
    match (path(a), path(b)) {
        (Some(path), None) => Some(Fast::Compare(path, order, whole(b)?)),
        (None, Some(path)) => Some(Fast::Compare(path, order.mirrored(), whole(a)?)),
        _ => None,
    }
}
