//! Words: ids, lanes, kinds, actions, outcomes, numbers.

use super::conditions;
use super::vocabulary::Vocabulary;
use crate::definition::{Definition, Node, NodeKind};
use crate::parse::is_snake_case;
use crate::problem::{Position, Problem};

pub(super) fn problems(definition: &Definition, vocabulary: &Vocabulary) -> Vec<Problem> {
    let mut problems = Vec::new();
    ids(definition, &mut problems);
    lanes(definition, vocabulary, &mut problems);
    for node in &definition.nodes {
        words(definition, node, vocabulary, &mut problems);
        numbers(node, &mut problems);
    }
    conditions::check(definition, vocabulary, &mut problems);
    problems
}

/// Node ids name variables, so they are FEEL names; arrows name nothing and may keep the ids that drawing tools give.
fn ids(definition: &Definition, problems: &mut Vec<Problem>) {
    let processes = definition.processes.iter().map(|process| (&process.id, process.position));
    let nodes = definition.nodes.iter().map(|node| (&node.id, node.position));
    let lanes = definition.lanes.iter().map(|lane| (&lane.id, lane.position));
    for (id, position) in processes.chain(nodes).chain(lanes) {
        if !id.is_empty() && !is_snake_case(id) {
            problems.push(Problem::new(
                position,
                "id-not-snake-case",
                format!("id“{id}”应为小写蛇形英文（如 site_visit），它同时是变量名。"),
                format!("Expected ids in snake_case such as site_visit, because they name variables, but “{id}” is not."),
            ));
        }
    }
}

fn lanes(definition: &Definition, vocabulary: &Vocabulary, problems: &mut Vec<Problem>) {
    for lane in &definition.lanes {
        if vocabulary.posts.as_ref().is_some_and(|posts| !posts.contains(&lane.id)) {
            problems.push(unknown(lane.position, "lane-unknown", "岗位", "post", &lane.id, vocabulary.posts.iter().flatten()));
        }
        if let (Some(duty), Some(duties)) = (&lane.duty, &vocabulary.duties)
            && !duties.contains(duty)
        {
            problems.push(unknown(lane.position, "duty-unknown", "职责", "duty", duty, duties.iter()));
        }
    }
}

fn words(definition: &Definition, node: &Node, vocabulary: &Vocabulary, problems: &mut Vec<Problem>) {
    match &node.kind {
        NodeKind::UserTask { kind } => {
            word(node, "zs:kind", kind, ("kind-missing", "kind-unknown"), vocabulary.kinds.keys(), problems);
            if definition.lane_of(node).is_none() {
                problems.push(Problem::new(
                    node.position,
                    "lane-missing",
                    format!("用户任务“{}”不在任何泳道（岗位）中，无人可办。", node.id),
                    format!("Expected user task “{}” to be in a lane, but it is in none, so no post would do it.", node.id),
                ));
            }
        }
        NodeKind::ServiceTask { action } => {
            word(node, "zs:action", action, ("action-missing", "action-unknown"), vocabulary.actions.iter(), problems);
        }
        NodeKind::End(_) => {
            if let Some(outcome) = node.attributes.get("outcome") {
                word(node, "zs:outcome", outcome, ("outcome-missing", "outcome-unknown"), vocabulary.outcomes.iter(), problems);
            }
        }
        _ => {}
    }
}

fn word<'a>(
    node: &Node,
    attribute: &str,
    value: &str,
    (missing, strange): (&'static str, &'static str),
    mut known: impl Iterator<Item = &'a String> + Clone,
    problems: &mut Vec<Problem>,
) {
    if value.is_empty() {
        problems.push(Problem::new(
            node.position,
            missing,
            format!("“{}”缺少 {attribute}。", node.id),
            format!("Expected “{}” to have {attribute}, but it has none.", node.id),
        ));
    } else if !known.clone().any(|word| word == value) {
        problems.push(unknown(node.position, strange, attribute, attribute, value, &mut known));
    }
}

fn unknown<'a>(at: Position, code: &'static str, zh: &str, en: &str, value: &str, known: impl Iterator<Item = &'a String>) -> Problem {
    let known = known.map(String::as_str).collect::<Vec<_>>().join(", ");
    Problem::new(at, code, format!("{zh}“{value}”不存在，可用：{known}。"), format!("Expected {en} to be one of {known}, but it is “{value}”."))
}

fn numbers(node: &Node, problems: &mut Vec<Problem>) {
    for name in ["limit-workdays", "officers"] {
        let Some(value) = node.attributes.get(name) else { continue };
        if !value.parse::<u32>().is_ok_and(|number| (1..=1000).contains(&number)) {
            problems.push(Problem::new(
                node.position,
                "number-malformed",
                format!("“{}”的 zs:{name} 应为 1 至 1000 的整数，实际为“{value}”。", node.id),
                format!("Expected zs:{name} of “{}” to be a whole number from 1 to 1000, but it is “{value}”.", node.id),
            ));
        }
    }
}
