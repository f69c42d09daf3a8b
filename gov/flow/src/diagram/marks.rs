//! The small marks that BPMN puts into shapes, as path data relative to a centre.

use super::geometry::{Point, number};
use crate::definition::{EndKind, NodeKind, Trigger};

/// The path of the mark of a node around a centre, and whether it is filled.
pub(super) fn mark(kind: &NodeKind) -> Option<(&'static [Stroke], bool)> {
    match kind {
        NodeKind::Exclusive => Some((CROSS, false)),
        NodeKind::Parallel => Some((PLUS, false)),
        NodeKind::Inclusive => Some((RING, false)),
        NodeKind::EventBased => Some((PENTAGON, false)),
        NodeKind::UserTask { .. } => Some((PERSON, false)),
        NodeKind::ServiceTask { .. } => Some((WHEEL, false)),
        NodeKind::BusinessRuleTask { .. } => Some((TABLE, false)),
        NodeKind::ReceiveTask { .. } => Some((ENVELOPE, false)),
        NodeKind::ScriptTask { .. } => Some((LINES, false)),
        NodeKind::Catch(trigger) | NodeKind::Boundary { trigger, .. } => Some(match trigger {
            Trigger::Timer(_) => (CLOCK, false),
            Trigger::Message(_) => (ENVELOPE, false),
            Trigger::Error(_) => (BOLT, false),
        }),
        NodeKind::End(EndKind::Error(_)) => Some((BOLT, true)),
        NodeKind::End(EndKind::Terminate) => Some((RING, true)),
        NodeKind::Start | NodeKind::End(EndKind::Plain) | NodeKind::Milestone => None,
        NodeKind::SubProcess { .. } | NodeKind::CallActivity { .. } => None,
    }
}

/// One stroke of a mark.
pub(super) enum Stroke {
    /// Lines through points.
    Line(&'static [Point]),
    /// A circle: centre and radius.
    Circle(Point, f64),
}
use Stroke::{Circle, Line};

const CROSS: &[Stroke] = &[Line(&[(-6.0, -7.0), (6.0, 7.0)]), Line(&[(-6.0, 7.0), (6.0, -7.0)])];
const PLUS: &[Stroke] = &[Line(&[(-9.0, 0.0), (9.0, 0.0)]), Line(&[(0.0, -9.0), (0.0, 9.0)])];
const RING: &[Stroke] = &[Circle((0.0, 0.0), 9.0)];
const PENTAGON: &[Stroke] = &[Circle((0.0, 0.0), 13.0), Line(&[(0.0, -8.0), (7.6, -2.5), (4.7, 6.5), (-4.7, 6.5), (-7.6, -2.5), (0.0, -8.0)])];
const PERSON: &[Stroke] =
    &[Circle((0.0, -3.0), 3.0), Line(&[(-6.0, 7.0), (-5.0, 3.0), (-2.5, 1.5), (2.5, 1.5), (5.0, 3.0), (6.0, 7.0), (-6.0, 7.0)])];
const WHEEL: &[Stroke] = &[
    Circle((0.0, 0.0), 4.0),
    Line(&[(0.0, -7.0), (0.0, -4.0)]),
    Line(&[(0.0, 7.0), (0.0, 4.0)]),
    Line(&[(-7.0, 0.0), (-4.0, 0.0)]),
    Line(&[(7.0, 0.0), (4.0, 0.0)]),
    Line(&[(-5.0, -5.0), (-2.8, -2.8)]),
    Line(&[(5.0, 5.0), (2.8, 2.8)]),
    Line(&[(-5.0, 5.0), (-2.8, 2.8)]),
    Line(&[(5.0, -5.0), (2.8, -2.8)]),
];
const TABLE: &[Stroke] = &[
    Line(&[(-7.0, -5.0), (7.0, -5.0), (7.0, 6.0), (-7.0, 6.0), (-7.0, -5.0)]),
    Line(&[(-7.0, -1.5), (7.0, -1.5)]),
    Line(&[(-2.0, -1.5), (-2.0, 6.0)]),
];
const ENVELOPE: &[Stroke] =
    &[Line(&[(-8.0, -5.0), (8.0, -5.0), (8.0, 6.0), (-8.0, 6.0), (-8.0, -5.0)]), Line(&[(-8.0, -5.0), (0.0, 1.0), (8.0, -5.0)])];
const LINES: &[Stroke] = &[Line(&[(-5.0, -4.0), (6.0, -4.0)]), Line(&[(-6.0, 0.0), (5.0, 0.0)]), Line(&[(-5.0, 4.0), (6.0, 4.0)])];
const CLOCK: &[Stroke] = &[Circle((0.0, 0.0), 9.0), Line(&[(0.0, -6.0), (0.0, 0.0), (4.0, 3.0)])];
const BOLT: &[Stroke] = &[Line(&[(-7.0, 7.0), (-3.0, -6.0), (2.0, 2.0), (7.0, -7.0), (3.0, 6.0), (-2.0, -2.0), (-7.0, 7.0)])];

/// SVG path data of a mark around a centre.
pub(super) fn path(strokes: &[Stroke], (x, y): Point) -> String {
    let mut data = String::new();
    for stroke in strokes {
        match stroke {
            Line(points) => {
                for (index, (dx, dy)) in points.iter().enumerate() {
                    data.push(if index == 0 { 'M' } else { 'L' });
                    data.push_str(&format!("{} {}", number(x + dx), number(y + dy)));
                }
            }
            Circle((dx, dy), radius) => {
                let (left, top, r) = (number(x + dx - radius), number(y + dy), number(*radius));
                let across = number(radius * 2.0);
                data.push_str(&format!("M{left} {top}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0"));
            }
        }
    }
    data
}
