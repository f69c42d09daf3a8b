//! BPMN diagram interchange: where boxes and arrows are drawn. A drawing is help for the eye, so its gaps are no problems.

use super::reader::Element;
use crate::definition::{Bounds, Drawing};

const BPMNDI: &str = "http://www.omg.org/spec/BPMN/20100524/DI";
const DI: &str = "http://www.omg.org/spec/DD/20100524/DI";
const DC: &str = "http://www.omg.org/spec/DD/20100524/DC";

pub(super) fn is_drawing(element: Element<'_>) -> bool {
    element.tag_name().namespace() == Some(BPMNDI)
}

pub(super) fn read(diagram: Element<'_>) -> Drawing {
    let mut drawing = Drawing::default();
    for element in diagram.descendants() {
        let Some(drawn) = element.attribute("bpmnElement") else { continue };
        if element.has_tag_name((BPMNDI, "BPMNShape")) {
            let bounds = element.children().find(|child| child.has_tag_name((DC, "Bounds"))).and_then(bounds);
            drawing.shapes.extend(bounds.map(|bounds| (drawn.to_owned(), bounds)));
        } else if element.has_tag_name((BPMNDI, "BPMNEdge")) {
            let points = element.children().filter(|child| child.has_tag_name((DI, "waypoint")));
            let points: Vec<_> = points.filter_map(|point| Some((number(point, "x")?, number(point, "y")?))).collect();
            drawing.edges.insert(drawn.to_owned(), points);
        }
    }
    drawing
}

fn bounds(element: Element<'_>) -> Option<Bounds> {
    let bounds = Bounds { x: number(element, "x")?, y: number(element, "y")?, width: number(element, "width")?, height: number(element, "height")? };
    (bounds.width > 0.0 && bounds.height > 0.0).then_some(bounds)
}

/// A coordinate; absurd ones would make an unusable picture.
fn number(element: Element<'_>, name: &str) -> Option<f64> {
    element.attribute(name)?.parse::<f64>().ok().filter(|number| number.abs() <= 100_000.0)
}
