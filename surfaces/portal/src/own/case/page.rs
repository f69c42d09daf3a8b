//! The page of a case: where it stands, what I can do, its clock, its documents, what happened.

use axum::extract::{Path, State};
use cases::CaseStatus;
use gate::{App, Citizen, PageError, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use ui::{Button, InsetText, SummaryList, SummaryRow, WarningText};

use super::{Own, clock_block, list::status_tag, message, parts};
use crate::own::view::{View, fill, moment, t};

/// `GET /cases/{case}`
pub(in crate::own) async fn get(State(app): State<App>, Citizen(visitor): Citizen, Path(id): Path<String>) -> Result<Markup, PageError> {
    let own = Own::load(&app, &visitor, &id).await?;
    let title = own.case.file.item_name.get(visitor.lang).to_owned();
    Ok(View::new(&app, &visitor, title).back("/cases").show(body(&app, &visitor, &own)))
}

fn body(app: &App, visitor: &Visitor, own: &Own) -> Markup {
    let (lang, file) = (visitor.lang, &own.case.file);
    html! {
        span.govuk-caption-l { (fill(lang, "case.caption", &[("number", &file.number)])) }
        h1.govuk-heading-l { (file.item_name.get(lang)) " " (status_tag(lang, file.status, file.outcome)) }
        div.govuk-grid-row {
            div.govuk-grid-column-two-thirds {
                p.govuk-body-l { (standing(lang, own)) }
                (to_do(app, visitor, own))
                (parts::decision(app, lang, own))
                (parts::documents(lang, own))
                (to_rate(lang, own))
                (parts::rating(lang, own))
                (parts::timeline(lang, own))
                (parts::application(lang, own))
            }
            div.govuk-grid-column-one-third {
                (clock_block::block(app, lang, own))
                (facts(lang, own))
                (acts(lang, own))
            }
        }
    }
}

/// Where the case stands, in a sentence.
fn standing(lang: Lang, own: &Own) -> String {
    let file = &own.case.file;
    let organ = own.organ.as_ref().map_or(String::new(), |organ| organ.name.get(lang).to_owned());
    let key = match (file.status, file.outcome) {
        (CaseStatus::Submitted, _) => "standing.submitted",
        (CaseStatus::Correcting, _) => "standing.correcting",
        (CaseStatus::Accepted, _) => "standing.accepted",
        (CaseStatus::Suspended, _) => "standing.suspended",
        (CaseStatus::Closed, Some(outcome)) => match outcome {
            cases::Outcome::Approved => "standing.approved",
            cases::Outcome::Rejected => "standing.rejected",
            cases::Outcome::Refused => "standing.refused",
            cases::Outcome::Resolved => "standing.resolved",
            cases::Outcome::Lapsed => "standing.lapsed",
            cases::Outcome::Withdrawn => "standing.withdrawn",
            cases::Outcome::Done => "standing.done",
        },
        (CaseStatus::Closed, None) => "standing.done",
    };
    fill(lang, key, &[("organ", &organ)])
}

/// What waits for the applicant.
fn to_do(app: &App, visitor: &Visitor, own: &Own) -> Markup {
    let (lang, file) = (visitor.lang, &own.case.file);
    html! {
        @if let Some(correction) = file.correction.as_ref().filter(|_| file.status == CaseStatus::Correcting) {
            (WarningText::new(lang, fill(lang, "case.correct-by", &[("day", &i18n::date(lang, correction.answer_by))])))
            ol.govuk-list.govuk-list--number { @for item in &correction.items { li { (item.says) } } }
            (Button::link(t(lang, "case.correct"), own.at("correction")))
        }
        @for awaited in file.instance.awaited().filter(|_| file.status == CaseStatus::Accepted && message::is_permitted(app, visitor, own)) {
            (InsetText::new(html! {
                p.govuk-body { strong { (message::title(lang, own, &awaited.message)) } }
                @if let Some(findings) = message::findings(own) { p.govuk-body { (t(lang, "message.findings")) "：" (findings) } }
            }))
            (Button::link(t(lang, "case.report"), own.at(&format!("message/{}", awaited.message))))
        }
    }
}

/// The question how it went, once there is a result.
fn to_rate(lang: Lang, own: &Own) -> Markup {
    html! {
        @if own.is_rateable() {
            (InsetText::new(t(lang, "case.please-rate")))
            (Button::link(t(lang, "case.rate"), own.at("rate")))
        }
    }
}

fn facts(lang: Lang, own: &Own) -> Markup {
    let file = &own.case.file;
    let mut rows = vec![
        SummaryRow::new(t(lang, "case.number"), file.number.as_str()),
        SummaryRow::new(t(lang, "case.query-code"), file.query_code.as_str()),
        SummaryRow::new(t(lang, "case.applicant"), file.applicant.name.as_str()),
        SummaryRow::new(t(lang, "case.submitted"), moment(lang, file.submitted_ms)),
    ];
    if let Some(organ) = &own.organ {
        rows.push(SummaryRow::new(t(lang, "case.organ"), organ.name.get(lang)));
        if !organ.phone.is_empty() {
            rows.push(SummaryRow::new(t(lang, "case.phone"), html! { a.govuk-link href={ "tel:" (organ.phone) } { (organ.phone) } }));
        }
    }
    let list = SummaryList { classes: "govuk-summary-list--no-border zs-glance".into(), ..SummaryList::new(rows) };
    html! { section aria-label=(t(lang, "case.facts")) { (list) } }
}

fn acts(lang: Lang, own: &Own) -> Markup {
    let receipt = format!("/receipts/{}", own.case.file.id);
    html! {
        ul.govuk-list {
            li { a.govuk-link href=(receipt) { (t(lang, "case.receipt")) } }
            @if own.is_reopenable() { li { a.govuk-link href=(own.at("reopen")) { (t(lang, "case.reopen")) } } }
            @if own.is_withdrawable() { li { a.govuk-link href=(own.at("withdraw")) { (t(lang, "case.withdraw")) } } }
        }
    }
}
