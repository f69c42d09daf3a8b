//! Which nodes have been completed before another: reachability over the arrows, boundary events, sub-processes and called processes.

use std::collections::{BTreeMap, BTreeSet};

use flow::{Definition, Node, NodeKind};

/// Entering and leaving a node are two points, so that a sub-process can be entered before its inside and left after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Point<'d> {
    Enter(&'d str),
    Leave(&'d str),
}

/// The order of the nodes of a flow.
pub(crate) struct Graph<'d> {
    definition: &'d Definition,
    before: BTreeMap<Point<'d>, BTreeSet<Point<'d>>>,
}

impl<'d> Graph<'d> {
    pub(crate) fn of(definition: &'d Definition) -> Self {
        let mut graph = Self { definition, before: BTreeMap::new() };
        for flow in &definition.flows {
            graph.edge(Point::Leave(&definition[flow.source].id), Point::Enter(&definition[flow.target].id));
        }
        for node in &definition.nodes {
            graph.add_node(node);
        }
        graph
    }

    fn add_node(&mut self, node: &'d Node) {
        let definition = self.definition;
        let body = match &node.kind {
            NodeKind::SubProcess { scope } => Some(*scope),
            NodeKind::CallActivity { process } => Some(definition[*process].scope),
            _ => None,
        };
        let boundaries: Vec<&str> = node.boundary.iter().map(|boundary| definition[*boundary].id.as_str()).collect();
        for boundary in &boundaries {
            self.edge(Point::Enter(&node.id), Point::Enter(boundary));
        }
        let Some(body) = body else {
            self.edge(Point::Enter(&node.id), Point::Leave(&node.id));
            return;
        };
        if let Some(start) = definition[body].start {
            self.edge(Point::Enter(&node.id), Point::Enter(&definition[start].id));
        }
        for inner in &definition[body].nodes {
            let inner = &definition[*inner];
            if inner.outgoing.is_empty() {
                self.edge(Point::Leave(&inner.id), Point::Leave(&node.id));
            }
            for boundary in &boundaries {
                self.edge(Point::Leave(&inner.id), Point::Enter(boundary));
            }
        }
    }

    fn edge(&mut self, from: Point<'d>, to: Point<'d>) {
        self.before.entry(to).or_default().insert(from);
    }

    /// The nodes that some path completes before this one is entered.
    pub(crate) fn before(&self, node: &'d str) -> Vec<&'d Node> {
        self.completed(Point::Enter(node), None).0
    }

    /// The same, the node itself included.
    pub(crate) fn up_to(&self, node: &'d str) -> Vec<&'d Node> {
        self.completed(Point::Leave(node), None).0
    }

    /// Whether a path leads past `node` (to its end) without completing `other`.
    pub(crate) fn can_skip(&self, node: &'d str, other: &str) -> bool {
        node != other && self.completed(Point::Leave(node), Some(other)).1
    }

    /// Nodes left on paths to `point`, and whether the main start is among the points passed. `avoid` is not left.
    fn completed(&self, point: Point<'d>, avoid: Option<&str>) -> (Vec<&'d Node>, bool) {
        let main = self.definition.main_process().and_then(|process| self.definition[process.scope].start);
        let start = main.map(|start| self.definition[start].id.as_str());
        let (mut seen, mut open) = (BTreeSet::from([point]), vec![point]);
        while let Some(point) = open.pop() {
            for earlier in self.before.get(&point).into_iter().flatten() {
                let avoided = matches!(earlier, Point::Leave(id) if Some(*id) == avoid);
                if !avoided && seen.insert(*earlier) {
                    open.push(*earlier);
                }
            }
        }
        let left = seen.iter().filter_map(|point| if let Point::Leave(id) = point { self.definition.node(id) } else { None });
        let nodes = left.collect();
        (nodes, start.is_some_and(|start| seen.contains(&Point::Enter(start))))
    }
}
