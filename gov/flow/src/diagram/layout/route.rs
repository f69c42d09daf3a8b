//! Arrows at right angles, around the boxes where there is a way.

use super::super::geometry::{Point, is_clear};
use super::super::picture::Picture;
use crate::definition::{Bounds, Definition, FlowIx, NodeIx, NodeKind, ScopeIx};

/// Distance of an arrow from the box it leaves or comes to.
const STEP: f64 = 22.0;

pub(super) fn arrows(definition: &Definition, scope: ScopeIx, picture: &mut Picture) {
    let is_box = |ix: &NodeIx| !matches!(definition[*ix].kind, NodeKind::Boundary { .. });
    let boxes: Vec<(NodeIx, Bounds)> = picture.shapes.iter().filter(|(ix, _)| is_box(ix)).map(|(ix, bounds)| (*ix, *bounds)).collect();
    let mut arrows = Vec::new();
    for ix in &definition[scope].nodes {
        let node = &definition[*ix];
        for flow in &node.outgoing {
            let target = definition[*flow].target;
            let (Some(from), Some(to)) = (picture.shapes.get(ix), picture.shapes.get(&target)) else { continue };
            let obstacles: Vec<Bounds> = boxes.iter().filter(|(other, _)| other != ix && *other != target).map(|(_, bounds)| *bounds).collect();
            let ways = match node.kind {
                NodeKind::Boundary { .. } => out_of_edge(from, to),
                _ if ix == &target => around_itself(from),
                _ if to.x < from.right() => backward(from, to),
                _ => forward(from, to, node.kind.is_choice() || node.kind == NodeKind::Parallel || node.kind == NodeKind::EventBased),
            };
            arrows.push((*flow, choose(ways, &obstacles)));
        }
    }
    arrows.sort_by_key(|(flow, _): &(FlowIx, Vec<Point>)| *flow);
    picture.arrows = arrows;
}

/// The first way that crosses no box, else the last.
fn choose(ways: Vec<Vec<Point>>, obstacles: &[Bounds]) -> Vec<Point> {
    let clear = ways.iter().find(|way| is_clear(way, obstacles)).cloned();
    clear.or_else(|| ways.last().cloned()).unwrap_or_default()
}

fn forward(from: &Bounds, to: &Bounds, from_gateway: bool) -> Vec<Vec<Point>> {
    let (start, end) = ((from.right(), from.center().1), (to.x, to.center().1));
    if (start.1 - end.1).abs() < 1.0 {
        return [vec![vec![start, end]], around(start, end, from, to)].concat();
    }
    let corner = if end.1 > start.1 { (from.center().0, from.bottom()) } else { (from.center().0, from.y) };
    let mut ways = Vec::new();
    if from_gateway {
        ways.push(vec![corner, (corner.0, end.1), end]);
    }
    for x in [end.0 - STEP, start.0 + STEP] {
        ways.push(vec![start, (x, start.1), (x, end.1), end]);
    }
    [ways, around(start, end, from, to)].concat()
}

/// Below the box, above it; below the target, above it.
fn around(start: Point, end: Point, from: &Bounds, to: &Bounds) -> Vec<Vec<Point>> {
    let (out, into) = (start.0 + STEP / 2.0, end.0 - STEP / 2.0);
    let channels = [to.bottom() + STEP, to.y - STEP, from.y - STEP, from.bottom() + STEP];
    channels.map(|y| vec![start, (out, start.1), (out, y), (into, y), (into, end.1), end]).to_vec()
}

fn backward(from: &Bounds, to: &Bounds) -> Vec<Vec<Point>> {
    let between = if to.y > from.bottom() { [from.bottom() + STEP, to.y - STEP] } else { [from.y - STEP, to.bottom() + STEP] };
    let outside = [from.y.min(to.y) - STEP, from.bottom().max(to.bottom()) + STEP];
    let edge = |bounds: &Bounds, y: f64| (bounds.center().0, if y > bounds.center().1 { bounds.bottom() } else { bounds.y });
    let way = |y: f64| vec![edge(from, y), (from.center().0, y), (to.center().0, y), edge(to, y)];
    between.into_iter().chain(outside).map(way).collect()
}

fn around_itself(own: &Bounds) -> Vec<Vec<Point>> {
    let (middle, above) = (own.center(), own.y - STEP);
    vec![vec![(own.right(), middle.1), (own.right() + STEP, middle.1), (own.right() + STEP, above), (middle.0, above), (middle.0, own.y)]]
}

fn out_of_edge(from: &Bounds, to: &Bounds) -> Vec<Vec<Point>> {
    let start = (from.center().0, from.bottom());
    let end = (to.x, to.center().1);
    let channel = start.1 + STEP / 2.0;
    let mut ways = Vec::new();
    if end.1 > start.1 && end.0 > start.0 {
        ways.push(vec![start, (start.0, end.1), end]);
    }
    if end.0 > start.0 {
        ways.push(vec![start, (start.0, channel), (end.0 - STEP, channel), (end.0 - STEP, end.1), end]);
    }
    let below = channel.max(to.bottom() + STEP);
    ways.push(vec![start, (start.0, below), (to.center().0, below), (to.center().0, to.bottom())]);
    ways
}
