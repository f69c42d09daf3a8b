//! A layered layout from left to right, lanes as rows: for files without a drawing.
//!
//! Nodes stand in columns by their longest way from the start, arrows that turn back left aside; in their lane they take the row of what
//! comes before them, or the next free one.

mod columns;
mod route;

use super::geometry::Point;
use super::picture::Picture;
use crate::definition::{Bounds, Definition, LaneIx, Node, NodeIx, NodeKind, ScopeIx};
use std::collections::{BTreeMap, BTreeSet};

const COLUMN_GAP: f64 = 52.0;
const ROW_GAP: f64 = 52.0;
const LANE_LABEL: f64 = 34.0;
const BODY_PADDING: Point = (18.0, 32.0);
const TASK: Point = (128.0, 68.0);
const EVENT: Point = (36.0, 36.0);
const GATEWAY: Point = (48.0, 48.0);

/// The picture of the main process.
pub(super) fn picture(definition: &Definition) -> Picture {
    let Some(main) = definition.main_process() else { return Picture::default() };
    let mut picture = body(definition, main.scope, true);
    picture.fit();
    picture.height += 12.0;
    picture
}

/// Where a node stands: column, lane, row in the lane.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    lane: usize,
    row: usize,
    column: usize,
}

fn body(definition: &Definition, scope: ScopeIx, with_lanes: bool) -> Picture {
    let inner = inner_pictures(definition, scope);
    let size = |ix: NodeIx| inner.get(&ix).map_or_else(|| node_size(&definition[ix]), |inner| body_size(inner));
    let lanes = lanes_of(definition, scope, with_lanes);
    let places = place_all(definition, scope, &lanes);
    let mut picture = Picture::default();
    let left = if lanes.is_empty() { 0.0 } else { LANE_LABEL + 20.0 };
    let columns = tracks(places.iter().map(|(ix, place)| (place.column, size(*ix).0)), left, COLUMN_GAP);
    let rows = tracks(places.iter().map(|(ix, place)| ((place.lane, place.row), size(*ix).1)), 0.0, ROW_GAP);
    for (ix, place) in &places {
        let (Some(column), Some(row)) = (columns.get(&place.column), rows.get(&(place.lane, place.row))) else { continue };
        let (width, height) = size(*ix);
        let (x, y) = (column.start + (column.size - width) / 2.0, row.start + (row.size - height) / 2.0);
        picture.shapes.insert(*ix, Bounds { x, y, width, height });
    }
    add_boundary_events(definition, scope, &mut picture);
    add_lanes(&lanes, &rows, &columns, &mut picture);
    route::arrows(definition, scope, &mut picture);
    for (ix, mut inner) in inner {
        let Some(outer) = picture.shapes.get(&ix) else { continue };
        inner.shift((outer.x + BODY_PADDING.0, outer.y + BODY_PADDING.1));
        picture.shapes.extend(inner.shapes);
        picture.arrows.extend(inner.arrows);
    }
    picture
}

fn inner_pictures(definition: &Definition, scope: ScopeIx) -> BTreeMap<NodeIx, Picture> {
    let mut pictures = BTreeMap::new();
    for ix in &definition[scope].nodes {
        if let NodeKind::SubProcess { scope } = definition[*ix].kind {
            let mut inner = body(definition, scope, false);
            inner.fit();
            pictures.insert(*ix, inner);
        }
    }
    pictures
}

fn body_size(inner: &Picture) -> Point {
    ((inner.width + 2.0 * BODY_PADDING.0).max(TASK.0), (inner.height + BODY_PADDING.1 + 20.0).max(TASK.1))
}

fn node_size(node: &Node) -> Point {
    match node.kind {
        NodeKind::Start | NodeKind::End(_) | NodeKind::Catch(_) | NodeKind::Milestone | NodeKind::Boundary { .. } => EVENT,
        NodeKind::Exclusive | NodeKind::Parallel | NodeKind::Inclusive | NodeKind::EventBased => GATEWAY,
        NodeKind::UserTask { .. } | NodeKind::ServiceTask { .. } | NodeKind::BusinessRuleTask { .. } => TASK,
        NodeKind::ReceiveTask { .. } | NodeKind::ScriptTask { .. } => TASK,
        NodeKind::SubProcess { .. } | NodeKind::CallActivity { .. } => TASK,
    }
}

fn lanes_of(definition: &Definition, scope: ScopeIx, with_lanes: bool) -> Vec<LaneIx> {
    let own = definition.lanes.iter().enumerate().filter(|(_, lane)| definition[lane.process].scope == scope);
    own.map(|(index, _)| LaneIx(index)).filter(|_| with_lanes).collect()
}

fn place_all(definition: &Definition, scope: ScopeIx, lanes: &[LaneIx]) -> BTreeMap<NodeIx, Place> {
    let graph = columns::Graph::new(definition, scope);
    let mut places: BTreeMap<NodeIx, Place> = BTreeMap::new();
    let mut taken: BTreeSet<Place> = BTreeSet::new();
    for (ix, column) in graph.in_column_order() {
        let before = graph.before(ix).iter().filter_map(|before| places.get(before)).min().copied();
        let own = definition[ix].lane.and_then(|lane| lanes.iter().position(|other| *other == lane));
        let lane = own.or(before.map(|before| before.lane)).unwrap_or(0);
        let wanted = before.filter(|before| before.lane == lane).map_or(0, |before| before.row);
        let below = usize::from(graph.is_aside(ix));
        let mut place = Place { lane, row: wanted.saturating_add(below), column };
        while !taken.insert(place) {
            place.row = place.row.saturating_add(1);
        }
        places.insert(ix, place);
    }
    places
}

/// A column or row: where it starts and how wide its widest box is.
struct Track {
    start: f64,
    size: f64,
}

fn tracks<K: Ord + Copy>(sizes: impl Iterator<Item = (K, f64)>, first: f64, gap: f64) -> BTreeMap<K, Track> {
    let mut tracks: BTreeMap<K, Track> = BTreeMap::new();
    for (key, size) in sizes {
        let track = tracks.entry(key).or_insert(Track { start: 0.0, size: 0.0 });
        track.size = track.size.max(size);
    }
    let mut at = first;
    for track in tracks.values_mut() {
        track.start = at;
        at += track.size + gap;
    }
    tracks
}

fn add_boundary_events(definition: &Definition, scope: ScopeIx, picture: &mut Picture) {
    for host in &definition[scope].nodes {
        let Some(bounds) = picture.shapes.get(host).copied() else { continue };
        let mut x = bounds.x + 10.0;
        for event in &definition[*host].boundary {
            let (width, height) = EVENT;
            picture.shapes.insert(*event, Bounds { x, y: bounds.bottom() - height / 2.0, width, height });
            x += width + 8.0;
        }
    }
}

fn add_lanes(lanes: &[LaneIx], rows: &BTreeMap<(usize, usize), Track>, columns: &BTreeMap<usize, Track>, picture: &mut Picture) {
    let right = columns.values().map(|column| column.start + column.size).fold(0.0, f64::max) + 24.0;
    let mut y = -ROW_GAP / 2.0;
    for (index, lane) in lanes.iter().enumerate() {
        let own = rows.range((index, 0)..=(index, usize::MAX)).map(|(_, row)| row.start + row.size + ROW_GAP / 2.0);
        let bottom = own.fold(y, f64::max);
        // A lane in which nothing is drawn has no place between the rows.
        if bottom > y {
            picture.lanes.push((*lane, Bounds { x: 0.0, y, width: right, height: bottom - y }));
            y = bottom;
        }
    }
}
