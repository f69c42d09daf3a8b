//! Pictures: accessible, allowed by a strict content policy, nothing on top of anything else.

use crate::drive::definition;
use crate::structures::{blocks, flow_of};
use flow::{Definition, Language, diagram_svg, diagram_svg_in, parse};
use proptest::prelude::*;
use roxmltree::{Document, Node};

const PERMIT: &str = "start submitted name=提交
user accept kind=accept name=受理 lane=window
xor accepted
end refused outcome=refused name=不予受理
    and fork
user review name=材料审查 lane=desk
user visit kind=visit name='现场核查 A&B' lane=inspection
on_timer visit_late of=visit after=P5D aside
service remind name=催办
    end reminded outcome=-
and join
user decide kind=decide lane=head name=决定
xor decided
service issue action=issue name=制证
end approved outcome=approved
end rejected outcome=rejected
    submitted -> accept -> accepted
accepted -> refused if accept.outcome = \"refused\"
accepted -> fork default
fork -> review -> join
fork -> visit -> join
    visit_late -> remind -> reminded
join -> decide -> decided
decided -> accept if decide.again = 1
decided -> issue if decide.outcome = \"approved\"
decided -> rejected default
issue -> approved";

fn drawn_nodes<'a>(document: &'a Document<'a>) -> impl Iterator<Item = Node<'a, 'a>> {
    document.descendants().filter(|node| node.attribute("class").is_some_and(|class| class.contains("flow-node")))
}

/// The outline of a node: its first shape.
fn outline(node: Node<'_, '_>) -> (f64, f64, f64, f64) {
    let shape = node.children().find(|child| ["rect", "circle", "polygon"].contains(&child.tag_name().name())).unwrap();
    let value = |name: &str| shape.attribute(name).unwrap().parse::<f64>().unwrap();
    match shape.tag_name().name() {
        "rect" => (value("x"), value("y"), value("x") + value("width"), value("y") + value("height")),
        "circle" => (value("cx") - value("r"), value("cy") - value("r"), value("cx") + value("r"), value("cy") + value("r")),
        _ => {
            let points: Vec<(f64, f64)> = points(shape.attribute("points").unwrap());
            let fold = |start: f64, pick: fn(f64, f64) -> f64, of: fn(&(f64, f64)) -> f64| points.iter().map(of).fold(start, pick);
            (
                fold(f64::MAX, f64::min, |p| p.0),
                fold(f64::MAX, f64::min, |p| p.1),
                fold(f64::MIN, f64::max, |p| p.0),
                fold(f64::MIN, f64::max, |p| p.1),
            )
        }
    }
}

fn points(text: &str) -> Vec<(f64, f64)> {
    text.split(' ').map(|pair| pair.split_once(',').unwrap()).map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap())).collect()
}

/// Everything that holds of every picture.
fn check_picture(definition: &Definition, svg: &str) {
    let document = Document::parse(svg).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    for id in root.attribute("aria-labelledby").unwrap().split(' ') {
        assert!(document.descendants().any(|node| node.attribute("id") == Some(id) && node.text().is_some()), "no {id}");
    }
    for node in document.descendants() {
        assert!(node.attributes().all(|attribute| attribute.name() != "style" && !attribute.name().starts_with("on")));
        assert!(!["script", "style", "image", "foreignObject", "a"].contains(&node.tag_name().name()));
    }
    let view = root.attribute("viewBox").unwrap().split(' ').map(|part| part.parse::<f64>().unwrap()).collect::<Vec<_>>();
    let boxes: Vec<_> = drawn_nodes(&document).map(|node| (node.attribute("data-node").unwrap(), outline(node))).collect();
    for (id, (left, top, right, bottom)) in &boxes {
        assert!(*left >= 0.0 && *top >= 0.0 && *right <= view[2] && *bottom <= view[3], "{id} is outside");
    }
    let apart = |a: (f64, f64, f64, f64), b: (f64, f64, f64, f64)| a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
    for (index, (a, first)) in boxes.iter().enumerate() {
        for (b, second) in &boxes[index + 1..] {
            assert!(apart(*first, *second) || belongs(definition, a, b) || belongs(definition, b, a), "{a} and {b} overlap");
        }
    }
}

/// Whether one node is a boundary event of the other or inside it.
fn belongs(definition: &Definition, inner: &str, outer: &str) -> bool {
    let (inner, outer) = (definition.node(inner).unwrap(), definition.node(outer).unwrap());
    let at_edge = |node: &flow::Node| outer.boundary.iter().any(|event| definition[*event].id == node.id);
    let owner = definition[inner.scope].owner.map(|owner| &definition[owner]);
    at_edge(inner) || owner.is_some_and(|owner| owner.id == outer.id || belongs(definition, &owner.id, &outer.id))
}

