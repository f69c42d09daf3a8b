//! How many working days the tasks on the way to each end may take at least.

use crate::definition::{Calendar, Definition, Node, NodeIx, NodeKind, ScopeIx, Timer, Trigger};
use crate::duration::Duration;
use std::collections::BTreeMap;

/// The shortest way to one end event of the main process, by the limits of its tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathLimit {
    /// The end event.
    pub end: String,
    /// Its outcome.
    pub outcome: Option<String>,
    /// The smallest sum of `zs:limit-workdays` and working-day timers on a way to it. Parallel branches run at the same time:
    /// their join counts the longest one.
    pub workdays_min: u32,
    /// The nodes of that way, in order; of parallel branches the longest one.
    pub path: Vec<String>,
}

/// The shortest way to each end event that can be reached, in file order. A package whose time limit is below `workdays_min` of an end
/// promises what its own flow cannot keep.
pub fn path_limits(definition: &Definition) -> Vec<PathLimit> {
    let Some(process) = definition.main_process() else { return Vec::new() };
    let mut bodies = BTreeMap::new();
    let arrivals = arrivals(definition, process.scope, &mut bodies);
    let ends = definition[process.scope].nodes.iter().copied().filter(|ix| matches!(definition[*ix].kind, NodeKind::End(_)));
    let limit = |ix: NodeIx| {
        let arrival = arrivals.get(&ix)?;
        let node = &definition[ix];
        let (end, outcome) = (node.id.clone(), node.attributes.get("outcome").cloned());
        Some(PathLimit { end, outcome, workdays_min: arrival.days, path: way(definition, &arrivals, ix) })
    };
    ends.filter_map(limit).collect()
}

/// When a token can come to a node at the earliest, and from where.
#[derive(Clone, Copy, PartialEq)]
struct Arrival {
    days: u32,
    from: Option<NodeIx>,
}

/// What bodies take at least, so that a process called often is looked at once.
type Bodies = BTreeMap<ScopeIx, u32>;

/// Repeats until nothing becomes shorter: days only fall, and each round fixes at least one node.
fn arrivals(definition: &Definition, scope: ScopeIx, bodies: &mut Bodies) -> BTreeMap<NodeIx, Arrival> {
    let mut arrivals: BTreeMap<NodeIx, Arrival> = BTreeMap::new();
    arrivals.extend(definition[scope].start.map(|start| (start, Arrival { days: 0, from: None })));
    let costs: BTreeMap<NodeIx, u32> = definition[scope].nodes.iter().map(|ix| (*ix, cost(definition, &definition[*ix], bodies))).collect();
    for _ in &definition[scope].nodes {
        let mut changed = false;
        for ix in &definition[scope].nodes {
            let Some(found) = arrival(definition, *ix, &arrivals, &costs) else { continue };
            if arrivals.get(ix).is_none_or(|known| found.days < known.days) {
                arrivals.insert(*ix, found);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    arrivals
}

fn arrival(definition: &Definition, ix: NodeIx, arrivals: &BTreeMap<NodeIx, Arrival>, costs: &BTreeMap<NodeIx, u32>) -> Option<Arrival> {
    let node = &definition[ix];
    if let NodeKind::Boundary { host, trigger, .. } = &node.kind {
        let wait = if let Trigger::Timer(timer) = trigger { workdays(timer) } else { 0 };
        return Some(Arrival { days: arrivals.get(host)?.days.saturating_add(wait), from: Some(*host) });
    }
    let mut ways = Vec::new();
    for flow in &node.incoming {
        let from = definition[*flow].source;
        let days = arrivals.get(&from).map(|arrival| arrival.days.saturating_add(costs.get(&from).copied().unwrap_or(0)));
        ways.push(days.map(|days| Arrival { days, from: Some(from) }));
    }
    if node.kind == NodeKind::Parallel {
        let all: Option<Vec<Arrival>> = ways.into_iter().collect();
        return all?.into_iter().max_by_key(|arrival| arrival.days);
    }
    ways.into_iter().flatten().min_by_key(|arrival| arrival.days)
}

/// The working days a node itself takes: its own limit, else what its body takes at least.
fn cost(definition: &Definition, node: &Node, bodies: &mut Bodies) -> u32 {
    if let Some(limit) = node.attributes.get("limit-workdays").and_then(|limit| limit.parse().ok()) {
        return limit;
    }
    match &node.kind {
        NodeKind::Catch(Trigger::Timer(timer)) => workdays(timer),
        kind => definition.body(kind).map_or(0, |body| body_days(definition, body, bodies)),
    }
}

fn body_days(definition: &Definition, body: ScopeIx, bodies: &mut Bodies) -> u32 {
    if let Some(days) = bodies.get(&body) {
        return *days;
    }
    let ends = arrivals(definition, body, bodies).into_iter().filter(|(ix, _)| matches!(definition[*ix].kind, NodeKind::End(_)));
    let days = ends.map(|(_, arrival)| arrival.days).min().unwrap_or(0);
    bodies.insert(body, days);
    days
}

fn workdays(timer: &Timer) -> u32 {
    match timer.calendar {
        Calendar::Workday => Duration::parse(&timer.duration).and_then(|duration| duration.whole_days()).unwrap_or(0),
        Calendar::Calendar => 0,
    }
}

fn way(definition: &Definition, arrivals: &BTreeMap<NodeIx, Arrival>, end: NodeIx) -> Vec<String> {
    let mut path = Vec::new();
    let mut at = Some(end);
    while let Some(ix) = at.filter(|_| path.len() <= definition.nodes.len()) {
        path.push(definition[ix].id.clone());
        at = arrivals.get(&ix).and_then(|arrival| arrival.from);
    }
    path.reverse();
    path
}
