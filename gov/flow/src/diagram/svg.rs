//! Paints a picture as SVG. Presentation attributes and classes only: a strict content policy forbids style attributes.

use super::geometry::{Point, number};
use super::picture::Picture;
use super::text::{escape, width, wrap};
use super::{Language, marks};
use crate::definition::{Bounds, Definition, FlowIx, LaneIx, Node, NodeIx, NodeKind};
use std::fmt::Write;

const FONT_SIZE: f64 = 14.0;
const INK: &str = "#0b0c0c";
const LINE: &str = "#505a5f";

pub(super) struct Painter<'a> {
    pub definition: &'a Definition,
    pub active: &'a [&'a str],
    pub done: &'a [&'a str],
    pub language: Language,
}

/// How a node is shown.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Ahead,
    Active,
    Done,
}

impl State {
    fn class(self) -> &'static str {
        match self {
            Self::Ahead => "",
            Self::Active => " flow-active",
            Self::Done => " flow-done",
        }
    }

    /// Fill, stroke and stroke width.
    fn colours(self) -> (&'static str, &'static str, f64) {
        match self {
            Self::Ahead => ("#ffffff", LINE, 1.5),
            Self::Active => ("#fff4d6", "#8a4b00", 3.0),
            Self::Done => ("#e3f1e9", "#146c43", 1.5),
        }
    }
}

