//! Equality with null as the standard has it.
//!
//! DMN 1.3, table 53: when exactly one operand of `=` is null the result is false. The toolkit answers so only when the
//! null stands on the right, and fails when it stands on the left. An answer that was not given is the usual null here
//! (`answers.place = "rented"` while the field is hidden), so the tree is changed to put it on the right.

use dsntk_feel_parser::AstNode;

use crate::variables::dotted;

pub(crate) fn equality(node: AstNode) -> AstNode {
    let node = map_children(node);
    match node {
        AstNode::Eq(a, b) => equal(*a, *b),
        AstNode::Nq(a, b) => match equal(*a, *b) {
            AstNode::Eq(a, b) => AstNode::Nq(a, b),
            AstNode::If(a_null, both, compare) => AstNode::If(a_null, Box::new(negate(*both)), Box::new(negate(*compare))),
            other => other,
        },
        other => other,
    }
}

fn equal(a: AstNode, b: AstNode) -> AstNode {
    if dotted(&a).is_none() {
        return AstNode::Eq(Box::new(a), Box::new(b));
    }
    if is_literal(&b) {
        return AstNode::Eq(Box::new(b), Box::new(a));
    }
    if dotted(&b).is_none() {
        return AstNode::Eq(Box::new(a), Box::new(b));
    }
    // if null = a then (if null = b then true else false) else a = b; an `if` takes a failed condition as false.
    let null_is = |x: &AstNode| Box::new(AstNode::Eq(Box::new(AstNode::Null), Box::new(x.clone())));
    let both = AstNode::If(null_is(&b), Box::new(AstNode::Boolean(true)), Box::new(AstNode::Boolean(false)));
    AstNode::If(null_is(&a), Box::new(both), Box::new(AstNode::Eq(Box::new(a), Box::new(b))))
}

fn negate(node: AstNode) -> AstNode {
    match node {
        AstNode::Boolean(b) => AstNode::Boolean(!b),
        AstNode::Eq(a, b) => AstNode::Nq(a, b),
        AstNode::If(condition, yes, no) => AstNode::If(condition, Box::new(negate(*yes)), Box::new(negate(*no))),
        other => other,
    }
}

pub(crate) fn is_literal(node: &AstNode) -> bool {
    match node {
        AstNode::String(_) | AstNode::Numeric(..) | AstNode::Boolean(_) => true,
        AstNode::Neg(inner) => matches!(**inner, AstNode::Numeric(..)),
        _ => false,
    }
}

fn map(node: Box<AstNode>) -> Box<AstNode> {
    Box::new(equality(*node))
}

fn map_all(nodes: Vec<AstNode>) -> Vec<AstNode> {
    nodes.into_iter().map(equality).collect()
}

/// Rewrites below the nodes in which conditions stand; elsewhere the tree stays as it is.
fn map_children(node: AstNode) -> AstNode {
    match node {
        AstNode::And(a, b) => AstNode::And(map(a), map(b)),
        AstNode::Or(a, b) => AstNode::Or(map(a), map(b)),
        AstNode::If(a, b, c) => AstNode::If(map(a), map(b), map(c)),
        AstNode::FunctionInvocation(f, arguments) => AstNode::FunctionInvocation(f, map(arguments)),
        AstNode::PositionalParameters(items) => AstNode::PositionalParameters(map_all(items)),
        AstNode::Filter(list, predicate) => AstNode::Filter(list, map(predicate)),
        AstNode::Satisfies(inner) => AstNode::Satisfies(map(inner)),
        AstNode::Some(contexts, inner) => AstNode::Some(contexts, map(inner)),
        AstNode::Every(contexts, inner) => AstNode::Every(contexts, map(inner)),
        AstNode::List(items) => AstNode::List(map_all(items)),
        other => other,
    }
}
