//! Second pass: what refers to what.

use super::reader::{Element, Reader};
use crate::definition::{FlowIx, Node, NodeIx, NodeKind, ProcessIx, ScopeIx, SequenceFlow};
use std::collections::BTreeSet;

impl<'a> Reader<'a> {
    pub fn link(&mut self) {
        for (ix, element) in std::mem::take(&mut self.nodes) {
            if let Some(kind) = self.kind_of(ix, element) {
                self.definition[ix].kind = kind;
            }
            self.nodes.push((ix, element));
        }
        self.link_boundary_events();
        for (scope, element) in std::mem::take(&mut self.arrows) {
            self.link_arrow(scope, element);
        }
        for (ix, element) in std::mem::take(&mut self.nodes) {
            self.link_default(ix, element);
            self.check_arrows(ix, element);
        }
        self.link_lanes();
        self.choose_main();
    }

    fn link_boundary_events(&mut self) {
        let attached = |(ix, node): (NodeIx, &Node)| match node.kind {
            NodeKind::Boundary { host, .. } if host != ix => Some((ix, host)),
            _ => None,
        };
        let attached: Vec<_> = self.definition.indexed().filter_map(attached).collect();
        for (event, host) in attached {
            self.definition[host].boundary.push(event);
        }
    }

    fn link_arrow(&mut self, scope: ScopeIx, element: Element<'a>) {
        self.check_attributes(element, &["id", "name", "sourceRef", "targetRef", "isImmediate"], Some(&["name-en"]));
        let id = self.id(element);
        let condition = self.condition(element);
        let source = self.arrow_end(scope, element, "sourceRef");
        let target = self.arrow_end(scope, element, "targetRef");
        let (Some(source), Some(target)) = (source, target) else { return };
        let ix = FlowIx(self.definition.flows.len());
        if condition.is_some() && !self.definition[source].kind.is_choice() {
            self.problem(
                element,
                "condition-misplaced",
                format!("顺序流“{id}”带条件，但它不是从排他网关或包容网关出发。"),
                format!("Expected conditions on flows that leave an exclusive or inclusive gateway, but flow “{id}” leaves another node."),
            );
        }
        self.definition[source].outgoing.push(ix);
        self.definition[target].incoming.push(ix);
        self.definition.flow_by_id.entry(id.clone()).or_insert(ix);
        let name = element.attribute("name").unwrap_or_default().to_owned();
        let position = self.position(element);
        let name_en = Self::own_attributes(element).remove("name-en").unwrap_or_default();
        self.definition.flows.push(SequenceFlow { id, name, name_en, source, target, condition, position });
    }

    fn condition(&mut self, element: Element<'a>) -> Option<String> {
        let mut condition = None;
        for child in self.bpmn_children(element) {
            match child.tag_name().name() {
                "documentation" => {}
                "conditionExpression" => {
                    let text = child.text().unwrap_or_default().trim();
                    let feel = text.strip_prefix('=').unwrap_or(text).trim();
                    if feel.is_empty() {
                        self.problem(child, "condition-empty", "条件为空。".to_owned(), "Expected a FEEL condition, but it is empty.".to_owned());
                    }
                    condition = Some(feel.to_owned());
                }
                _ => self.unknown_element(child),
            }
        }
        condition
    }

    fn arrow_end(&mut self, scope: ScopeIx, element: Element<'_>, attribute: &str) -> Option<NodeIx> {
        let id = element.attribute(attribute).unwrap_or_default();
        let found = self.definition.node_by_id.get(id).copied();
        let inside = found.filter(|node| self.definition[*node].scope == scope);
        if inside.is_none() {
            let (zh, en) = match found {
                Some(_) => ("在另一个流程或子流程中，顺序流不得跨越边界", "is in another process or sub-process"),
                None => ("不存在", "does not exist"),
            };
            self.problem(
                element,
                "flow-dangling",
                format!("顺序流的 {attribute}“{id}”{zh}。"),
                format!("Expected {attribute} of the sequence flow to name a node beside it, but “{id}” {en}."),
            );
        }
        inside
    }

