//! What kind of node an element is.

use super::events::flag;
use super::reader::{Element, Reader};
use super::script::assignments;
use crate::definition::{NodeIx, NodeKind};

impl<'a> Reader<'a> {
    /// The kind of a node; `None` for sub-processes, which the first pass has made.
    pub fn kind_of(&mut self, ix: NodeIx, element: Element<'a>) -> Option<NodeKind> {
        let own = |name: &str| element.attribute((super::ZS, name)).unwrap_or_default().trim().to_owned();
        let kind = match element.tag_name().name() {
            "startEvent" => NodeKind::Start,
            "endEvent" => NodeKind::End(self.end_kind(element)),
            "userTask" => NodeKind::UserTask { kind: own("kind") },
            "serviceTask" => NodeKind::ServiceTask { action: own("action") },
            "businessRuleTask" => {
                self.require_table(element);
                NodeKind::BusinessRuleTask { table: own("table"), decision: own("decision") }
            }
            "receiveTask" => NodeKind::ReceiveTask { message: self.message_name(element) },
            "scriptTask" => self.script_task(element),
            "exclusiveGateway" => NodeKind::Exclusive,
            "parallelGateway" => NodeKind::Parallel,
            "inclusiveGateway" => NodeKind::Inclusive,
            "eventBasedGateway" => NodeKind::EventBased,
            "intermediateCatchEvent" => NodeKind::Catch(self.trigger(element)?),
            "boundaryEvent" => self.boundary_event(ix, element)?,
            "callActivity" => self.call_activity(element)?,
            "subProcess" => return None,
            _ => NodeKind::Milestone,
        };
        Some(kind)
    }

    fn require_table(&mut self, element: Element<'_>) {
        for name in ["table", "decision"] {
            if element.attribute((super::ZS, name)).is_none_or(|value| value.trim().is_empty()) {
                self.problem(
                    element,
                    "table-missing",
                    format!("业务规则任务缺少 zs:{name}。"),
                    format!("Expected the business-rule task to have zs:{name}, but it has none."),
                );
            }
        }
    }

    fn script_task(&mut self, element: Element<'a>) -> NodeKind {
        let attribute = element.attribute((super::ZS, "set"));
        let script = element.children().find(|child| child.has_tag_name((super::BPMN, "script"))).map(|child| child.text().unwrap_or_default());
        if attribute.is_some() && script.is_some() {
            self.problem(
                element,
                "script-twice",
                "脚本任务只能写 zs:set 或 script 之一。".to_owned(),
                "Expected the script task to have zs:set or a script, but it has both.".to_owned(),
            );
        }
        let sets = assignments(attribute.or(script).unwrap_or_default()).unwrap_or_else(|part| {
            self.problem(
                element,
                "script-malformed",
                format!("脚本应为“变量 = FEEL”，以分号分隔，变量名为小写蛇形；“{part}”不是。"),
                format!("Expected “name = FEEL” separated by semicolons, names in snake_case, but “{part}” is not."),
            );
            Vec::new()
        });
        NodeKind::ScriptTask { sets }
    }

    fn boundary_event(&mut self, ix: NodeIx, element: Element<'a>) -> Option<NodeKind> {
        let interrupting = flag(element, "cancelActivity", true);
        let id = element.attribute("attachedToRef").unwrap_or_default();
        let host = self.definition.node_by_id.get(id).copied();
        let trigger = self.trigger(element);
        let scope = self.definition[ix].scope;
        let beside = host.filter(|host| self.definition[*host].scope == scope);
        let activity = |name: &str| super::words::node_words(name).is_some_and(|words| words.plain.contains(&"isForCompensation"));
        let tag = element.document().descendants().find(|other| other.attribute("id") == Some(id)).map(|other| other.tag_name().name());
        if beside.is_none() || !tag.is_some_and(activity) {
            self.problem(
                element,
                "boundary-unattached",
                format!("边界事件应附着于同一流程中的活动，“{id}”不是。"),
                format!("Expected the boundary event to be attached to an activity beside it, but “{id}” is not one."),
            );
        }
        let trigger = trigger?;
        if !interrupting && matches!(trigger, crate::definition::Trigger::Error(_)) {
            self.problem(
                element,
                "error-not-interrupting",
                "错误边界事件必然中断活动，不能写 cancelActivity=\"false\"。".to_owned(),
                "Expected an error boundary event to interrupt, but it says cancelActivity=\"false\".".to_owned(),
            );
        }
        Some(NodeKind::Boundary { host: beside.unwrap_or(ix), interrupting, trigger })
    }

    fn call_activity(&mut self, element: Element<'_>) -> Option<NodeKind> {
        let id = element.attribute("calledElement").unwrap_or_default();
        // A prefix of the file's own target namespace is allowed: `tns:inspection`.
        let local = id.rsplit(':').next().unwrap_or(id);
        let process = self.processes.get(local).copied();
        if process.is_none() {
            self.problem(
                element,
                "call-unknown",
                format!("调用的流程“{id}”不在本文件中。"),
                format!("Expected calledElement to name a process of this file, but “{id}” does not exist."),
            );
        }
        process.map(|process| NodeKind::CallActivity { process })
    }
}
