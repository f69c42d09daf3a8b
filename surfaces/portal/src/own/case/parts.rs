//! Parts of the page of a case.

use cases::queries::TimelineEntry;
use documents::{DocumentKind, DocumentRecord, DocumentStatus};
use forms::Row;
use gate::App;
use i18n::Lang;
use maud::{Markup, html};
use ui::{Content, Details, SummaryList, SummaryRow, Timeline, TimelineItem};

use super::Own;
use crate::own::view::{fill, moment, moment_iso, t};
use crate::own::{answers, uploads};

/// What was decided, with reasons and basis.
pub(super) fn decision(app: &App, lang: Lang, own: &Own) -> Markup {
    let Some(decision) = &own.case.file.decision else { return Markup::default() };
    let outcome = cases::Outcome::parse(&decision.outcome).map(cases::Outcome::label).unwrap_or_default();
    let mut rows =
        vec![SummaryRow::new(t(lang, "decision.outcome"), outcome.get(lang)), SummaryRow::new(t(lang, "decision.on"), i18n::date(lang, decision.on))];
    if !decision.reasons.is_empty() {
        let is_reply = own.case.file.outcome == Some(cases::Outcome::Resolved);
        let name = if is_reply { "decision.reply" } else { "decision.reasons" };
        rows.push(SummaryRow::new(t(lang, name), answers::lines(&decision.reasons)));
    }
    if !decision.basis.is_empty() {
        rows.push(SummaryRow::new(t(lang, "decision.basis"), decision.basis.as_str()));
    }
    let by_rules = decision.by == "rules";
    let is_adverse = matches!(own.case.file.outcome, Some(cases::Outcome::Rejected | cases::Outcome::Refused));
    html! {
        section aria-label=(t(lang, "decision.title")) {
            h2.govuk-heading-m { (t(lang, "decision.title")) }
            (SummaryList::new(rows))
            @if by_rules { p.govuk-body { (t(lang, "decision.by-rules")) } }
            @if is_adverse { p.govuk-body { (remedies(app, lang)) } }
        }
    }
}

/// Where one can turn against the decision.
fn remedies(app: &App, lang: Lang) -> String {
    let settings = app.runner.service::<cases::Settings>();
    let named = settings.map(|settings| (settings.reconsideration.get(lang).to_owned(), settings.court.get(lang).to_owned()));
    let (body, court) = named.unwrap_or_default();
    fill(lang, "decision.remedies", &[("body", &body), ("court", &court)])
}

/// How the applicant rated the case.
pub(super) fn rating(lang: Lang, own: &Own) -> Markup {
    let Some(rating) = &own.case.rating else { return Markup::default() };
    let tags = rating.level.tags().filter(|tag| rating.tags.contains(&tag.code));
    let tags: Vec<&str> = tags.map(|tag| if lang == Lang::En { tag.en } else { tag.zh }).collect();
    html! {
        section aria-label=(t(lang, "rate.mine")) {
            h2.govuk-heading-m { (t(lang, "rate.mine")) }
            p.govuk-body { strong { (rating.level.label().get(lang)) } @if !tags.is_empty() { "（" (tags.join(t(lang, "list.separator"))) "）" } }
            @if !rating.comment.is_empty() { p.govuk-body { (answers::lines(&rating.comment)) } }
        }
    }
}

/// Documents and certificates of the case; one that is being made says so.
pub(super) fn documents(lang: Lang, own: &Own) -> Markup {
    let rows: Vec<SummaryRow> = own.documents.iter().map(|document| document_row(lang, own, document)).collect();
    html! {
        @if !rows.is_empty() {
            section aria-label=(t(lang, "documents.title")) {
                h2.govuk-heading-m { (t(lang, "documents.title")) }
                (SummaryList::new(rows))
            }
        }
    }
}

fn document_row(lang: Lang, own: &Own, document: &DocumentRecord) -> SummaryRow {
    let name = if lang == Lang::En && document.kind != DocumentKind::Certificate { document.kind.english() } else { &document.title };
    let state = match document.status {
        DocumentStatus::Allotted => html! { span { (t(lang, "documents.making")) } },
        DocumentStatus::Filed => html! {
            a.govuk-link href=(own.at(&format!("documents/{}.pdf", document.id))) download {
                (t(lang, "documents.download")) span.govuk-visually-hidden { " " (name) }
            }
        },
    };
    let number = fill(lang, "documents.number", &[("number", &document.number), ("day", &i18n::date(lang, document.dated))]);
    SummaryRow::new(name, html! { (number) br; (state) })
}

/// What happened, the newest first.
pub(super) fn timeline(lang: Lang, own: &Own) -> Markup {
    let shown = own.case.timeline.iter().rev().filter(|entry| entry.public);
    let items: Vec<TimelineItem> = shown.map(|entry| item(lang, own, entry)).collect();
    html! {
        section aria-label=(t(lang, "timeline.title")) {
            h2.govuk-heading-m { (t(lang, "timeline.title")) }
            (Timeline { heading_level: 3, ..Timeline::new(items) })
        }
    }
}

fn item(lang: Lang, own: &Own, entry: &TimelineEntry) -> TimelineItem {
    let is_receipted = crate::own::receipt::KINDS.contains(&entry.kind.as_str());
    let href = format!("/receipts/{}?entry={}", own.case.file.id, entry.kind);
    let detail = entry.detail.get(lang);
    let body = html! {
        @if !detail.is_empty() { p.govuk-body { (detail) } }
        @if is_receipted {
            p.govuk-body-s {
                a.govuk-link href=(href) { (t(lang, "timeline.proof")) span.govuk-visually-hidden { " " (entry.title.get(lang)) } }
            }
        }
    };
    TimelineItem {
        title: Content::from(entry.title.get(lang)),
        datetime: moment_iso(entry.at_ms),
        when: moment(lang, entry.at_ms),
        body: Content::Html(body),
        ..TimelineItem::default()
    }
}

/// What was applied for, folded.
pub(super) fn application(lang: Lang, own: &Own) -> Markup {
    let body = html! { (stated(lang, own)) (materials(lang, own)) };
    html! { (Details::new(t(lang, "case.stated"), body)) }
}

fn stated(lang: Lang, own: &Own) -> Markup {
    let file = &own.case.file;
    let variables = cases::queries::facts_variables(&file.situation, &file.applicant, own.today);
    let form = &own.package.form;
    let rows = cases::queries::with_facts(&own.package, variables, |facts| form.summary(&file.answers, facts, lang));
    let shown = |row: &Row| SummaryRow::new(row.title.as_str(), answers::lines(&answers::value(form, &own.divisions, &file.answers, row, lang)));
    html! { (SummaryList::new(rows.iter().filter(|row| row.answered).map(shown).collect())) }
}

fn materials(lang: Lang, own: &Own) -> Markup {
    let name = |id: &str| own.package.item.material(id).map_or_else(|| id.to_owned(), |material| material.name.get(lang).to_owned());
    html! {
        @if !own.case.materials.is_empty() {
            h3.govuk-heading-s { (t(lang, "materials.title")) }
            ul.govuk-list {
                @for file in &own.case.materials {
                    li { (name(&file.material)) "：" (uploads::file_link(lang, file, &own.at(&format!("files/{}", file.id)))) }
                }
            }
        }
    }
}