impl Painter<'_> {
    pub fn paint(&self, picture: &Picture, title: &str) -> String {
        let process = self.definition.main_process().map_or("none", |process| process.id.as_str());
        let id = format!("flow-{}", escape(process));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"flow-diagram\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" \
             viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" font-size=\"{FONT_SIZE}\" font-family=\"system-ui, sans-serif\" fill=\"{INK}\">\n\
             <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n\
             <defs><marker id=\"{id}-tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" \
             markerUnits=\"userSpaceOnUse\" markerWidth=\"11\" markerHeight=\"11\" orient=\"auto\">\
             <path d=\"M0 0L10 5L0 10z\" fill=\"{LINE}\"/></marker></defs>\n",
            escape(title),
            escape(&self.description(title)),
            w = number(picture.width),
            h = number(picture.height),
        );
        for (lane, bounds) in &picture.lanes {
            self.lane(&mut svg, *lane, bounds);
        }
        let boundary = |ix: &NodeIx| matches!(self.definition[*ix].kind, NodeKind::Boundary { .. });
        for (ix, bounds) in picture.shapes.iter().filter(|(ix, _)| !boundary(ix)) {
            self.node(&mut svg, &self.definition[*ix], bounds, free_side(bounds, picture));
        }
        for (flow, line) in &picture.arrows {
            self.arrow(&mut svg, *flow, line, &id);
        }
        for (ix, bounds) in picture.shapes.iter().filter(|(ix, _)| boundary(ix)) {
            self.node(&mut svg, &self.definition[*ix], bounds, free_side(bounds, picture));
        }
        svg.push_str("</svg>\n");
        svg
    }

    fn state(&self, node: &Node) -> State {
        if self.active.contains(&node.id.as_str()) {
            State::Active
        } else if self.done.contains(&node.id.as_str()) {
            State::Done
        } else {
            State::Ahead
        }
    }

    fn say<'b>(&self, zh: &'b str, en: &'b str) -> &'b str {
        match self.language {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    fn name<'b>(&self, zh: &'b str, en: &'b str) -> &'b str {
        if self.language == Language::En && !en.is_empty() { en } else { zh }
    }

    /// What the picture shows, for those who do not see it: the steps in file order with their state.
    fn description(&self, title: &str) -> String {
        let told = |wanted: State| {
            let nodes = self.definition.nodes.iter().filter(|node| self.state(node) == wanted);
            let names = nodes.map(|node| self.called(node)).filter(|name| !name.is_empty());
            names.collect::<Vec<_>>().join(self.say("、", ", "))
        };
        let mut parts = Vec::new();
        for (state, label) in [
            (State::Done, self.say("已完成：", "Done: ")),
            (State::Active, self.say("进行中：", "In progress: ")),
            (State::Ahead, self.say("其他环节：", "Other steps: ")),
        ] {
            let names = told(state);
            if !names.is_empty() {
                parts.push(format!("{label}{names}"));
            }
        }
        if parts.is_empty() { title.to_owned() } else { parts.join(self.say("；", "; ")) }
    }

    /// The name of a node; an activity without one is called by its id.
    fn called<'b>(&self, node: &'b Node) -> &'b str {
        match self.name(&node.name, &node.name_en) {
            "" if node.kind.is_activity() => &node.id,
            name => name,
        }
    }

    fn lane(&self, svg: &mut String, lane: LaneIx, bounds: &Bounds) {
        let lane = &self.definition[lane];
        let name = self.name(&lane.name, &lane.name_en);
        let name = if name.is_empty() { &lane.id } else { name };
        rectangle(svg, bounds, 0.0, ("#f8f8f8", "#b1b4b6", 1.0), " class=\"flow-lane\"");
        let strip = Bounds { width: 30.0_f64.min(bounds.width), ..*bounds };
        rectangle(svg, &strip, 0.0, ("#eef1f3", "#b1b4b6", 1.0), "");
        let (x, y) = strip.center();
        let lines = wrap(name, (bounds.height - 8.0) / FONT_SIZE, 1);
        let turned = format!(" transform=\"rotate(-90 {} {})\"", number(x), number(y));
        self.lines(svg, &lines, (x, y), FONT_SIZE, &turned);
    }

    fn node(&self, svg: &mut String, node: &Node, bounds: &Bounds, free: Side) {
        let state = self.state(node);
        let name = self.called(node);
        let spoken = match state {
            State::Ahead => String::new(),
            State::Active => self.say("（进行中）", " (in progress)").to_owned(),
            State::Done => self.say("（已完成）", " (done)").to_owned(),
        };
        let _ = write!(svg, "<g class=\"flow-node{}\" data-node=\"{}\"><title>{}{spoken}</title>", state.class(), escape(&node.id), escape(name));
        match node.kind {
            NodeKind::Exclusive | NodeKind::Parallel | NodeKind::Inclusive | NodeKind::EventBased => diamond(svg, bounds, state),
            NodeKind::Start | NodeKind::End(_) | NodeKind::Catch(_) | NodeKind::Milestone | NodeKind::Boundary { .. } => {
                circles(svg, node, bounds, state);
            }
            _ => self.activity(svg, node, bounds, state),
        }
        self.mark(svg, node, bounds, state);
        self.label(svg, node, name, bounds, free);
        badge(svg, bounds, state);
        svg.push_str("</g>\n");
    }

    fn activity(&self, svg: &mut String, node: &Node, bounds: &Bounds, state: State) {
        let (fill, stroke, thin) = state.colours();
        let call = matches!(node.kind, NodeKind::CallActivity { .. });
        let fill = if matches!(node.kind, NodeKind::SubProcess { .. }) && state == State::Ahead { "#fcfcfc" } else { fill };
        rectangle(svg, bounds, 8.0, (fill, stroke, if call { thin + 2.0 } else { thin }), "");
    }

    fn mark(&self, svg: &mut String, node: &Node, bounds: &Bounds, state: State) {
        let Some((strokes, filled)) = marks::mark(&node.kind) else { return };
        let at = if node.kind.is_activity() { (bounds.x + 15.0, bounds.y + 14.0) } else { bounds.center() };
        let (_, stroke, _) = state.colours();
        let fill = if filled { stroke } else { "none" };
        let thickness = if node.kind.is_choice() || node.kind == NodeKind::Parallel { "2.5" } else { "1.2" };
        let _ = write!(svg, "<path d=\"{}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{thickness}\"/>", marks::path(strokes, at));
    }

    /// Inside activities, on top of sub-process bodies, beside events and gateways where no arrow is.
    fn label(&self, svg: &mut String, node: &Node, name: &str, bounds: &Bounds, free: Side) {
        let (x, y) = bounds.center();
        match node.kind {
            NodeKind::SubProcess { .. } if bounds.height > 100.0 => {
                let lines = wrap(name, (bounds.width - 20.0) / FONT_SIZE, 1);
                self.lines(svg, &lines, (x, bounds.y + 16.0), FONT_SIZE, "");
            }
            _ if node.kind.is_activity() => {
                let rows = if bounds.height < 60.0 { 2 } else { 3 };
                let lines = wrap(name, (bounds.width - 12.0) / FONT_SIZE, rows);
                let low = if lines.len() < rows { 6.0 } else { 4.0 };
                self.lines(svg, &lines, (x, y + low), FONT_SIZE, "");
            }
            _ => {
                let lines = wrap(name, 8.0, 2);
                let half = if lines.len() > 1 { 7.0 } else { 0.0 };
                let wide = lines.iter().map(|line| width(line)).fold(0.0, f64::max) * 12.0;
                let at = match free {
                    // Under the edge of its activity, beside the arrow that leaves downwards.
                    _ if matches!(node.kind, NodeKind::Boundary { .. }) => (bounds.right() + 4.0 + wide / 2.0, y + 10.0 + half),
                    Side::Below => (x, bounds.bottom() + 10.0 + half),
                    Side::Above => (x, bounds.y - 10.0 - half),
                    Side::Corner => (x - 10.0 - wide / 2.0, bounds.y - 2.0 - half),
                };
                self.lines(svg, &lines, at, 12.0, "");
            }
        }
    }

    fn arrow(&self, svg: &mut String, flow: FlowIx, line: &[Point], id: &str) {
        let flow = &self.definition[flow];
        let (source, target) = (self.state(&self.definition[flow.source]), self.state(&self.definition[flow.target]));
        let taken = if source == State::Done && target != State::Ahead { " flow-taken" } else { "" };
        let thickness = if taken.is_empty() { "1.5" } else { "2.5" };
        let points: Vec<String> = line.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
        let _ = writeln!(
            svg,
            "<polyline class=\"flow-arrow{taken}\" points=\"{}\" fill=\"none\" stroke=\"{LINE}\" \
             stroke-width=\"{thickness}\" stroke-linejoin=\"round\" marker-end=\"url(#{id}-tip)\"/>",
            points.join(" ")
        );
        let is_default = self.definition[flow.source].default.is_some_and(|default| self.definition[default].id == flow.id);
        if let ([first, second, ..], true) = (line, is_default) {
            let slash = marks::path(&[marks::Stroke::Line(&[(-4.0, 6.0), (4.0, -6.0)])], toward(*first, *second, 10.0));
            let _ = writeln!(svg, "<path d=\"{slash}\" stroke=\"{LINE}\" stroke-width=\"1.5\"/>");
        }
        self.arrow_name(svg, self.name(&flow.name, &flow.name_en), line);
    }

    fn arrow_name(&self, svg: &mut String, name: &str, line: &[Point]) {
        let (Some(first), Some(second)) = (line.first(), line.get(1)) else { return };
        let Some(shown) = wrap(name, 8.0, 1).into_iter().next() else { return };
        let at = beside(*first, *second, width(&shown) * 6.0);
        self.lines(svg, &[shown], at, 12.0, " paint-order=\"stroke\" stroke=\"#ffffff\" stroke-width=\"3\"");
    }

    /// Lines of text around a centre.
    fn lines(&self, svg: &mut String, lines: &[String], (x, y): Point, size: f64, attributes: &str) {
        if lines.is_empty() {
            return;
        }
        let _ = write!(svg, "<text text-anchor=\"middle\" font-size=\"{}\"{attributes}>", number(size));
        let mut at = y + size * 0.36;
        for _ in lines.iter().skip(1) {
            at -= size * 0.6;
        }
        for line in lines {
            let _ = write!(svg, "<tspan x=\"{}\" y=\"{}\">{}</tspan>", number(x), number(at), escape(line));
            at += size * 1.2;
        }
        svg.push_str("</text>");
    }
}

