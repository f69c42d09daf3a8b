//! The graph alone: what no arrow reaches, where arrows stop, circles without a wait.

use crate::definition::{Definition, EndKind, Node, NodeIx, NodeKind, ScopeIx};
use crate::problem::Problem;
use std::collections::BTreeSet;

pub(super) fn problems(definition: &Definition) -> Vec<Problem> {
    let mut problems = Vec::new();
    let reached = reachable(definition, true);
    let main = reachable(definition, false);
    for (ix, node) in definition.indexed() {
        if !reached.contains(&ix) {
            problems.push(Problem::new(
                node.position,
                "unreachable",
                format!("节点“{}”不可达，没有任何办件会走到这里。", node.id),
                format!("Expected every node to be reachable, but no case ever comes to “{}”.", node.id),
            ));
        }
        if node.outgoing.is_empty() && !matches!(node.kind, NodeKind::End(_)) {
            problems.push(Problem::new(
                node.position,
                "dead-end",
                format!("节点“{}”没有出口，也不是结束事件。", node.id),
                format!("Expected a way on from “{}” or an end event, but the flow stops there.", node.id),
            ));
        }
        if main.contains(&ix) && lacks_outcome(definition, node) {
            problems.push(Problem::new(
                node.position,
                "outcome-missing",
                format!("结束事件“{}”缺少 zs:outcome，在此结束将没有结果。", node.id),
                format!("Expected end event “{}” to have zs:outcome, but it would end there without an outcome.", node.id),
            ));
        }
    }
    problems.extend(endless_loops(definition));
    problems
}

/// The end events of the main process give the outcome of the case; those of another body give one all or none.
fn lacks_outcome(definition: &Definition, node: &Node) -> bool {
    let is_main = definition.main_process().is_some_and(|process| process.scope == node.scope);
    let ends = matches!(node.kind, NodeKind::End(EndKind::Plain | EndKind::Terminate));
    let gives = |node: &Node| node.attributes.contains_key("outcome");
    let others = || definition[node.scope].nodes.iter().any(|ix| gives(&definition[*ix]));
    ends && !gives(node) && (is_main || others())
}

/// The nodes that a token can come to; with `aside`, also along side branches that leave non-interrupting boundary events.
pub(super) fn reachable(definition: &Definition, aside: bool) -> BTreeSet<NodeIx> {
    let start = |scope: ScopeIx| definition[scope].start;
    let mut work: Vec<NodeIx> = definition.main_process().and_then(|process| start(process.scope)).into_iter().collect();
    let mut found = BTreeSet::new();
    while let Some(ix) = work.pop() {
        let node = &definition[ix];
        if !aside && matches!(node.kind, NodeKind::Boundary { interrupting: false, .. }) || !found.insert(ix) {
            continue;
        }
        work.extend(definition.successors(node));
        work.extend(definition.body(&node.kind).and_then(start));
    }
    found
}

/// Circles in which no node waits: the engine would stop them after its bound of steps, with an incident.
fn endless_loops(definition: &Definition) -> Vec<Problem> {
    let passing = passing_nodes(definition);
    let mut problems = Vec::new();
    let mut reported = BTreeSet::new();
    for ix in &passing {
        if reported.contains(ix) {
            continue;
        }
        let circle = from(definition, *ix, &passing);
        if circle.contains(ix) {
            reported.extend(circle.iter().copied().filter(|other| from(definition, *other, &passing).contains(ix)));
            let node = &definition[*ix];
            problems.push(Problem::new(
                node.position,
                "endless-loop",
                format!("从“{}”出发可以不经任何任务或等待回到原处，会无限循环。", node.id),
                format!("Expected every circle to wait somewhere, but from “{}” the flow can come back without any task or wait.", node.id),
            ));
        }
    }
    problems
}

fn from(definition: &Definition, ix: NodeIx, passing: &BTreeSet<NodeIx>) -> BTreeSet<NodeIx> {
    let next = |ix: NodeIx| definition[ix].outgoing.iter().map(|flow| definition[*flow].target).filter(|to| passing.contains(to));
    let mut work: Vec<NodeIx> = next(ix).collect();
    let mut found = BTreeSet::new();
    while let Some(at) = work.pop() {
        if found.insert(at) {
            work.extend(next(at));
        }
    }
    found
}

/// The nodes that a token can pass without waiting; a sub-process or call is one when its body can be passed. Bodies are
/// looked at again until no further one turns out to be passed.
fn passing_nodes(definition: &Definition) -> BTreeSet<NodeIx> {
    let mut bodies: BTreeSet<ScopeIx> = BTreeSet::new();
    loop {
        let passes = |node: &Node| passes_by_itself(&node.kind) || definition.body(&node.kind).is_some_and(|body| bodies.contains(&body));
        let passing = definition.indexed().filter(|(_, node)| passes(node)).map(|(ix, _)| ix).collect();
        let scopes = (0..definition.scopes.len()).map(ScopeIx);
        let further: Vec<ScopeIx> = scopes.filter(|body| !bodies.contains(body) && body_passes(definition, *body, &passing)).collect();
        if further.is_empty() {
            return passing;
        }
        bodies.extend(further);
    }
}

fn passes_by_itself(kind: &NodeKind) -> bool {
    match kind {
        NodeKind::Start | NodeKind::Milestone | NodeKind::Boundary { .. } | NodeKind::ScriptTask { .. } => true,
        NodeKind::Exclusive | NodeKind::Parallel | NodeKind::Inclusive => true,
        NodeKind::End(_) | NodeKind::EventBased | NodeKind::Catch(_) | NodeKind::ReceiveTask { .. } => false,
        NodeKind::UserTask { .. } | NodeKind::ServiceTask { .. } | NodeKind::BusinessRuleTask { .. } => false,
        NodeKind::SubProcess { .. } | NodeKind::CallActivity { .. } => false,
    }
}

/// Whether a way from the start to an end of the body waits nowhere.
fn body_passes(definition: &Definition, body: ScopeIx, passing: &BTreeSet<NodeIx>) -> bool {
    let Some(start) = definition[body].start else { return false };
    let ends = |ix: NodeIx| matches!(definition[ix].kind, NodeKind::End(EndKind::Plain | EndKind::Terminate));
    let reached = from(definition, start, passing).into_iter().chain([start]);
    reached.flat_map(|ix| &definition[ix].outgoing).any(|flow| ends(definition[*flow].target))
}
