//! A picture: boxes and lines, before they are painted.

use super::geometry::Point;
use crate::definition::{Bounds, Definition, FlowIx, LaneIx, NodeIx, NodeKind, ScopeIx};
use std::collections::BTreeMap;

/// Space around the picture.
const MARGIN: f64 = 12.0;

#[derive(Default)]
pub(super) struct Picture {
    pub width: f64,
    pub height: f64,
    pub lanes: Vec<(LaneIx, Bounds)>,
    /// Outer boxes come before what is inside them.
    pub shapes: BTreeMap<NodeIx, Bounds>,
    pub arrows: Vec<(FlowIx, Vec<Point>)>,
}

impl Picture {
    /// Moves everything, so that it starts at the margin, and sets the size.
    pub fn fit(&mut self) {
        let boxes = || self.shapes.values().chain(self.lanes.iter().map(|(_, bounds)| bounds));
        let points = || self.arrows.iter().flat_map(|(_, line)| line.iter().copied());
        let corners = || boxes().flat_map(|bounds| [(bounds.x, bounds.y), (bounds.right(), bounds.bottom())]).chain(points());
        let least = corners().fold((f64::MAX, f64::MAX), |least, point| (least.0.min(point.0), least.1.min(point.1)));
        let most = corners().fold((f64::MIN, f64::MIN), |most, point| (most.0.max(point.0), most.1.max(point.1)));
        if most.0 < least.0 {
            return;
        }
        self.width = most.0 - least.0 + 2.0 * MARGIN;
        self.height = most.1 - least.1 + 2.0 * MARGIN;
        self.shift((MARGIN - least.0, MARGIN - least.1));
    }

    pub fn shift(&mut self, by: Point) {
        for bounds in self.shapes.values_mut().chain(self.lanes.iter_mut().map(|(_, bounds)| bounds)) {
            *bounds = bounds.moved(by);
        }
        for point in self.arrows.iter_mut().flat_map(|(_, line)| line) {
            *point = (point.0 + by.0, point.1 + by.1);
        }
    }
}

/// The drawing of the file, when it shows every node of the main process.
pub(super) fn drawn(definition: &Definition) -> Option<Picture> {
    let main = definition.main_process()?;
    let shape = |id: &str| definition.drawing.shapes.get(id).copied();
    let complete = definition[main.scope].nodes.iter().all(|ix| shape(&definition[*ix].id).is_some());
    if !complete || definition[main.scope].nodes.is_empty() {
        return None;
    }
    let mut picture = Picture::default();
    let lanes = definition.lanes.iter().enumerate().filter(|(_, lane)| definition[lane.process].scope == main.scope);
    picture.lanes = lanes.filter_map(|(index, lane)| Some((LaneIx(index), shape(&lane.id)?))).collect();
    add_body(definition, main.scope, &mut picture);
    for (index, flow) in definition.flows.iter().enumerate() {
        let (Some(from), Some(to)) = (picture.shapes.get(&flow.source), picture.shapes.get(&flow.target)) else { continue };
        let line = definition.drawing.edges.get(&flow.id).filter(|line| line.len() > 1).cloned();
        picture.arrows.push((FlowIx(index), line.unwrap_or_else(|| vec![from.center(), to.center()])));
    }
    // Bottom lane labels and the texts under events need a little room below.
    picture.fit();
    picture.height += 28.0;
    Some(picture)
}

fn add_body(definition: &Definition, scope: ScopeIx, picture: &mut Picture) {
    for ix in &definition[scope].nodes {
        let node = &definition[*ix];
        picture.shapes.extend(definition.drawing.shapes.get(&node.id).map(|bounds| (*ix, *bounds)));
        if let NodeKind::SubProcess { scope } = node.kind {
            add_body(definition, scope, picture);
        }
    }
}