/// Where the name of an event or gateway has room.
#[derive(Clone, Copy)]
enum Side {
    Below,
    Above,
    /// Above, on the left.
    Corner,
}

fn free_side(bounds: &Bounds, picture: &Picture) -> Side {
    let ends = || picture.arrows.iter().flat_map(|(_, line)| [line.first(), line.last()]).flatten();
    let touched = |y: f64| ends().any(|end| (end.1 - y).abs() < 2.0 && end.0 > bounds.x - 1.0 && end.0 < bounds.right() + 1.0);
    match (touched(bounds.bottom()), touched(bounds.y)) {
        (false, _) => Side::Below,
        (true, false) => Side::Above,
        (true, true) => Side::Corner,
    }
}

/// The centre of a name of half a width at the beginning of an arrow: on the right of one that goes up or down, above one that goes to a side.
fn beside(first: Point, second: Point, half: f64) -> Point {
    let upright = (first.0 - second.0).abs() < 1.0;
    match (upright, second.1 > first.1, second.0 < first.0) {
        (true, true, _) => (first.0 + 6.0 + half, first.1 + 14.0),
        (true, false, _) => (first.0 + 6.0 + half, first.1 - 8.0),
        (false, _, false) => (first.0 + 6.0 + half, first.1 - 9.0),
        (false, _, true) => (first.0 - 6.0 - half, first.1 - 9.0),
    }
}

