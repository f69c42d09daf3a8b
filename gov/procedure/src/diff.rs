//! What differs between two versions of a package, in words.

use std::collections::{BTreeMap, BTreeSet};

use flow::{Node, NodeKind};
use i18n::Text;
use serde::Serialize;

use crate::codes::Code;
use crate::item::Item;
use crate::package::Package;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What it concerns: `limits`, `visits`, `fee`, `basis`, `material`, `situation`, `field`, `task`, `table`, `text`.
    pub part: &'static str,
    /// The sentence.
    pub text: Text,
}

/// The differences from the old to the new version, in the order of the guide. Empty for equal packages.
#[must_use]
pub fn diff(old: &Package, new: &Package) -> Vec<Change> {
    let mut changes = Vec::new();
    diff_basic(&old.item, &new.item, &mut changes);
    diff_named("basis", ("设定依据", "Legal basis"), &bases(&old.item), &bases(&new.item), &mut changes);
    diff_named("fee", ("收费项目", "Fee"), &fees(&old.item), &fees(&new.item), &mut changes);
    diff_named("material", ("材料", "Material"), &materials(&old.item), &materials(&new.item), &mut changes);
    diff_named("situation", ("情形问题", "Guide question"), &situations(&old.item), &situations(&new.item), &mut changes);
    diff_named("field", ("表单字段", "Form field"), &fields(old), &fields(new), &mut changes);
    diff_named("task", ("办理环节", "Step of the flow"), &tasks(old), &tasks(new), &mut changes);
    let tables = |package: &Package| package.files().iter().filter(|(path, _)| path.starts_with("rules/")).map(file_entry).collect();
    diff_named("table", ("决策表", "Decision file"), &tables(old), &tables(new), &mut changes);
    changes
}

/// Name in both languages, and whatever tells one state from another.
type Named = BTreeMap<String, (Text, String)>;

fn diff_named(part: &'static str, (zh, en): (&str, &str), old: &Named, new: &Named, changes: &mut Vec<Change>) {
    let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for id in ids {
        let (name, said) = match (old.get(id), new.get(id)) {
            (Some((name, _)), None) => (name, ("取消", "removed")),
            (None, Some((name, _))) => (name, ("新增", "added")),
            (Some((_, before)), Some((name, after))) if before != after => (name, ("有变化", "changed")),
            _ => continue,
        };
        let text = Text::new(format!("{zh}“{}”{}。", name.zh, said.0), format!("{en} \"{}\" {}.", name.en, said.1));
        changes.push(Change { part, text });
    }
}

fn diff_basic(old: &Item, new: &Item, changes: &mut Vec<Change>) {
    let mut value = |part: &'static str, (zh, en): (&str, &str), before: Text, after: Text| {
        if before != after {
            let text = Text::new(format!("{zh}由“{}”改为“{}”。", before.zh, after.zh), format!("{en} from \"{}\" to \"{}\".", before.en, after.en));
            changes.push(Change { part, text });
        }
    };
    let statutory = |item: &Item| item.limits.statutory.as_ref().map_or_else(|| Text::new("无", "none"), |limit| limit.limit.label());
    value("text", ("事项名称", "Name"), old.name.clone(), new.name.clone());
    value("limits", ("法定办结时限", "Statutory limit"), statutory(old), statutory(new));
    value("limits", ("承诺办结时限", "Promised limit"), old.limits.promised.label(), new.limits.promised.label());
    let numbers = [
        (("延长期限（工作日）", "Extension (working days)"), old.limits.extension_workdays_max, new.limits.extension_workdays_max),
        (("补正期限（工作日）", "Time to correct (working days)"), old.limits.correction_answer_workdays, new.limits.correction_answer_workdays),
        (("送达期限（工作日）", "Delivery (working days)"), old.limits.delivery_workdays, new.limits.delivery_workdays),
    ];
    for (name, before, after) in numbers {
        value("limits", name, Text::same(before.to_string()), Text::same(after.to_string()));
    }
    value("visits", ("到现场次数", "Visits"), Text::same(old.visits_max.to_string()), Text::same(new.visits_max.to_string()));
    value("visits", ("网上办理深度", "Online depth"), old.online_depth.label(), new.online_depth.label());
    value("visits", ("办件类型", "Handling"), old.handling.label(), new.handling.label());
}

fn debug(value: &impl std::fmt::Debug) -> String {
    format!("{value:?}")
}

fn bases(item: &Item) -> Named {
    item.basis.iter().map(|basis| (basis.citation(), (Text::same(basis.citation()), debug(basis)))).collect()
}

fn fees(item: &Item) -> Named {
    item.fees.iter().map(|fee| (fee.name.zh.clone(), (fee.name.clone(), debug(fee)))).collect()
}

fn materials(item: &Item) -> Named {
    item.materials.iter().map(|material| (material.id.clone(), (material.name.clone(), debug(material)))).collect()
}

fn situations(item: &Item) -> Named {
    item.situations.iter().map(|situation| (situation.id.clone(), (situation.question.clone(), debug(situation)))).collect()
}

fn fields(package: &Package) -> Named {
    let entry = |field: &forms::Field| {
        let page = package.form.page_of(&field.name).map(|page| (&page.id, &page.when));
        let kind = (&field.kind, &field.widget, field.required, &field.format, &field.choices, field.length_max);
        let state = format!("{page:?}{kind:?}{:?}{:?}{:?}{:?}{:?}", field.when, field.prefill, field.fixed, field.verify, field.title);
        (field.name.clone(), (field.title.clone(), state))
    };
    package.form.fields().iter().map(entry).collect()
}

fn tasks(package: &Package) -> Named {
    let does_something = |node: &&Node| match &node.kind {
        NodeKind::UserTask { .. } | NodeKind::ServiceTask { .. } | NodeKind::BusinessRuleTask { .. } | NodeKind::ReceiveTask { .. } => true,
        NodeKind::ScriptTask { .. } | NodeKind::SubProcess { .. } | NodeKind::CallActivity { .. } | NodeKind::Boundary { .. } => true,
        NodeKind::Start | NodeKind::End(_) | NodeKind::Exclusive | NodeKind::Parallel | NodeKind::Inclusive | NodeKind::EventBased => false,
        NodeKind::Catch(_) | NodeKind::Milestone => false,
    };
    let entry = |node: &Node| {
        let named = |name: &str| if name.is_empty() { node.id.clone() } else { name.to_owned() };
        let lane = package.flow.lane_of(node).map(|lane| lane.id.clone());
        let next: Vec<&str> = node.outgoing.iter().map(|flow| package.flow[package.flow[*flow].target].id.as_str()).collect();
        let state = format!("{:?}{:?}{lane:?}{next:?}", node.attributes, node.name);
        (node.id.clone(), (Text::new(named(&node.name), named(&node.name_en)), state))
    };
    package.flow.nodes.iter().filter(does_something).map(entry).collect()
}

fn file_entry((path, content): (&str, &[u8])) -> (String, (Text, String)) {
    (path.to_owned(), (Text::same(path), seal::hash::sm3_hex(content)))
}
