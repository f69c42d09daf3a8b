//! Every path can meet the promised limit: the longest way through the flow, by the limits of its tasks.

use std::collections::{BTreeMap, BTreeSet};

use flow::{Calendar, Definition, Duration, Node, NodeKind, Scope, Timer, Trigger};

use crate::check::report::Report;
use crate::codes::{ClockStarts, Unit};
use crate::finding::Finding;
use crate::package::Package;

pub(crate) fn check(package: &Package, report: &mut Report<'_>) {
    let promised = package.item.limits.promised;
    let Some(main) = package.flow.main_process() else { return };
    let after_acceptance = package.item.case.clock_starts == ClockStarts::Accepted;
    let days_promised = match promised.unit {
        Unit::Workday | Unit::CalendarDay => promised.value,
        Unit::Hour => promised.value.div_ceil(24),
    };
    let mut walk = Walk { flow: &package.flow, after_acceptance, longest: BTreeMap::new(), open: BTreeSet::new() };
    let scope = &package.flow[main.scope];
    for end in ends(&package.flow, scope) {
        let Some(way) = walk.to(end) else { continue };
        if way.days <= days_promised || !counts(end) {
            continue;
        }
        let path = way.tasks.join(" → ");
        let zh = format!("到达“{}”的路径 {path} 共需 {} 个工作日，超过承诺的{}。", end.id, way.days, promised.label().zh);
        let en = format!("The way to \"{}\" by {path} takes {} working days, more than the promised {}.", end.id, way.days, promised.label().en);
        report.push(Finding::error("flow.bpmn", end.position.line, "deadline-infeasible", zh, en));
    }
}

/// A refusal to accept ends before the clock starts; a lapse ends it by the clock's own rules.
fn counts(end: &Node) -> bool {
    !matches!(end.attributes.get("outcome").map(String::as_str), Some("refused" | "lapsed"))
}

fn ends<'d>(flow: &'d Definition, scope: &'d Scope) -> impl Iterator<Item = &'d Node> {
    scope.nodes.iter().map(|ix| &flow[*ix]).filter(|node| matches!(node.kind, NodeKind::End(_)))
}

/// The longest way to a point: working days and the tasks that take them.
#[derive(Clone, Default)]
struct Way {
    days: u32,
    tasks: Vec<String>,
}

struct Walk<'d> {
    flow: &'d Definition,
    after_acceptance: bool,
    longest: BTreeMap<&'d str, Way>,
    open: BTreeSet<&'d str>,
}

impl<'d> Walk<'d> {
    /// The longest way to the moment the node is entered. A loop is gone through once: an arrow back to an open node does not count.
    fn to(&mut self, node: &'d Node) -> Option<Way> {
        if let Some(known) = self.longest.get(node.id.as_str()) {
            return Some(known.clone());
        }
        if !self.open.insert(&node.id) {
            return None;
        }
        let mut way = None;
        if let NodeKind::Boundary { host, trigger, .. } = &node.kind {
            let wait = if let Trigger::Timer(timer) = trigger { workdays(timer) } else { 0 };
            way = self.to(&self.flow[*host]).map(|way| longer(way, &node.id, wait));
        }
        for flow in &node.incoming {
            let source = &self.flow[self.flow[*flow].source];
            let Some(mut candidate) = self.to(source) else { continue };
            let (days, tasks) = self.cost(source);
            candidate.days = candidate.days.saturating_add(days);
            candidate.tasks.extend(tasks);
            if way.as_ref().is_none_or(|way| candidate.days > way.days) {
                way = Some(candidate);
            }
        }
        self.open.remove(node.id.as_str());
        let way = if node.kind == NodeKind::Start { Some(Way::default()) } else { way };
        if let Some(way) = &way {
            self.longest.insert(&node.id, way.clone());
        }
        way
    }

    fn cost(&mut self, node: &'d Node) -> (u32, Vec<String>) {
        if self.after_acceptance && matches!(&node.kind, NodeKind::UserTask { kind } if kind == "accept") {
            return (0, Vec::new());
        }
        let limit = node.attributes.get("limit-workdays").and_then(|limit| limit.parse().ok());
        let days = limit.or(match &node.kind {
            NodeKind::Catch(Trigger::Timer(timer)) => Some(workdays(timer)),
            _ => None,
        });
        if let Some(days) = days {
            return (days, vec![format!("{}({days})", node.id)]);
        }
        let body = match &node.kind {
            NodeKind::SubProcess { scope } => *scope,
            NodeKind::CallActivity { process } => self.flow[*process].scope,
            _ => return (0, Vec::new()),
        };
        let inner: Vec<&Node> = ends(self.flow, &self.flow[body]).collect();
        let ways = inner.into_iter().filter_map(|end| self.to(end)).max_by_key(|way| way.days);
        ways.map_or((0, Vec::new()), |way| (way.days, way.tasks))
    }
}

fn longer(mut way: Way, node: &str, days: u32) -> Way {
    if days > 0 {
        way.days = way.days.saturating_add(days);
        way.tasks.push(format!("{node}({days})"));
    }
    way
}

fn workdays(timer: &Timer) -> u32 {
    match timer.calendar {
        Calendar::Workday => Duration::parse(&timer.duration).and_then(|duration| duration.whole_days()).unwrap_or(0),
        Calendar::Calendar => 0,
    }
}
