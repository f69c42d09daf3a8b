//! First pass: what is in the file.

use super::reader::{Element, Reader};
use super::words::{LATER, REMARKS, node_words};
use super::{BPMN, drawing};
use crate::definition::{ErrorDeclaration, Message, Node, NodeIx, NodeKind, Process, ProcessIx, Scope, ScopeIx};

/// Nodes of one file; a flow that people can read has a tenth of that.
const NODES_MAX: usize = 1_000;
/// Sub-processes within each other.
const DEPTH_MAX: u32 = 8;

impl<'a> Reader<'a> {
    pub fn collect_definitions(&mut self, root: Element<'a>) {
        for child in root.children().filter(|child| child.is_element()) {
            match (child.tag_name().namespace() == Some(BPMN), child.tag_name().name()) {
                (true, "process") => self.collect_process(child),
                (true, "message") => self.collect_message(child),
                (true, "error") => self.collect_error(child),
                // Pools and message flows are drawn for readers; processes are run by id.
                (true, "collaboration") => {}
                (true, name) if REMARKS.contains(&name) => {}
                (false, "BPMNDiagram") if drawing::is_drawing(child) => self.definition.drawing = drawing::read(child),
                _ => self.unknown_element(child),
            }
        }
        if self.definition.processes.is_empty() {
            self.problem(
                root,
                "process-missing",
                "文件中没有 process，至少应有一个流程。".to_owned(),
                "Expected at least one process, but the file has none.".to_owned(),
            );
        }
    }

    pub fn unknown_element(&mut self, element: Element<'_>) {
        let name = element.tag_name().name();
        if element.tag_name().namespace() == Some(BPMN) && LATER.contains(&name) {
            let parent = element.parent_element().map_or("", |parent| parent.tag_name().name());
            self.problem(
                element,
                "element-later",
                format!("{parent} 中的 BPMN 元素 {name} 尚不能执行，不会被忽略，请改用已支持的元素。"),
                format!("Expected elements that are executed, but {name} in {parent} is not executed yet and would not be ignored."),
            );
        } else {
            self.problem(
                element,
                "element-unknown",
                format!("不认识的元素 {name}；未知元素不会被忽略，请删除或改用 BPMN 2.0 元素。"),
                format!("Expected a known BPMN 2.0 element, but found {name}; unknown elements are never ignored."),
            );
        }
    }

    /// `extensionElements` is where tools hide settings of other engines: an empty one is harmless, a filled one is refused.
    fn refuse_extensions(&mut self, element: Element<'a>) {
        for extension in element.children().filter(|child| child.is_element()) {
            let name = extension.tag_name().name();
            self.problem(
                extension,
                "extension-unknown",
                format!("扩展元素 {name} 不被解释，请删除；本系统的设置写作 zs: 属性。"),
                format!("Expected no extension elements, but found {name}; settings are written as zs: attributes."),
            );
        }
    }

    fn collect_process(&mut self, element: Element<'a>) {
        self.check_attributes(element, &["id", "name", "isExecutable", "isClosed", "processType"], Some(&["name-en"]));
        let process = ProcessIx(self.definition.processes.len());
        let id = self.id(element);
        let position = self.position(element);
        self.processes.insert(id.clone(), process);
        let name = element.attribute("name").unwrap_or_default().to_owned();
        let scope = ScopeIx(self.definition.scopes.len());
        let name_en = Self::own_attributes(element).remove("name-en").unwrap_or_default();
        self.definition.processes.push(Process { id, name, name_en, scope, position });
        self.definition.scopes.push(Scope { process, owner: None, start: None, nodes: Vec::new() });
        for child in self.bpmn_children(element) {
            match child.tag_name().name() {
                "laneSet" => self.collect_lanes(child, process),
                _ => self.collect_flow_element(child, scope),
            }
        }
        self.check_start(element, scope);
    }

    fn collect_flow_element(&mut self, element: Element<'a>, scope: ScopeIx) {
        match element.tag_name().name() {
            "sequenceFlow" => self.arrows.push((scope, element)),
            "extensionElements" => self.refuse_extensions(element),
            name if REMARKS.contains(&name) => {}
            name if node_words(name).is_some() => self.collect_node(element, scope),
            _ => self.unknown_element(element),
        }
    }

