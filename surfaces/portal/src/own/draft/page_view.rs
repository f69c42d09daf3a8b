//! A page of the form, drawn.

use forms::{Field, FieldProblem, Page, Widget};
use gate::{App, Visitor, form_fields};
use maud::{Markup, Render, html};
use serde_json::{Map, Value};
use ui::{Button, NotificationBanner};

use super::Sheet;
use super::notice::last_question;
use crate::own::from::From;
use crate::own::view::{View, column, fill, hidden, summary, t};
use crate::own::widgets::{Asked, Boxes, wrong_of};

/// A page as it is to be shown.
pub(super) struct Shown<'a> {
    pub page: &'a Page,
    pub boxes: &'a Boxes,
    pub problems: &'a [FieldProblem],
    pub from: &'a From,
    /// The draft was changed elsewhere meanwhile; what was typed here is not saved yet.
    pub is_stale: bool,
}

pub(super) fn show(app: &App, visitor: &Visitor, sheet: &Sheet, shown: &Shown<'_>) -> Markup {
    let (lang, page) = (visitor.lang, shown.page);
    let wrong = wrong_of(&sheet.package.form, shown.problems, lang);
    let here = sheet.at(&format!("pages/{}", page.id));
    let body = html! {
        (summary(lang, &wrong))
        @if shown.is_stale { (NotificationBanner::notice(lang, t(lang, "form.stale"))) }
        (heading(visitor, sheet, page))
        form method="post" action={ (here) (shown.from.query()) } novalidate data-module="zs-autosave" data-autosave={ (here) "/autosave" } {
            (form_fields(visitor))
            (hidden("_seen", &sheet.seen.to_string()))
            (fields(visitor, sheet, shown))
            (Button::submit(t(lang, "form.save")))
            p.govuk-body-s.zs-autosave role="status" data-saved=(t(lang, "form.autosaved")) data-stale=(t(lang, "form.autosave-stale")) {}
        }
        p.govuk-body { a.govuk-link href="/cases" { (t(lang, "form.later")) } }
    };
    View::new(app, visitor, page.title.get(lang)).back(back(sheet, page, shown.from)).wrong(&wrong).script("js/autosave.js").show(column(body))
}

fn heading(visitor: &Visitor, sheet: &Sheet, page: &Page) -> Markup {
    let lang = visitor.lang;
    let (number, count) = sheet.with_journey(|journey| {
        let pages = journey.pages();
        (pages.iter().position(|other| other.id == page.id).map_or(0, |at| at + 1), pages.len())
    });
    html! {
        span.govuk-caption-l {
            (sheet.package.item.name.get(lang)) " "
            (fill(lang, "form.step", &[("n", &number.to_string()), ("of", &count.to_string())]))
        }
        @if !is_single(sheet, page) { h1.govuk-heading-l { (page.title.get(lang)) } }
        @if let Some(hint) = &page.hint { p.govuk-body { (hint.get(lang)) } }
    }
}

fn is_single(sheet: &Sheet, page: &Page) -> bool {
    page.fields.len() == 1 && sheet.package.form.fields_of(page).all(|field| field.title == page.title)
}

fn fields(visitor: &Visitor, sheet: &Sheet, shown: &Shown<'_>) -> Markup {
    let (form, page) = (&sheet.package.form, shown.page);
    let nested = |field: &Field| revealed_by(field).is_some_and(|(other, _)| form.fields_of(page).any(|radio| radio.name == other && reveals(radio)));
    sheet.with_facts(|facts| {
        let journey = form.journey(&with_page(sheet, shown), facts);
        html! {
            @for field in journey.fields(page).filter(|field| !nested(field)) { (asked(visitor, sheet, shown, field)) }
        }
    })
}

fn asked(visitor: &Visitor, sheet: &Sheet, shown: &Shown<'_>, field: &Field) -> Markup {
    let lang = visitor.lang;
    let problem = shown.problems.iter().find(|problem| problem.field == field.name);
    if let Some(value) = sheet.fixed(field) {
        return fixed(visitor, sheet, field, &value);
    }
    let source = sheet.source(lang, field);
    let under = |value: &str| {
        let revealed = |other: &&Field| reveals(field) && revealed_by(other) == Some((field.name.as_str(), value));
        let others: Vec<&Field> = sheet.package.form.fields_of(shown.page).filter(revealed).collect();
        (!others.is_empty()).then(|| html! { @for other in others { (asked(visitor, sheet, shown, other)) } })
    };
    let is_heading = is_single(sheet, shown.page);
    Asked { lang, field, boxes: shown.boxes, problem, source, is_heading, divisions: &sheet.divisions, under: Some(&under) }.render()
}

/// A field that is as a register has it: shown, and sent along.
fn fixed(visitor: &Visitor, sheet: &Sheet, field: &Field, value: &Value) -> Markup {
    let lang = visitor.lang;
    let boxes = sheet.package.form.to_post(&Map::from_iter([(field.name.clone(), value.clone())]));
    let note = sheet.source(lang, field);
    html! {
        div.govuk-form-group id=(field.name) {
            p class="govuk-body govuk-!-font-weight-bold govuk-!-margin-bottom-1" { (field.title.get(lang)) }
            p class="govuk-body govuk-!-margin-bottom-1" { (sheet.display(lang, field, value)) }
            @if let Some(note) = note { div.govuk-hint { div.zs-hint__line.zs-hint__source { (note) } } }
            @for (name, value) in &boxes { (hidden(name, value)) }
        }
    }
}

/// Whether other fields of the page can stand under the choices of this one.
fn reveals(field: &Field) -> bool {
    matches!(field.widget, Widget::Radio | Widget::YesNo)
}

/// The choice under which a field stands, where its condition is just that: `answers.composition = "family"`.
fn revealed_by(field: &Field) -> Option<(&str, &str)> {
    let (other, value) = field.when.as_deref()?.trim().strip_prefix("answers.")?.split_once('=')?;
    let (other, value) = (other.trim(), value.trim());
    let plain = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let value = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
    (plain(other) && plain(value)).then_some((other, value))
}

/// The answers as the page shows them: what was typed decides which fields of the page are shown.
fn with_page(sheet: &Sheet, shown: &Shown<'_>) -> Map<String, Value> {
    let posted: Vec<(String, String)> =
        shown.boxes.iter().flat_map(|(name, values)| values.iter().map(|value| (name.clone(), value.clone()))).collect();
    let mut answers = sheet.draft.answers.clone();
    answers.extend(sheet.package.form.parse_page(shown.page, &posted).answers);
    answers
}

fn back(sheet: &Sheet, page: &Page, from: &From) -> String {
    if from.is_check() {
        return sheet.at("check");
    }
    let previous = sheet.with_journey(|journey| journey.previous_page(&page.id).map(|previous| previous.id.clone()));
    match previous {
        Some(previous) => sheet.at(&format!("pages/{previous}")),
        None if sheet.package.item.case.notice.is_some() => sheet.at("notice"),
        None => last_question(sheet),
    }
}
