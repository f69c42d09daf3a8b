//! Columns: the longest way from the start, without the arrows that turn back.

use crate::definition::{Definition, NodeIx, NodeKind, ScopeIx};
use std::collections::{BTreeMap, BTreeSet};

/// The nodes of one body without its boundary events, whose arrows count as arrows of their activity.
pub(super) struct Graph {
    nodes: Vec<NodeIx>,
    after: BTreeMap<NodeIx, Vec<NodeIx>>,
    before: BTreeMap<NodeIx, Vec<NodeIx>>,
    /// Nodes that only boundary events lead to; they stand a row lower.
    aside: BTreeSet<NodeIx>,
}

impl Graph {
    pub fn new(definition: &Definition, scope: ScopeIx) -> Self {
        let of = |ix: NodeIx| match definition[ix].kind {
            NodeKind::Boundary { host, .. } => host,
            _ => ix,
        };
        let nodes: Vec<NodeIx> = definition[scope].nodes.iter().copied().filter(|ix| of(*ix) == *ix).collect();
        let mut after: BTreeMap<NodeIx, Vec<NodeIx>> = BTreeMap::new();
        let (mut straight, mut aside) = (BTreeSet::new(), BTreeSet::new());
        for ix in &definition[scope].nodes {
            for flow in &definition[*ix].outgoing {
                let to = definition[*flow].target;
                after.entry(of(*ix)).or_default().push(to);
                if of(*ix) == *ix {
                    straight.insert(to)
                } else {
                    aside.insert(to)
                };
            }
        }
        let mut graph = Self { nodes, after, before: BTreeMap::new(), aside: aside.difference(&straight).copied().collect() };
        graph.drop_backward(definition[scope].start);
        graph
    }

    pub fn before(&self, ix: NodeIx) -> &[NodeIx] {
        self.before.get(&ix).map_or(&[], Vec::as_slice)
    }

    pub fn is_aside(&self, ix: NodeIx) -> bool {
        self.aside.contains(&ix)
    }

    /// Removes the arrows that close a circle, found by a walk from the start, and turns the others round.
    fn drop_backward(&mut self, start: Option<NodeIx>) {
        let (mut open, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut forward: Vec<(NodeIx, NodeIx)> = Vec::new();
        for first in start.into_iter().chain(self.nodes.iter().copied()) {
            let mut path = vec![(first, 0usize)];
            if !seen.insert(first) {
                continue;
            }
            open.insert(first);
            while let Some((at, next)) = path.last_mut() {
                let from = *at;
                let Some(to) = self.after.get(at).and_then(|after| after.get(*next)).copied() else {
                    open.remove(&from);
                    path.pop();
                    continue;
                };
                *next = next.saturating_add(1);
                if !open.contains(&to) {
                    forward.push((from, to));
                }
                if seen.insert(to) {
                    open.insert(to);
                    path.push((to, 0));
                }
            }
        }
        for (from, to) in forward {
            self.before.entry(to).or_default().push(from);
        }
    }

    /// All nodes with their column, column by column.
    pub fn in_column_order(&self) -> Vec<(NodeIx, usize)> {
        let mut columns: BTreeMap<NodeIx, usize> = self.nodes.iter().map(|ix| (*ix, 0)).collect();
        // The forward arrows form no circle, so this ends after at most as many rounds as there are nodes.
        for _ in &self.nodes {
            let mut changed = false;
            for ix in &self.nodes {
                let column = self.before(*ix).iter().filter_map(|before| columns.get(before)).max().map_or(0, |column| column.saturating_add(1));
                changed |= columns.insert(*ix, column) != Some(column);
            }
            if !changed {
                break;
            }
        }
        let mut order: Vec<(NodeIx, usize)> = columns.into_iter().collect();
        order.sort_by_key(|(ix, column)| (*column, *ix));
        order
    }
}