    fn collect_node(&mut self, element: Element<'a>, scope: ScopeIx) {
        let name = element.tag_name().name();
        let Some(words) = node_words(name) else { return };
        self.check_attributes(element, words.plain, words.own);
        let ix = NodeIx(self.definition.nodes.len());
        if ix.0 >= NODES_MAX {
            if ix.0 == NODES_MAX && !self.problems.iter().any(|problem| problem.code == "file-too-large") {
                self.too_large(
                    element,
                    format!("流程文件超过 {NODES_MAX} 个节点，请拆分。"),
                    format!("Expected at most {NODES_MAX} nodes in a file, but this is one more."),
                );
            }
            return;
        }
        let id = self.id(element);
        let attributes = Self::own_attributes(element);
        let node = Node {
            name: element.attribute("name").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
            name_en: attributes.get("name-en").cloned().unwrap_or_default(),
            kind: NodeKind::Milestone,
            scope,
            lane: None,
            incoming: Vec::new(),
            outgoing: Vec::new(),
            default: None,
            boundary: Vec::new(),
            attributes,
            position: self.position(element),
            id: id.clone(),
        };
        self.definition.nodes.push(node);
        self.definition.node_by_id.entry(id).or_insert(ix);
        self.definition[scope].nodes.push(ix);
        if name == "startEvent" {
            self.set_start(element, scope, ix);
        }
        if name == "subProcess" {
            self.collect_sub_process(element, scope, ix);
        } else {
            self.check_node_children(element, words.children);
        }
        self.nodes.push((ix, element));
    }

    fn check_node_children(&mut self, element: Element<'a>, known: &[&str]) {
        for child in self.bpmn_children(element) {
            match child.tag_name().name() {
                "incoming" | "outgoing" | "documentation" => {}
                "extensionElements" => self.refuse_extensions(child),
                name if known.contains(&name) => {}
                _ => self.unknown_element(child),
            }
        }
    }

    fn collect_sub_process(&mut self, element: Element<'a>, outer: ScopeIx, owner: NodeIx) {
        let process = self.definition[outer].process;
        if self.depth(outer) >= DEPTH_MAX {
            self.too_large(
                element,
                format!("子流程嵌套超过 {DEPTH_MAX} 层。"),
                format!("Expected at most {DEPTH_MAX} sub-processes within each other, but this is one more."),
            );
            return;
        }
        let scope = ScopeIx(self.definition.scopes.len());
        self.definition.scopes.push(Scope { process, owner: Some(owner), start: None, nodes: Vec::new() });
        self.definition[owner].kind = NodeKind::SubProcess { scope };
        for child in self.bpmn_children(element) {
            if !matches!(child.tag_name().name(), "incoming" | "outgoing") {
                self.collect_flow_element(child, scope);
            }
        }
        self.check_start(element, scope);
    }

    fn depth(&self, scope: ScopeIx) -> u32 {
        let owner = self.definition[scope].owner;
        owner.map_or(0, |owner| self.depth(self.definition[owner].scope).saturating_add(1))
    }

    fn too_large(&mut self, element: Element<'_>, zh: String, en: String) {
        self.problem(element, "file-too-large", zh, en);
    }

    fn set_start(&mut self, element: Element<'_>, scope: ScopeIx, ix: NodeIx) {
        if self.definition[scope].start.is_some() {
            self.problem(
                element,
                "start-many",
                "一个流程或子流程只能有一个开始事件。".to_owned(),
                "Expected one start event in a process or sub-process, but this is another one.".to_owned(),
            );
        } else {
            self.definition[scope].start = Some(ix);
        }
    }

    fn check_start(&mut self, element: Element<'_>, scope: ScopeIx) {
        if self.definition[scope].start.is_none() {
            let id = element.attribute("id").unwrap_or_default();
            self.problem(
                element,
                "start-missing",
                format!("“{id}”没有开始事件。"),
                format!("Expected “{id}” to have a start event, but it has none."),
            );
        }
    }

    fn collect_message(&mut self, element: Element<'a>) {
        self.check_attributes(element, &["id", "name", "itemRef"], Some(&[]));
        let id = self.id(element);
        let name = element.attribute("name").unwrap_or_default().trim().to_owned();
        if name.is_empty() {
            self.problem(
                element,
                "message-unnamed",
                format!("消息“{id}”没有名称，无法投递。"),
                format!("Expected message “{id}” to have a name under which it can be delivered, but it has none."),
            );
        }
        self.messages.insert(id.clone(), name.clone());
        let position = self.position(element);
        self.definition.messages.push(Message { id, name, position });
    }

    fn collect_error(&mut self, element: Element<'a>) {
        self.check_attributes(element, &["id", "name", "errorCode", "structureRef"], Some(&[]));
        let id = self.id(element);
        let code = element.attribute("errorCode").unwrap_or_default().trim().to_owned();
        if code.is_empty() {
            self.problem(
                element,
                "error-without-code",
                format!("错误“{id}”没有 errorCode。"),
                format!("Expected error “{id}” to have an errorCode, but it has none."),
            );
        }
        self.errors.insert(id.clone(), code.clone());
        let position = self.position(element);
        self.definition.errors.push(ErrorDeclaration { id, code, position });
    }
}
