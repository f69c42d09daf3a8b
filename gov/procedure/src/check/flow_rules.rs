//! The flow against the rest of the package: certificates, tables, officers, limits.

use flow::{Node, NodeKind, Vocabulary};

use crate::check::report::Report;
use crate::codes::{ClockStarts, ItemType, StartedBy};
use crate::finding::Finding;
use crate::package::{Package, flow_finding};

/// 行政许可法 第三十四条第三款: the substance is checked on site by at least two members of staff.
const OFFICERS_MIN: u32 = 2;

pub(crate) fn check(package: &Package, report: &mut Report<'_>) {
    for problem in flow::model_check(&package.flow, &Vocabulary::default()) {
        report.push(flow_finding(problem));
    }
    for node in &package.flow.nodes {
        match &node.kind {
            NodeKind::UserTask { kind } => check_task(package, node, kind, report),
            NodeKind::ServiceTask { action } => check_action(package, node, action, report),
            NodeKind::BusinessRuleTask { table, decision } => check_table(package, node, table, decision, report),
            NodeKind::End(_) if !node.attributes.contains_key("outcome") && in_main(package, node) => {
                let (zh, en) =
                    (format!("结束事件“{}”没有写明结果（zs:outcome）。", node.id), format!("The end event \"{}\" has no zs:outcome.", node.id));
                error(node, "outcome-missing", zh, en, report);
            }
            _ => {}
        }
    }
    check_acceptance(package, report);
    check_use(package, report);
}

fn error(node: &Node, code: &'static str, zh: String, en: String, report: &mut Report<'_>) {
    report.push(Finding::error("flow.bpmn", node.position.line, code, zh, en));
}

fn in_main(package: &Package, node: &Node) -> bool {
    let plain = matches!(&node.kind, NodeKind::End(kind) if !matches!(kind, flow::EndKind::Error(_)));
    plain && package.flow.main_process().is_some_and(|main| main.scope == node.scope)
}

fn check_task(package: &Package, node: &Node, kind: &str, report: &mut Report<'_>) {
    let has_limit = node.attributes.contains_key("limit-workdays");
    if !has_limit {
        let zh = format!("任务“{}”没有办理时限（zs:limit-workdays），无法核对承诺时限。", node.id);
        error(
            node,
            "task-limit-missing",
            zh,
            format!("The task \"{}\" has no zs:limit-workdays, so the promise cannot be checked.", node.id),
            report,
        );
    }
    if kind == "visit" && package.item.item_type == ItemType::Permit {
        let officers = node.attributes.get("officers").map_or(Some(OFFICERS_MIN), |text| text.parse().ok());
        if officers.is_some_and(|officers| officers < OFFICERS_MIN) {
            let zh = format!("现场核查“{}”应指派两名以上工作人员（行政许可法第三十四条）。", node.id);
            let en = format!("The visit \"{}\" needs two or more officers (行政许可法 article 34).", node.id);
            error(node, "visit-officers", zh, en, report);
        }
    }
}

fn check_action(package: &Package, node: &Node, action: &str, report: &mut Report<'_>) {
    match action {
        "issue" => {
            let certificate = node.attributes.get("certificate").map(String::as_str).unwrap_or_default();
            if package.item.certificate(certificate).is_none() {
                let zh = format!("“{}”要制发的证照“{certificate}”没有在 item.toml 的 [[certificate]] 中列出。", node.id);
                let en = format!("\"{}\" issues the certificate \"{certificate}\", which item.toml does not list.", node.id);
                error(node, "certificate-unknown", zh, en, report);
            }
        }
        "document" => {
            let template = node.attributes.get("template").filter(|template| template.contains('/'));
            if let Some(template) = template.filter(|template| !package.templates.contains_key(*template)) {
                let zh = format!("“{}”使用的模板 {template} 不存在。", node.id);
                error(node, "template-missing", zh, format!("The template {template} of \"{}\" does not exist.", node.id), report);
            }
        }
        _ => {}
    }
}

fn check_table(package: &Package, node: &Node, path: &str, decision: &str, report: &mut Report<'_>) {
    let Some(table) = package.tables.get(path) else {
        let zh = format!("“{}”使用的决策表 {path} 不存在。", node.id);
        error(node, "table-missing", zh, format!("The decision file {path} of \"{}\" does not exist.", node.id), report);
        return;
    };
    if !table.has(decision) {
        let known = table.decisions().join(", ");
        let zh = format!("{path} 中没有决策“{decision}”；有：{known}。");
        error(node, "decision-missing", zh, format!("{path} has no decision \"{decision}\"; it has: {known}."), report);
    }
}

fn check_acceptance(package: &Package, report: &mut Report<'_>) {
    let accepts = package.flow.nodes.iter().any(|node| matches!(&node.kind, NodeKind::UserTask { kind } if kind == "accept"));
    let case = &package.item.case;
    if package.item.item_type == ItemType::Permit && case.start == StartedBy::Applicant && case.clock_starts == ClockStarts::Accepted && !accepts {
        let zh = "行政许可的流程没有受理环节（zs:kind=\"accept\"），期限无从起算。";
        let en = "The flow of a permit has no task of the kind accept, from which the limit runs.";
        report.push(Finding::error("flow.bpmn", 1, "accept-missing", zh, en));
    }
}

/// What nobody uses is probably a slip of the pen.
fn check_use(package: &Package, report: &mut Report<'_>) {
    for (index, certificate) in package.item.certificates.iter().enumerate() {
        let issued = package.flow.nodes.iter().any(|node| node.attributes.get("certificate") == Some(&certificate.id));
        if !issued {
            let zh = format!("流程从不制发证照“{}”。", certificate.id);
            let en = format!("The flow never issues the certificate \"{}\".", certificate.id);
            report.item(&format!("certificate[{index}]"), "certificate-never-issued", zh, en);
        }
    }
    for path in package.tables.keys() {
        let used = package.flow.nodes.iter().any(|node| matches!(&node.kind, NodeKind::BusinessRuleTask { table, .. } if table == path));
        if !used {
            report.push(Finding::warning(
                path,
                1,
                "table-unused",
                format!("流程没有使用决策文件 {path}。"),
                format!("The flow does not use {path}."),
            ));
        }
    }
}
