//! What happened, with the steps inside the house, and which rules decided what.

use cases::queries::TimelineEntry;
use clock::Date;
use i18n::Lang;
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
        byline: by(dossier, entry, lang),
        datetime: moment_iso(entry.at_ms),
        when: moment(lang, entry.at_ms),
        body: Content::Html(html! {
            @if !detail.is_empty() { p.govuk-body.zs-preline { (detail) } }
            @if let Some(trace) = rules { (rule_trace(trace, desk)) }
        }),
    }
}

/// Who did it. What follows from rules or from the flow is the system's, whoever set it off.
fn by(dossier: &Dossier, entry: &TimelineEntry, lang: Lang) -> String {
    let ruled = dossier.view.file.decision.as_ref().is_some_and(|decision| decision.by == "rules");
    match entry.kind.as_str() {
        "service-done" | "step-asked" | "step-unanswered" | "task-opened" | "task-cancelled" | "case-closed" => {
            lang.say("系统", "the system").to_owned()
        }
        "table-evaluated" => lang.say("系统按规则", "the system, by rule").to_owned(),
        "case-decided" | "case-accepted" if ruled => lang.say("系统按规则", "the system, by rule").to_owned(),
        _ => dossier.people.name(&entry.actor, lang),
    }
}

/// The word for an action of a service task.
fn service(code: &str, lang: Lang) -> &str {
    match code {
        "verify" => lang.say("与登记信息核对", "Compared with the register"),
        "issue" => lang.say("签发证照", "Certificate issued"),
        "notify" => lang.say("通知申请人", "Applicant told"),
        "document" => lang.say("出具文书", "Document made"),
        "open-case" => lang.say("开办后续办件", "Following case opened"),
        "publish" => lang.say("公布", "Published"),
        other => other,
    }
}

/// Codes of the journal in the words of the package.
fn detail(dossier: &Dossier, entry: &TimelineEntry, desk: Desktop<'_>) -> String {
    let (lang, detail) = (desk.lang, entry.detail.get(desk.lang));
    match entry.kind.as_str() {
        "task-claimed" | "task-released" | "task-cancelled" => node_name(dossier, detail, lang),
        "service-done" => service(detail, lang).to_owned(),
        "case-accepted" | "correction-requested" => dates_in_words(detail, lang),
        "case-suspended" => super::running::reason(detail, lang),
        "case-resumed" => match detail.parse::<Date>() {
            Ok(due) => lang.tell(format!("承诺办结日：{}", i18n::date(lang, due)), format!("Promised: {}", i18n::date(lang, due))),
            Err(_) => String::new(),
        },
        _ => detail.to_owned(),
    }
}

/// Days such as 2026-03-02 as people write them.
fn dates_in_words(text: &str, lang: Lang) -> String {
    let at = |(start, _): (usize, char)| text.get(start..start + ISO_DAY_LENGTH).and_then(|part| Some((start, part.parse::<Date>().ok()?)));
    match text.char_indices().find_map(at) {
        Some((start, day)) => {
            let (before, after) = (text.get(..start).unwrap_or_default(), text.get(start + ISO_DAY_LENGTH..).unwrap_or_default());
            format!("{before}{}{after}", i18n::date(lang, day))
        }
        None => text.to_owned(),
    }
}

const ISO_DAY_LENGTH: usize = 10;

fn node_name(dossier: &Dossier, node: &str, lang: Lang) -> String {
    let found = dossier.view.tasks.iter().find(|task| task.node == node);
    found.map_or_else(|| node.to_owned(), |task| task.name.get(lang).to_owned())
}

fn rule_trace(trace: &Trace, desk: Desktop<'_>) -> Markup {
    let lang = desk.lang;
    let rules =
        trace.rules.iter().map(|rule| lang.tell(format!("第{rule}条"), format!("rule {rule}"))).collect::<Vec<_>>().join(lang.say("、", ", "));
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