/// The point a distance along the way from one point to another.
fn toward(from: Point, to: Point, distance: f64) -> Point {
    let length = (to.0 - from.0).hypot(to.1 - from.1).max(1.0);
    (from.0 + (to.0 - from.0) / length * distance, from.1 + (to.1 - from.1) / length * distance)
}

fn rectangle(svg: &mut String, bounds: &Bounds, radius: f64, (fill, stroke, thickness): (&str, &str, f64), attributes: &str) {
    let (x, y, w, h) = (number(bounds.x), number(bounds.y), number(bounds.width), number(bounds.height));
    let (r, t) = (number(radius), number(thickness));
    let _ = write!(
        svg,
        "<rect{attributes} x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{r}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{t}\"/>"
    );
}

fn diamond(svg: &mut String, bounds: &Bounds, state: State) {
    let (fill, stroke, thickness) = state.colours();
    let (x, y) = bounds.center();
    let corners = [(x, bounds.y), (bounds.right(), y), (x, bounds.bottom()), (bounds.x, y)];
    let points: Vec<String> = corners.iter().map(|(x, y)| format!("{},{}", number(*x), number(*y))).collect();
    let _ = write!(svg, "<polygon points=\"{}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{}\"/>", points.join(" "), number(thickness));
}

/// Start: thin; end: thick; everything between: a double line, broken when it does not interrupt.
fn circles(svg: &mut String, node: &Node, bounds: &Bounds, state: State) {
    let (fill, stroke, thin) = state.colours();
    let (x, y) = bounds.center();
    let radius = bounds.width.min(bounds.height) / 2.0;
    let broken = matches!(node.kind, NodeKind::Boundary { interrupting: false, .. });
    let dashes = if broken { " stroke-dasharray=\"4 3\"" } else { "" };
    let thickness = if matches!(node.kind, NodeKind::End(_)) { thin + 2.0 } else { thin };
    let mut circle = |radius: f64, fill: &str, thickness: f64| {
        let (x, y, r, t) = (number(x), number(y), number(radius), number(thickness));
        let _ = write!(svg, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{t}\"{dashes}/>");
    };
    circle(radius, fill, thickness);
    if !matches!(node.kind, NodeKind::Start | NodeKind::End(_)) {
        circle(radius - 3.5, "none", 1.0);
    }
}

/// A token on active nodes, a tick on those that are done: never by colour alone.
fn badge(svg: &mut String, bounds: &Bounds, state: State) {
    let (x, y) = (bounds.right() - 5.0, bounds.y + 5.0);
    let (cx, cy) = (number(x), number(y));
    match state {
        State::Ahead => {}
        State::Active => {
            let _ =
                write!(svg, "<circle class=\"flow-token\" cx=\"{cx}\" cy=\"{cy}\" r=\"8\" fill=\"#8a4b00\" stroke=\"#ffffff\" stroke-width=\"2\"/>");
        }
        State::Done => {
            let tick = marks::path(&[marks::Stroke::Line(&[(-3.5, 0.0), (-1.0, 3.0), (4.0, -3.0)])], (x, y));
            let _ = write!(svg, "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"7\" fill=\"#146c43\" stroke=\"#ffffff\" stroke-width=\"1.5\"/>");
            let _ = write!(svg, "<path d=\"{tick}\" fill=\"none\" stroke=\"#ffffff\" stroke-width=\"2\"/>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_beside_its_arrow_and_not_over_what_it_leaves() {
        let from = (100.0, 50.0);
        assert_eq!(beside(from, (200.0, 50.0), 20.0), (126.0, 41.0));
        assert_eq!(beside(from, (0.0, 50.0), 20.0), (74.0, 41.0), "to the left");
        assert_eq!(beside(from, (100.0, 90.0), 20.0), (126.0, 64.0));
        assert_eq!(beside(from, (100.0, 10.0), 20.0), (126.0, 42.0));
    }
}
