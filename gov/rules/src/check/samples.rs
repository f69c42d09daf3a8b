//! The values that the cells of a column can tell apart.

use std::cmp::Ordering;

use dsntk_feel::FeelNumber;
use dsntk_feel::values::Value as Feel;
use dsntk_feel_parser::AstNode;

use crate::expression::Expression;
use crate::table::empty_scope;
use crate::variables::children;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A constant of a cell, or a value beside one.
    Constant,
    /// A number that lies between two neighbouring whole numbers.
    BetweenWholes,
    /// A text that no cell names.
    OtherText,
    /// The column tests nothing.
    Any,
}

#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub value: Feel,
    pub kind: Kind,
}

/// Whether a cell consists of constants, comparisons with constants, ranges and negation.
pub(crate) fn is_simple(node: &AstNode) -> bool {
    match node {
        AstNode::In(_, tests) => is_simple(tests),
        AstNode::FunctionInvocation(..) => is_date(node),
        AstNode::String(_) | AstNode::Numeric(..) | AstNode::Boolean(_) | AstNode::At(_) | AstNode::Irrelevant | AstNode::Null => true,
        AstNode::ExpressionList(_)
        | AstNode::NegatedList(_)
        | AstNode::List(_)
        | AstNode::CommaList(_)
        | AstNode::Range(..)
        | AstNode::IntervalStart(..)
        | AstNode::IntervalEnd(..)
        | AstNode::Neg(_)
        | AstNode::UnaryEq(_)
        | AstNode::UnaryGe(_)
        | AstNode::UnaryGt(_)
        | AstNode::UnaryLe(_)
        | AstNode::UnaryLt(_)
        | AstNode::UnaryNe(_) => children(node).into_iter().all(is_simple),
        _ => false,
    }
}

fn is_date(node: &AstNode) -> bool {
    match node {
        AstNode::FunctionInvocation(name, arguments) => {
            matches!(&**name, AstNode::Name(name) if name.as_str() == "date")
                && children(arguments).into_iter().all(|a| matches!(a, AstNode::String(_)))
        }
        _ => false,
    }
}

/// The samples of a column, from the constants of its cells.
pub(crate) fn of_column<'a>(type_ref: &str, cells: impl Iterator<Item = &'a Expression>) -> Vec<Sample> {
    let mut constants = Vec::new();
    for cell in cells {
        if let AstNode::In(_, tests) = &cell.node {
            collect(tests, &mut constants);
        }
    }
    let mut samples = Vec::new();
    if type_ref == "boolean" || constants.iter().any(|c| matches!(c, Feel::Boolean(_))) {
        samples.extend([true, false].map(|b| constant(Feel::Boolean(b))));
    }
    texts(&constants, &mut samples);
    numbers(&constants, &mut samples);
    dates(&constants, &mut samples);
    if constants.iter().any(|c| matches!(c, Feel::Null(_))) {
        samples.push(constant(Feel::Null(None)));
    }
    if samples.is_empty() {
        samples.push(Sample { value: Feel::String(String::new()), kind: Kind::Any });
    }
    samples
}

fn constant(value: Feel) -> Sample {
    Sample { value, kind: Kind::Constant }
}

fn collect(node: &AstNode, constants: &mut Vec<Feel>) {
    let is_constant = matches!(node, AstNode::String(_) | AstNode::Numeric(..) | AstNode::Boolean(_) | AstNode::At(_) | AstNode::Null);
    if is_constant || is_date(node) || matches!(node, AstNode::Neg(_)) {
        let value = dsntk_feel_evaluator::evaluate(&empty_scope(), node);
        if !constants.contains(&value) {
            constants.push(value);
        }
        return;
    }
    for child in children(node) {
        collect(child, constants);
    }
}

fn texts(constants: &[Feel], samples: &mut Vec<Sample>) {
    let mut texts: Vec<&String> = constants.iter().filter_map(|c| if let Feel::String(s) = c { Some(s) } else { None }).collect();
    texts.sort();
    texts.dedup();
    if let Some(last) = texts.last() {
        // Greater than all constants, so that it lies in none of the closed ranges of texts either.
        let other = format!("{last}~");
        samples.extend(texts.iter().map(|text| constant(Feel::String((*text).clone()))));
        samples.push(Sample { value: Feel::String(other), kind: Kind::OtherText });
    }
}

fn numbers(constants: &[Feel], samples: &mut Vec<Sample>) {
    let mut numbers: Vec<FeelNumber> = constants.iter().filter_map(|c| if let Feel::Number(n) = c { Some(*n) } else { None }).collect();
    numbers.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    numbers.dedup();
    let (Some(first), Some(last)) = (numbers.first().copied(), numbers.last().copied()) else { return };
    samples.push(constant(Feel::Number(first - FeelNumber::one())));
    for (index, number) in numbers.iter().enumerate() {
        samples.push(constant(Feel::Number(*number)));
        if let Some(next) = numbers.get(index + 1) {
            let middle = (*number + *next) / FeelNumber::two();
            let neighbours = number.is_integer() && next.is_integer() && *next - *number == FeelNumber::one();
            samples.push(Sample { value: Feel::Number(middle), kind: if neighbours { Kind::BetweenWholes } else { Kind::Constant } });
        }
    }
    samples.push(constant(Feel::Number(last + FeelNumber::one())));
}

/// Dates are discrete: the day before, the day and the day after each constant tell all cells apart.
fn dates(constants: &[Feel], samples: &mut Vec<Sample>) {
    let mut found = Vec::new();
    for constant in constants {
        if let Feel::Date(date) = constant {
            found.extend(date.sub_days(1));
            found.push(date.clone());
            found.extend(date.add_days(1));
        }
    }
    found.sort_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    found.dedup();
    samples.extend(found.into_iter().map(|date| constant(Feel::Date(date))));
}
