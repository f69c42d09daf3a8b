//! 办理地点时间, 咨询投诉.

use i18n::Lang;
use maud::{Markup, html};
use procedure::codes::Channel;
use ui::{SummaryList, SummaryRow};

use super::ItemPage;
use crate::public::texts::{fill, t};
use crate::public::view::phone;

pub(super) fn places(lang: Lang, page: &ItemPage) -> Markup {
    let item = page.item();
    let Some(organ) = &page.organ else {
        return html! { p.govuk-body { (t(lang, "p.item.no-organ")) } };
    };
    let mut rows = vec![SummaryRow::new(t(lang, "p.item.organ"), html! { a.govuk-link href={ "/organs/" (organ.id) } { (organ.name.get(lang)) } })];
    for (key, text) in [("p.organs.address", &organ.details.address), ("p.organs.hours", &organ.details.hours)] {
        if !text.is_empty() {
            rows.push(SummaryRow::new(t(lang, key), text.get(lang)));
        }
    }
    html! {
        (SummaryList::new(rows))
        @if page.takes_applications() { p.govuk-body { (t(lang, "p.item.online-hours")) } }
        @if item.channels.contains(&Channel::Post) { p.govuk-body { (t(lang, "p.item.by-post")) } }
    }
}

pub(super) fn section(lang: Lang, page: &ItemPage) -> Markup {
    let details = page.organ.as_ref().map(|organ| &organ.details);
    let numbers = [
        ("p.organs.phone", details.map(|details| details.phone.as_str()).unwrap_or_default()),
        ("p.organs.complaints", details.map(|details| details.complaint_phone.as_str()).unwrap_or_default()),
    ];
    let mut rows: Vec<SummaryRow> =
        numbers.into_iter().filter(|(_, number)| !number.is_empty()).map(|(key, number)| SummaryRow::new(t(lang, key), phone(number))).collect();
    let (number, name) = &page.hotline;
    if !number.is_empty() {
        rows.push(SummaryRow::new(name.as_str(), phone(number)));
    }
    html! {
        (SummaryList::new(rows))
        p.govuk-body { (t(lang, "p.item.remedies")) }
        p.govuk-body.zs-noprint { (fill(lang, "p.item.wrong-guide", &[])) " " a.govuk-link href="/report-error" { (t(lang, "p.report.title")) } }
    }
}
