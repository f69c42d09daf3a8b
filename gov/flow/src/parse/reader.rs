//! The state of one reading, and what every part of the parser needs: places, ids, attribute checks.

use super::words::NEUTRAL;
use super::{BPMN, ZS};
use crate::definition::{Definition, LaneIx, NodeIx, ProcessIx, ScopeIx};
use crate::problem::{Position, Problem};
use std::collections::{BTreeMap, HashMap};

pub(super) type Element<'a> = roxmltree::Node<'a, 'a>;

pub(super) struct Reader<'a> {
    xml: &'a str,
    line_starts: Vec<usize>,
    ids: HashMap<String, Position>,
    pub problems: Vec<Problem>,
    pub definition: Definition,
    /// Elements met in the first pass, to be linked in the second.
    pub nodes: Vec<(NodeIx, Element<'a>)>,
    pub arrows: Vec<(ScopeIx, Element<'a>)>,
    pub lanes: Vec<(LaneIx, Element<'a>)>,
    pub processes: HashMap<String, ProcessIx>,
    pub messages: HashMap<String, String>,
    pub errors: HashMap<String, String>,
}

impl<'a> Reader<'a> {
    pub fn new(xml: &'a str) -> Self {
        let breaks = xml.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at.saturating_add(1));
        Self {
            xml,
            line_starts: std::iter::once(0).chain(breaks).collect(),
            ids: HashMap::new(),
            problems: Vec::new(),
            definition: Definition::default(),
            nodes: Vec::new(),
            arrows: Vec::new(),
            lanes: Vec::new(),
            processes: HashMap::new(),
            messages: HashMap::new(),
            errors: HashMap::new(),
        }
    }

    pub fn position(&self, element: Element<'_>) -> Position {
        self.position_at(element.range().start)
    }

    fn position_at(&self, offset: usize) -> Position {
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|before| self.line_starts.get(before)).copied().unwrap_or(0);
        let characters = self.xml.get(start..offset).map_or(0, |text| text.chars().count());
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Position { line: count(line), column: count(characters.saturating_add(1)) }
    }

    pub fn problem(&mut self, at: Element<'_>, code: &'static str, zh: String, en: String) {
        let position = self.position(at);
        self.problems.push(Problem::new(position, code, zh, en));
    }

    /// The id of an element; a missing or repeated one is a problem.
    pub fn id(&mut self, element: Element<'_>) -> String {
        let name = element.tag_name().name();
        let Some(id) = element.attribute("id").filter(|id| !id.is_empty()) else {
            self.problem(element, "id-missing", format!("{name} 缺少 id。"), format!("Expected {name} to have an id, but it has none."));
            return String::new();
        };
        let position = self.position(element);
        if let Some(first) = self.ids.get(id).copied() {
            self.problem(
                element,
                "id-duplicate",
                format!("id“{id}”已在第 {} 行使用，同一文件内 id 不得重复。", first.line),
                format!("Expected ids to be unique, but “{id}” is already used on line {}.", first.line),
            );
        } else {
            self.ids.insert(id.to_owned(), position);
        }
        id.to_owned()
    }

    /// Refuses attributes that nobody would read. `own: None` allows any attribute of the product's namespace.
    pub fn check_attributes(&mut self, element: Element<'_>, plain: &[&str], own: Option<&[&str]>) {
        for attribute in element.attributes() {
            let name = attribute.name();
            let known = match attribute.namespace() {
                None => plain.contains(&name),
                Some(ZS) => own.is_none_or(|own| own.contains(&name)),
                Some(_) => false,
            };
            let position = self.position_at(attribute.range().start);
            if !known {
                let (zh, en) = unknown_attribute(element, &attribute, plain, own);
                self.problems.push(Problem::new(position, "attribute-unknown", zh, en));
            } else if let Some((_, neutral)) = NEUTRAL.iter().find(|(neutral, _)| *neutral == name)
                && attribute.value() != *neutral
            {
                self.problems.push(Problem::new(
                    position,
                    "attribute-later",
                    format!("暂不支持 {name}=\"{}\"，只能为 \"{neutral}\"。", attribute.value()),
                    format!("Expected {name} to be \"{neutral}\", but \"{}\" is not executed yet.", attribute.value()),
                ));
            }
        }
    }

    /// The attributes in the product's namespace, without prefix.
    pub fn own_attributes(element: Element<'_>) -> BTreeMap<String, String> {
        let own = element.attributes().filter(|attribute| attribute.namespace() == Some(ZS));
        own.map(|attribute| (attribute.name().to_owned(), attribute.value().to_owned())).collect()
    }

    /// The child elements in the BPMN namespace; any other namespace is a problem.
    pub fn bpmn_children(&mut self, element: Element<'a>) -> Vec<Element<'a>> {
        let mut children = Vec::new();
        for child in element.children().filter(|child| child.is_element()) {
            if child.tag_name().namespace() == Some(BPMN) {
                children.push(child);
            } else {
                self.unknown_element(child);
            }
        }
        children
    }
}

fn unknown_attribute(element: Element<'_>, attribute: &roxmltree::Attribute<'_, '_>, plain: &[&str], own: Option<&[&str]>) -> (String, String) {
    let shown = match attribute.namespace() {
        None => attribute.name().to_owned(),
        Some(ZS) => format!("zs:{}", attribute.name()),
        Some(other) => format!("{{{other}}}{}", attribute.name()),
    };
    let mut known: Vec<String> = plain.iter().map(|name| (*name).to_owned()).collect();
    known.extend(own.unwrap_or_default().iter().map(|name| format!("zs:{name}")));
    let (tag, known) = (element.tag_name().name(), known.join(", "));
    (
        format!("{tag} 上的属性 {shown} 不被识别，可用属性：{known}。"),
        format!("Expected only known attributes on {tag} ({known}), but found {shown}."),
    )
}
