//! Scenarios: enough of them, and each names only what the package has.

use std::collections::BTreeSet;

use crate::check::form_facts::FormFacts;
use crate::check::report::Report;
use crate::finding::Finding;
use crate::package::{Package, ScenarioText};
use crate::reader::{Reader, Source};

/// A package has at least so many scenarios.
pub(crate) const SCENARIOS_MIN: usize = 6;

const VERBS: [&str; 14] = [
    "submit",
    "accept",
    "request-correction",
    "answer-correction",
    "refuse",
    "complete",
    "withdraw",
    "suspend",
    "resume",
    "extend",
    "rate",
    "reopen",
    "message",
    "wait",
];
const STATUSES: [&str; 6] = ["draft", "submitted", "correcting", "accepted", "suspended", "closed"];

pub(crate) fn check(package: &Package, report: &mut Report<'_>) {
    let count = package.scenarios.len();
    if count < SCENARIOS_MIN {
        let zh = format!("只有 {count} 个测试场景（tests/*.toml），至少要 {SCENARIOS_MIN} 个。");
        let en = format!("There are {count} scenarios (tests/*.toml); at least {SCENARIOS_MIN} are needed.");
        report.push(Finding::error("tests", 0, "scenarios-few", zh, en));
    }
    let form = FormFacts::of(&package.form);
    for scenario in &package.scenarios {
        for finding in check_scenario(package, &form, scenario) {
            report.push(finding);
        }
    }
}

/// The words a scenario may use.
struct Words<'p> {
    package: &'p Package,
    form: &'p FormFacts,
    posts: BTreeSet<&'p str>,
}

fn check_scenario(package: &Package, form: &FormFacts, scenario: &ScenarioText) -> Vec<Finding> {
    let posts = package.flow.lanes.iter().map(|lane| lane.id.as_str()).collect();
    let words = Words { package, form, posts };
    let ((), findings, _) = Source::read(&scenario.path, &scenario.text, |document| read_scenario(document, &words));
    findings
}

fn read_scenario(document: &mut Reader<'_, '_>, words: &Words<'_>) {
    document.text("name");
    let start = document.text("start");
    if !start.is_empty() && start.parse::<jiff::civil::DateTime>().is_err() {
        let zh = format!("start“{start}”应为 2026-03-02T09:00 这样的时刻。");
        document.problem("start", "scenario-start", zh, format!("start \"{start}\" must be a moment such as 2026-03-02T09:00."));
    }
    document.any("applicant");
    let item = &words.package.item;
    for (key, value) in document.entries("situation") {
        match item.situation(&key) {
            None => unknown(document, "situation", "情形", "situation", &key),
            Some(situation) if value.as_ref().is_some_and(|value| !situation.options.iter().any(|option| option.value == *value)) => {
                unknown(document, "situation", "情形选项", "situation option", &value.unwrap_or_default());
            }
            Some(_) => {}
        }
    }
    for (key, _) in document.entries("answers") {
        if words.form.get(&key).is_none() {
            unknown(document, "answers", "表单字段", "form field", &key);
        }
    }
    for (key, _) in document.entries("materials") {
        if item.material(&key).is_none() {
            unknown(document, "materials", "材料", "material", &key);
        }
    }
    document.tables("step", |step| read_step(step, words));
    if !document.has("step") {
        document.problem("step", "scenario-steps", "场景没有步骤（[[step]]）。".to_owned(), "The scenario has no [[step]].".to_owned());
    }
}

fn read_step(step: &mut Reader<'_, '_>, words: &Words<'_>) {
    let verb = step.text("do");
    if !verb.is_empty() && !VERBS.contains(&verb.as_str()) {
        unknown(step, "do", "动作", "verb", &verb);
    }
    let by = step.text_or_empty("by");
    if !by.is_empty() && !matches!(by.as_str(), "applicant" | "agent" | "system") && !words.posts.contains(by.as_str()) {
        unknown(step, "by", "岗位", "post", &by);
    }
    step.text_or_empty("at");
    step.any("with");
    step.table_or_none("expect", |expect| {
        let status = expect.text_or_empty("status");
        if !status.is_empty() && !STATUSES.contains(&status.as_str()) {
            unknown(expect, "status", "状态", "status", &status);
        }
        expect.text_or_empty("outcome");
        for task in expect.texts("tasks") {
            if words.package.flow.node(&task).is_none() {
                unknown(expect, "tasks", "任务", "task", &task);
            }
        }
        expect.text_or_empty("due");
        expect.texts("documents");
        for certificate in expect.texts("certificates") {
            if words.package.item.certificate(&certificate).is_none() {
                unknown(expect, "certificates", "证照", "certificate", &certificate);
            }
        }
        expect.text_or_empty("refusal");
    });
}

fn unknown(reader: &Reader<'_, '_>, key: &str, zh: &str, en: &str, name: &str) {
    let (zh, en) =
        (format!("场景使用的{zh}“{name}”在规程包中不存在。"), format!("The scenario uses the {en} \"{name}\", which the package does not have."));
    reader.problem(key, "scenario-unknown", zh, en);
}
