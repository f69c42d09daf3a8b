//! Which variables an expression reads, and what it must not do.

use std::collections::BTreeSet;
use std::str::FromStr;

use dsntk_feel::bif::Bif;
use dsntk_feel_parser::AstNode;

/// What a walk over the tree found.
#[derive(Debug, Default)]
pub(crate) struct Usage {
    /// Dotted paths of free variables.
    pub paths: BTreeSet<String>,
    /// Why the expression is refused.
    pub refusals: Vec<String>,
    bound: Vec<String>,
    /// Inside the filter `xs[...]` a bare name may be a field of the element, so it is not reported.
    in_filter: usize,
}

impl Usage {
    pub(crate) fn of(node: &AstNode) -> Usage {
        let mut usage = Usage::default();
        usage.walk(node);
        usage
    }

    /// The variables at the roots of the paths.
    pub(crate) fn roots(&self) -> Vec<String> {
        self.paths.iter().filter_map(|path| path.split('.').next()).map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn walk(&mut self, node: &AstNode) {
        match node {
            AstNode::Name(_) | AstNode::QualifiedName(_) => self.path(node),
            AstNode::Path(left, _) => match dotted(node) {
                Some(_) => self.path(node),
                None => self.walk(left),
            },
            AstNode::FunctionBody(body, external) => {
                if *external {
                    self.refusals.push("external functions are not allowed".to_owned());
                }
                self.walk(body);
            }
            AstNode::FunctionInvocation(function, arguments) => self.invocation(function, arguments),
            AstNode::FunctionDefinition(parameters, body) => {
                let names = names_in(parameters);
                self.with_bound(names, |usage| usage.walk(body));
            }
            AstNode::For(contexts, body) | AstNode::Some(contexts, body) | AstNode::Every(contexts, body) => self.iteration(contexts, body),
            AstNode::Context(entries) => self.context(entries),
            AstNode::Filter(list, predicate) => {
                self.walk(list);
                self.in_filter += 1;
                self.with_bound(vec!["item".to_owned()], |usage| usage.walk(predicate));
                self.in_filter -= 1;
            }
            AstNode::NamedParameter(_, value) | AstNode::ContextEntry(_, value) => self.walk(value),
            other => {
                for child in children(other) {
                    self.walk(child);
                }
            }
        }
    }

    fn path(&mut self, node: &AstNode) {
        let Some(path) = dotted(node) else { return };
        let root = path.split('.').next().unwrap_or_default();
        if self.bound.iter().any(|name| name == root) || (self.in_filter > 0 && !path.contains('.')) {
            return;
        }
        if Bif::from_str(root).is_ok() && !path.contains('.') && root.contains(' ') {
            return;
        }
        self.paths.insert(path);
    }

    fn invocation(&mut self, function: &AstNode, arguments: &AstNode) {
        match function {
            AstNode::Name(name) if self.bound.iter().any(|b| b == name.as_str()) => {}
            AstNode::Name(name) => match Bif::from_str(name.as_str()) {
                Ok(Bif::Now | Bif::Today) => {
                    self.refusals.push(format!("{name}() is not allowed: the result would depend on the moment; use a variable of the case"));
                }
                Ok(_) => {}
                Err(_) => self.refusals.push(format!("there is no function {name}()")),
            },
            other => self.walk(other),
        }
        self.walk(arguments);
    }

    fn iteration(&mut self, contexts: &AstNode, body: &AstNode) {
        let mut bound = Vec::new();
        let items = match contexts {
            AstNode::IterationContexts(items) | AstNode::QuantifiedContexts(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        let depth = self.bound.len();
        for item in items {
            match item {
                AstNode::IterationContextSingle(name, values) | AstNode::QuantifiedContext(name, values) => {
                    self.walk(values);
                    bound.extend(names_in(name));
                }
                AstNode::IterationContextInterval(name, from, to) => {
                    self.walk(from);
                    self.walk(to);
                    bound.extend(names_in(name));
                }
                other => self.walk(other),
            }
            self.bound.extend(bound.iter().cloned());
        }
        self.bound.push("partial".to_owned());
        self.walk(body);
        self.bound.truncate(depth);
    }

    fn context(&mut self, entries: &[AstNode]) {
        let depth = self.bound.len();
        for entry in entries {
            if let AstNode::ContextEntry(key, value) = entry {
                self.walk(value);
                self.bound.extend(names_in(key));
            }
        }
        self.bound.truncate(depth);
    }

    fn with_bound(&mut self, names: Vec<String>, inner: impl FnOnce(&mut Usage)) {
        let depth = self.bound.len();
        self.bound.extend(names);
        inner(self);
        self.bound.truncate(depth);
    }
}

/// The dotted path of a chain of names, if the node is nothing else.
pub(crate) fn dotted(node: &AstNode) -> Option<String> {
    match node {
        AstNode::Name(name) | AstNode::QualifiedNameSegment(name) => Some(name.to_string()),
        AstNode::Path(left, right) => Some(format!("{}.{}", dotted(left)?, dotted(right)?)),
        AstNode::QualifiedName(parts) => parts.iter().map(dotted).collect::<Option<Vec<_>>>().map(|parts| parts.join(".")),
        _ => None,
    }
}

fn names_in(node: &AstNode) -> Vec<String> {
    match node {
        AstNode::Name(name) | AstNode::ParameterName(name) | AstNode::ContextEntryKey(name) => vec![name.to_string()],
        AstNode::FormalParameter(name, _) => names_in(name),
        AstNode::FormalParameters(items) => items.iter().flat_map(names_in).collect(),
        _ => Vec::new(),
    }
}

/// The direct children that are expressions.
pub(crate) fn children(node: &AstNode) -> Vec<&AstNode> {
    match node {
        AstNode::Add(a, b)
        | AstNode::And(a, b)
        | AstNode::Div(a, b)
        | AstNode::Eq(a, b)
        | AstNode::Exp(a, b)
        | AstNode::Ge(a, b)
        | AstNode::Gt(a, b)
        | AstNode::In(a, b)
        | AstNode::Le(a, b)
        | AstNode::Lt(a, b)
        | AstNode::Mul(a, b)
        | AstNode::Nq(a, b)
        | AstNode::Or(a, b)
        | AstNode::Out(a, b)
        | AstNode::Range(a, b)
        | AstNode::Sub(a, b) => vec![a, b],
        AstNode::Between(a, b, c) | AstNode::If(a, b, c) => vec![a, b, c],
        AstNode::EvaluatedExpression(a)
        | AstNode::InstanceOf(a, _)
        | AstNode::IntervalEnd(a, _)
        | AstNode::IntervalStart(a, _)
        | AstNode::Neg(a)
        | AstNode::Satisfies(a)
        | AstNode::UnaryEq(a)
        | AstNode::UnaryGe(a)
        | AstNode::UnaryGt(a)
        | AstNode::UnaryLe(a)
        | AstNode::UnaryLt(a)
        | AstNode::UnaryNe(a) => vec![a],
        AstNode::CommaList(items)
        | AstNode::ExpressionList(items)
        | AstNode::List(items)
        | AstNode::NamedParameters(items)
        | AstNode::NegatedList(items)
        | AstNode::PositionalParameters(items) => items.iter().collect(),
        _ => Vec::new(),
    }
}