#[test]
fn a_flow_without_a_drawing_is_laid_out() {
    let definition = definition(PERMIT);
    let svg = diagram_svg(&definition, &["visit", "join"], &["submitted", "accept", "accepted", "fork", "review"], "食品经营许可的办理流程");
    check_picture(&definition, &svg);
    let document = Document::parse(&svg).unwrap();
    assert_eq!(drawn_nodes(&document).count(), definition.nodes.len());
    let class = |id: &str| drawn_nodes(&document).find(|node| node.attribute("data-node") == Some(id)).unwrap().attribute("class").unwrap();
    assert_eq!(class("visit"), "flow-node flow-active");
    assert_eq!(class("accept"), "flow-node flow-done");
    assert_eq!(class("decide"), "flow-node");
    assert!(svg.contains("<title id=\"flow-main-title\">食品经营许可的办理流程</title>"));
    let told = ["已完成：提交、受理、材料审查", "进行中：现场核查 A&amp;B", "其他环节：不予受理、催办、决定、制证"].join("；");
    assert!(svg.contains(&told), "{svg}");
    assert_eq!(svg.matches("flow-lane").count(), 4);
    assert_eq!(svg.matches("class=\"flow-arrow").count(), definition.flows.len());
    assert_eq!(svg.matches("flow-taken").count(), 6);
    assert_eq!(svg, diagram_svg(&definition, &["visit", "join"], &["submitted", "accept", "accepted", "fork", "review"], "食品经营许可的办理流程"));
}

#[test]
fn english_names_are_shown_where_there_are_any() {
    let xml = crate::sketch::sketch(
        "start s
user a name=受理
user b name=决定
end e
s -> a -> b -> e",
    )
    .replace("<userTask id=\"a\"", "<userTask id=\"a\" zs:name-en=\"Accept\"");
    let svg = diagram_svg_in(&parse(&xml).unwrap(), &["a"], &[], "Steps", Language::En);
    assert!(svg.contains("<title>Accept (in progress)</title>") && svg.contains("<title>决定</title>"));
    assert!(svg.contains("In progress: Accept; Other steps: 决定"));
}

#[test]
fn hostile_names_stay_text() {
    let xml = crate::sketch::sketch(
        "start s
user a name=X
end e
s -> a -> e",
    )
    .replace("name=\"X\"", "name=\"&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x\"");
    let definition = parse(&xml).unwrap();
    check_picture(&definition, &diagram_svg(&definition, &["a\"><script>"], &[], "<script>"));
}

#[test]
fn the_drawing_in_the_file_is_kept() {
    let di = "<bpmndi:BPMNDiagram xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\"
        xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\"><bpmndi:BPMNPlane bpmnElement=\"main\">
        <bpmndi:BPMNShape bpmnElement=\"s\"><dc:Bounds x=\"1000\" y=\"500\" width=\"36\" height=\"36\"/></bpmndi:BPMNShape>
        <bpmndi:BPMNShape bpmnElement=\"a\"><dc:Bounds x=\"1100\" y=\"480\" width=\"100\" height=\"80\"/></bpmndi:BPMNShape>
        <bpmndi:BPMNShape bpmnElement=\"e\"><dc:Bounds x=\"1300\" y=\"500\" width=\"36\" height=\"36\"/></bpmndi:BPMNShape>
        <bpmndi:BPMNEdge bpmnElement=\"f1\"><di:waypoint x=\"1036\" y=\"518\"/><di:waypoint x=\"1100\" y=\"518\"/></bpmndi:BPMNEdge>
        </bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>";
    let xml = crate::sketch::sketch("start s\nuser a\nend e\ns -> a -> e").replace("</definitions>", di);
    let definition = parse(&xml).unwrap();
    let svg = diagram_svg(&definition, &[], &[], "x");
    check_picture(&definition, &svg);
    assert!(svg.contains("<rect x=\"112\" y=\"12\" width=\"100\" height=\"80\""), "{svg}");
    assert!(svg.contains("points=\"48,50 112,50\""), "{svg}");
    let incomplete = xml.replace("bpmnElement=\"e\"", "bpmnElement=\"other\"");
    assert!(!diagram_svg(&parse(&incomplete).unwrap(), &[], &[], "x").contains("width=\"100\" height=\"80\""));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn structured_processes_are_drawn_without_overlaps(block in blocks()) {
        let definition = parse(&flow_of(&block).0).unwrap();
        check_picture(&definition, &diagram_svg(&definition, &[], &[], "x"));
    }
}
