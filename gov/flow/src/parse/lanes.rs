//! Lanes: the posts.

use super::reader::{Element, Reader};
use crate::definition::{Lane, LaneIx, ProcessIx};

impl<'a> Reader<'a> {
    pub fn collect_lanes(&mut self, lane_set: Element<'a>, process: ProcessIx) {
        for child in self.bpmn_children(lane_set) {
            match child.tag_name().name() {
                "lane" => self.collect_lane(child, process),
                "documentation" => {}
                _ => self.unknown_element(child),
            }
        }
    }

    fn collect_lane(&mut self, element: Element<'a>, process: ProcessIx) {
        self.check_attributes(element, &["id", "name"], Some(&["name-en", "duty", "organ"]));
        let id = self.id(element);
        let own = Self::own_attributes(element);
        if own.contains_key("duty") && own.contains_key("organ") {
            self.problem(
                element,
                "lane-two-organs",
                format!("泳道“{id}”只能写 zs:duty 或 zs:organ 之一。"),
                format!("Expected lane “{id}” to have zs:duty or zs:organ, but it has both."),
            );
        }
        let lane = Lane {
            id,
            name: element.attribute("name").unwrap_or_default().to_owned(),
            name_en: own.get("name-en").cloned().unwrap_or_default(),
            duty: own.get("duty").cloned(),
            organ_expr: own.get("organ").map(|organ| organ_expression(organ)),
            process,
            position: self.position(element),
        };
        self.lanes.push((LaneIx(self.definition.lanes.len()), element));
        self.definition.lanes.push(lane);
    }

    /// Puts the nodes named by the lanes into them.
    pub fn link_lanes(&mut self) {
        for (lane, element) in std::mem::take(&mut self.lanes) {
            for child in self.bpmn_children(element) {
                match child.tag_name().name() {
                    "flowNodeRef" => self.link_lane(lane, child),
                    "documentation" => {}
                    _ => self.unknown_element(child),
                }
            }
        }
    }

    fn link_lane(&mut self, lane: LaneIx, reference: Element<'_>) {
        let id = reference.text().unwrap_or_default().trim();
        let Some(node) = self.definition.node_by_id.get(id).copied() else {
            self.problem(
                reference,
                "lane-node-unknown",
                format!("泳道引用的节点“{id}”不存在。"),
                format!("Expected the lane to name a node of the file, but “{id}” does not exist."),
            );
            return;
        };
        if let Some(other) = self.definition[node].lane.map(|other| self.definition[other].id.clone()) {
            self.problem(
                reference,
                "lane-twice",
                format!("节点“{id}”已在泳道“{other}”中，一个节点只能在一条泳道。"),
                format!("Expected node “{id}” to be in one lane, but lane “{other}” names it too."),
            );
        } else if self.definition[self.definition[node].scope].process != self.definition[lane].process {
            self.problem(
                reference,
                "lane-node-unknown",
                format!("节点“{id}”属于另一个流程，不能放入此泳道。"),
                format!("Expected the lane to name nodes of its own process, but “{id}” belongs to another one."),
            );
        } else {
            self.definition[node].lane = Some(lane);
        }
    }
}

/// `=assign.organ` is FEEL; anything else is the organ itself, that is, a FEEL text.
fn organ_expression(organ: &str) -> String {
    match organ.trim().strip_prefix('=') {
        Some(feel) => feel.trim().to_owned(),
        None => format!("\"{}\"", organ.trim().replace('\\', "\\\\").replace('"', "\\\"")),
    }
}
