//! 基本信息.

use i18n::Lang;
use maud::{Markup, html};
use procedure::codes::{Code, Handling};
use ui::{Content, SummaryList, SummaryRow};

use super::ItemPage;
use crate::public::card;
use crate::public::texts::{joined, t};

pub(super) fn section(lang: Lang, page: &ItemPage) -> Markup {
    html! { (SummaryList::new(rows(lang, page))) }
}

fn rows(lang: Lang, page: &ItemPage) -> Vec<SummaryRow> {
    let item = page.item();
    let mut rows = Rows { lang, rows: Vec::new() };
    rows.add("p.item.name", item.name.get(lang));
    rows.add("p.item.type", item.item_type.label().get(lang));
    rows.add("p.item.basic-code", code(item.basic_code.as_str()));
    if let Some(implementation) = page.implementation_code() {
        rows.add("p.item.implementation-code", code(&implementation));
    }
    match &page.organ {
        Some(organ) => rows.add("p.item.organ", html! { a.govuk-link href={ "/organs/" (organ.id) } { (organ.name.get(lang)) } }),
        None => rows.add("p.item.organ", t(lang, "p.item.no-organ")),
    }
    rows.add("p.item.level", item.level.label().get(lang));
    if let Some(source) = item.power_source {
        rows.add("p.item.power-source", source.label().get(lang));
    }
    rows.add("p.item.audience", joined(lang, item.audience.iter().map(|audience| audience.label().get(lang).to_owned())));
    rows.add("p.item.handling", item.handling.label().get(lang));
    rows.add("p.item.statutory", statutory(lang, page));
    rows.add("p.item.promised", promised(lang, page));
    rows.add("p.item.visits", card::visits(lang, item));
    if item.visits_max > 0 {
        rows.add("p.item.visit-reason", item.visit_reason.get(lang));
    }
    rows.add("p.item.channels", joined(lang, item.channels.iter().map(|channel| channel.label().get(lang).to_owned())));
    rows.add("p.item.depth", item.online_depth.label().get(lang));
    if let Some(reach) = item.reach {
        rows.add("p.item.reach", reach.label().get(lang));
    }
    if let Some(quota) = &item.quota {
        rows.add("p.item.quota", quota.get(lang));
    }
    rows.add("p.item.fees", if item.fees.is_empty() { t(lang, "p.card.free") } else { t(lang, "p.item.charged") });
    rows.add("p.item.agent", if item.case.agent { t(lang, "p.item.agent-yes") } else { t(lang, "p.item.agent-no") });
    if let Some(version) = &page.version {
        rows.add("p.item.version", versioned(lang, version));
    }
    rows.rows
}

struct Rows {
    lang: Lang,
    rows: Vec<SummaryRow>,
}

impl Rows {
    fn add(&mut self, key: &'static str, value: impl Into<Content>) {
        self.rows.push(SummaryRow::new(t(self.lang, key), value));
    }
}

fn code(code: &str) -> Markup {
    html! { code.zs-code { (code) } }
}

fn statutory(lang: Lang, page: &ItemPage) -> Content {
    let Some(statutory) = &page.item().limits.statutory else { return t(lang, "p.item.no-statutory").into() };
    html! {
        (statutory.limit.label().get(lang))
        @if let Some(note) = &statutory.note { p.zs-note { (note.get(lang)) } }
        p.zs-note { (t(lang, "p.item.basis-of")) span lang="zh-CN" { (statutory.basis) } }
    }
    .into()
}

fn promised(lang: Lang, page: &ItemPage) -> String {
    let item = page.item();
    match item.handling {
        Handling::Instant if item.limits.promised.value == 0 => t(lang, "p.card.instant").to_owned(),
        Handling::Instant | Handling::Promised => item.limits.promised.label().get(lang).to_owned(),
    }
}

/// `第2版，自2026年1月1日起施行`.
fn versioned(lang: Lang, version: &procedure::PackageVersion) -> String {
    let from = i18n::date_text(lang, &version.valid_from);
    crate::public::texts::fill(lang, "p.item.version-from", &[("n", &version.version.to_string()), ("from", &from)])
}
