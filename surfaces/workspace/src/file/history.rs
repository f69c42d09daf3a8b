//! What happened, with the steps inside the house, and which rules decided what.

use cases::queries::TimelineEntry;
use clock::Date;
use maud::{Markup, html};
use runner::Halt;
use serde_json::Value;
use store::Tx;
use ui::{Content, Details, Tag, TagColour, Timeline, TimelineItem};

use super::{Desktop, Dossier};
use crate::say::{Say, moment, moment_iso};

/// One evaluation of a decision table, as the journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trace {
    /// Position in the journal; the same as of the timeline entry.
    pub index: i64,
    /// The node of the flow.
    pub node: String,
    /// Path of the table in the package.
    pub table: String,
    /// Rules that matched, from 1.
    pub rules: Vec<u64>,
    /// What they gave as reasons.
    pub reasons: Vec<String>,
}

/// All evaluations of a case, oldest first.
pub(super) fn traces(tx: &mut Tx<'_>, case: &str) -> Result<Vec<Trace>, Halt> {
    let entries = journal::entries_of(tx, case)?;
    Ok(entries.iter().filter(|entry| entry.header.kind == "table-evaluated").filter_map(trace).collect())
}

fn trace(entry: &journal::Entry) -> Option<Trace> {
    let payload: Value = serde_json::from_str(entry.payload.as_deref()?).ok()?;
    let text = |name: &str| payload.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let list = |name: &str| payload.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    Some(Trace {
        index: entry.index,
        node: text("node"),
        table: text("table"),
        rules: list("rules").iter().filter_map(Value::as_u64).collect(),
        reasons: list("reasons").iter().filter_map(|reason| reason.as_str().map(str::to_owned)).collect(),
    })
}

pub(super) fn section(dossier: &Dossier, desk: Desktop<'_>) -> Markup {
    let lang = desk.lang;
    let items = dossier.view.timeline.iter().rev().map(|entry| item(dossier, entry, desk)).collect();
    html! {
        section #history aria-labelledby="history-title" {
            h2.govuk-heading-m #history-title { (lang.say("办理记录", "History")) }
            (Timeline { items, heading_level: 3 })
        }
    }
}

fn item(dossier: &Dossier, entry: &TimelineEntry, desk: Desktop<'_>) -> TimelineItem {
    let lang = desk.lang;
    let rules = dossier.traces.iter().find(|trace| trace.index == entry.index);
    let detail = detail(dossier, entry, desk);
    TimelineItem {
        title: Content::Html(html! {
            (entry.title.get(lang))
            @if !entry.public { " " (Tag::new(TagColour::Grey, lang.say("内部", "Internal"))) }
        }),
        byline: lang.tell(format!("{}办理", dossier.people.name(&entry.actor, lang)), format!("by {}", dossier.people.name(&entry.actor, lang))),
        datetime: moment_iso(entry.at_ms),
        when: moment(lang, entry.at_ms),
        body: Content::Html(html! {
            @if !detail.is_empty() { p.govuk-body.zs-preline { (detail) } }
            @if let Some(trace) = rules { (rule_trace(trace, desk)) }
        }),
    }
}

/// Codes of the journal in the words of the package.
fn detail(dossier: &Dossier, entry: &TimelineEntry, desk: Desktop<'_>) -> String {
    let (lang, detail) = (desk.lang, entry.detail.get(desk.lang));
    match entry.kind.as_str() {
        "task-claimed" | "task-released" | "task-cancelled" => node_name(dossier, detail, lang),
        "case-suspended" => super::running::reason(detail, lang),
        "case-resumed" => match detail.parse::<Date>() {
            Ok(due) => lang.tell(format!("承诺办结日：{}", i18n::date(lang, due)), format!("Promised: {}", i18n::date(lang, due))),
            Err(_) => String::new(),
        },
        _ => detail.to_owned(),
    }
}

fn node_name(dossier: &Dossier, node: &str, lang: i18n::Lang) -> String {
    let found = dossier.view.tasks.iter().find(|task| task.node == node);
    found.map_or_else(|| node.to_owned(), |task| task.name.get(lang).to_owned())
}

fn rule_trace(trace: &Trace, desk: Desktop<'_>) -> Markup {
    let lang = desk.lang;
    let rules = trace.rules.iter().map(|rule| lang.tell(format!("第{rule}条"), format!("rule {rule}"))).collect::<Vec<_>>().join(lang.say("、", ", "));
    html! {
        (Details::new(lang.say("规则依据", "Rule trace"), html! {
            dl.zs-clock__faces {
                div { dt { (lang.say("决策表", "Decision table")) } dd { code { (trace.table) } } }
                div { dt { (lang.say("环节", "Node")) } dd { code { (trace.node) } } }
                div { dt { (lang.say("命中规则", "Rules that matched")) } dd { @if rules.is_empty() { (lang.say("无", "none")) } @else { (rules) } } }
            }
            @if !trace.reasons.is_empty() { ul.govuk-list.govuk-list--bullet { @for reason in &trace.reasons { li { (reason) } } } }
        }))
    }
}