    fn link_default(&mut self, ix: NodeIx, element: Element<'_>) {
        let Some(id) = element.attribute("default") else { return };
        let leaving = self.definition[ix].outgoing.iter().copied().find(|flow| self.definition[*flow].id == id);
        if leaving.is_none() {
            self.problem(
                element,
                "default-unknown",
                format!("默认流“{id}”不是从该节点出发的顺序流。"),
                format!("Expected the default to be a flow that leaves the node, but “{id}” does not."),
            );
        }
        self.definition[ix].default = leaving;
    }

    /// Events have a side on which no arrow may stand.
    fn check_arrows(&mut self, ix: NodeIx, element: Element<'_>) {
        let node = &self.definition[ix];
        let (arriving, leaving) = match node.kind {
            NodeKind::Start | NodeKind::Boundary { .. } => (!node.incoming.is_empty(), false),
            NodeKind::End(_) => (false, !node.outgoing.is_empty()),
            _ => (false, false),
        };
        let id = node.id.clone();
        if arriving {
            self.problem(
                element,
                "flow-into-start",
                format!("顺序流不得指向开始事件或边界事件“{id}”。"),
                format!("Expected no flow into a start or boundary event, but one points to “{id}”."),
            );
        }
        if leaving {
            self.problem(
                element,
                "flow-out-of-end",
                format!("顺序流不得从结束事件“{id}”出发。"),
                format!("Expected no flow out of an end event, but one leaves “{id}”."),
            );
        }
        self.check_event_gateway(ix, element);
    }

    fn check_event_gateway(&mut self, ix: NodeIx, element: Element<'_>) {
        let node = &self.definition[ix];
        if node.kind != NodeKind::EventBased {
            return;
        }
        let targets: Vec<_> = node.outgoing.iter().map(|flow| self.definition[*flow].target).collect();
        let waits = |kind: &NodeKind| matches!(kind, NodeKind::Catch(_) | NodeKind::ReceiveTask { .. });
        let wrong: Vec<_> = targets.iter().map(|target| &self.definition[*target]).filter(|target| !waits(&target.kind)).collect();
        if let Some(target) = wrong.first().map(|target| target.id.clone()) {
            self.problem(
                element,
                "event-gateway-target",
                format!("事件网关之后只能是中间捕获事件或接收任务，“{target}”不是。"),
                format!("Expected catching events or receive tasks after an event-based gateway, but “{target}” is neither."),
            );
        }
    }

    /// The main process is the first that no call activity calls; processes that call each other in a circle are refused.
    fn choose_main(&mut self) {
        let calls: Vec<(ProcessIx, ProcessIx, NodeIx)> = self
            .definition
            .indexed()
            .filter_map(|(ix, node)| match node.kind {
                NodeKind::CallActivity { process } => Some((self.definition[node.scope].process, process, ix)),
                _ => None,
            })
            .collect();
        let called: BTreeSet<ProcessIx> = calls.iter().map(|(_, process, _)| *process).collect();
        let all = (0..self.definition.processes.len()).map(ProcessIx);
        self.definition.main = all.into_iter().find(|process| !called.contains(process)).unwrap_or_default();
        for (_, callee, node) in &calls {
            let (mut reached, mut work) = (BTreeSet::from([*callee]), vec![*callee]);
            while let Some(at) = work.pop() {
                work.extend(calls.iter().filter(|(from, to, _)| *from == at && reached.insert(*to)).map(|(_, to, _)| *to));
            }
            if reached.contains(&self.definition[self.definition[*node].scope].process) {
                let (id, position) = (self.definition[*node].id.clone(), self.definition[*node].position);
                self.problems.push(crate::problem::Problem::new(
                    position,
                    "call-circle",
                    format!("调用活动“{id}”使流程循环调用自身。"),
                    format!("Expected calls to end, but call activity “{id}” makes its process call itself."),
                ));
            }
        }
    }
}
