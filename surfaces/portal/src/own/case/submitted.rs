//! The confirmation after submitting.

use axum::extract::{Path, State};
use gate::{App, Citizen, PageError};
use i18n::Lang;
use maud::{Markup, html};
use procedure::codes::ClockStarts;
use ui::{Button, Panel};

use super::Own;
use crate::own::view::{View, column, fill, t};

/// `GET /cases/{case}/submitted`
pub(in crate::own) async fn get(State(app): State<App>, Citizen(visitor): Citizen, Path(id): Path<String>) -> Result<Markup, PageError> {
    let own = Own::load(&app, &visitor, &id).await?;
    let lang = visitor.lang;
    let title = t(lang, if own.case.file.status.is_open() { "submitted.title" } else { "submitted.decided" });
    Ok(View::new(&app, &visitor, title).show(column(body(lang, title, &own))))
}

fn body(lang: Lang, title: &str, own: &Own) -> Markup {
    let file = &own.case.file;
    let number = html! { (t(lang, "case.number")) br; strong { (file.number) } br; (t(lang, "case.query-code")) " " strong { (file.query_code) } };
    html! {
        (Panel::new(title, number))
        p.govuk-body { (t(lang, "submitted.code")) }
        h2.govuk-heading-m { (t(lang, "submitted.next")) }
        p.govuk-body-l { (promise(lang, own)) }
        @if let Some(organ) = &own.organ { p.govuk-body { (fill(lang, "submitted.organ", &[("organ", organ.name.get(lang))])) } }
        p.govuk-body { (t(lang, "submitted.notices")) }
        div.govuk-button-group {
            (Button::link(t(lang, "submitted.case"), format!("/cases/{}", file.id)))
            a.govuk-link href={ "/receipts/" (file.id) } { (t(lang, "case.receipt")) }
        }
        @if own.is_rateable() { p.govuk-body { a.govuk-link href=(own.at("rate")) { (t(lang, "case.rate")) } } }
    }
}

/// By when it will be done.
fn promise(lang: Lang, own: &Own) -> String {
    let (file, limits) = (&own.case.file, &own.package.item.limits);
    if let Some(outcome) = file.outcome {
        return fill(lang, "submitted.outcome", &[("outcome", outcome.label().get(lang))]);
    }
    if let Some(due) = file.due_on {
        return fill(lang, "submitted.due", &[("day", &i18n::date(lang, due))]);
    }
    let key = match own.package.item.case.clock_starts {
        ClockStarts::Accepted => "submitted.after-acceptance",
        ClockStarts::Submitted => "submitted.after-submission",
    };
    let notice = limits.correction_notice_workdays.to_string();
    fill(lang, key, &[("limit", limits.promised.label().get(lang)), ("notice", &notice)])
}
