//! All answers once more before they are sent.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use forms::Row;
use gate::{App, Citizen, PageError, Visitor};
use maud::{Markup, html};
use serde_json::Value;
use ui::{Button, SummaryAction, SummaryList, SummaryRow};

use super::materials::waived_because;
use super::{Place, Sheet};
use crate::own::answers;
use crate::own::view::{View, Wrong, column, summary, t};

/// `GET /drafts/{draft}/check`
pub(in crate::own) async fn get(State(app): State<App>, Citizen(visitor): Citizen, Path(id): Path<String>) -> Result<Response, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    match sheet.place() {
        Place::Check => Ok(page(&app, &visitor, &sheet, &[]).into_response()),
        place => Ok(Redirect::to(&sheet.href(&place)).into_response()),
    }
}

/// The page; `wrong` leads to the rows concerned.
pub(super) fn page(app: &App, visitor: &Visitor, sheet: &Sheet, wrong: &[Wrong]) -> Markup {
    let (lang, title) = (visitor.lang, t(visitor.lang, "check.title"));
    let body = html! {
        (summary(lang, wrong))
        span.govuk-caption-l { (sheet.package.item.name.get(lang)) }
        h1.govuk-heading-l { (title) }
        (situations(visitor, sheet))
        (form_rows(visitor, sheet))
        (materials(visitor, sheet))
        (Button::link(t(lang, "form.continue"), sheet.at("submit")))
    };
    let back = if sheet.needed().is_empty() { sheet.last_page() } else { sheet.at("materials") };
    View::new(app, visitor, title).back(back).wrong(wrong).show(column(body))
}

fn change(visitor: &Visitor, href: String, what: &str) -> SummaryAction {
    SummaryAction::new(t(visitor.lang, "check.change"), format!("{href}?from=check"), what)
}

fn situations(visitor: &Visitor, sheet: &Sheet) -> Markup {
    let lang = visitor.lang;
    let row = |question: &procedure::item::Situation| {
        let chosen = sheet.draft.situation.get(&question.id).and_then(Value::as_str);
        let label = question.options.iter().find(|option| Some(option.value.as_str()) == chosen).map(|option| option.label.get(lang));
        SummaryRow::new(question.question.get(lang), label.unwrap_or_default()).action(change(
            visitor,
            sheet.at(&format!("guide/{}", question.id)),
            question.question.get(lang),
        ))
    };
    let rows: Vec<SummaryRow> = sheet.package.item.situations.iter().map(row).collect();
    html! {
        @if !rows.is_empty() { h2.govuk-heading-m { (t(lang, "check.situation")) } (SummaryList::new(rows)) }
    }
}

fn form_rows(visitor: &Visitor, sheet: &Sheet) -> Markup {
    let lang = visitor.lang;
    let rows = sheet.with_facts(|facts| sheet.package.form.summary(&sheet.draft.answers, facts, lang));
    let shown = |row: &Row| {
        let value = answers::value(&sheet.package.form, &sheet.divisions, &sheet.draft.answers, row, lang);
        let field = sheet.package.form.field(&row.field);
        let source = field.and_then(|field| sheet.source(lang, field));
        let shown = html! { (answers::lines(&value)) @if let Some(source) = source { div.govuk-hint.zs-hint__source { (source) } } };
        let summary = SummaryRow::new(row.title.as_str(), shown);
        if field.is_some_and(|field| sheet.fixed(field).is_some()) {
            return summary;
        }
        summary.action(change(visitor, sheet.at(&format!("pages/{}", row.page)), &row.title))
    };
    html! {
        @for page in sheet.package.form.all_pages().iter().filter(|page| rows.iter().any(|row| row.page == page.id)) {
            h2.govuk-heading-m id=(page.id) { (page.title.get(lang)) }
            (SummaryList::new(rows.iter().filter(|row| row.page == page.id).map(shown).collect()))
        }
    }
}

fn materials(visitor: &Visitor, sheet: &Sheet) -> Markup {
    let lang = visitor.lang;
    let row = |material: &procedure::item::Material| {
        let names: Vec<&str> = sheet.files_of(&material.id).map(|file| file.file_name.as_str()).collect();
        if sheet.held.is_waived(material) {
            let value = html! { strong { (t(lang, "materials.waived")) } br; (waived_because(lang, sheet, material)) };
            return SummaryRow::new(material.name.get(lang), value);
        }
        let value = if names.is_empty() { t(lang, "materials.not-there").to_owned() } else { names.join("\n") };
        SummaryRow::new(material.name.get(lang), answers::lines(&value)).action(SummaryAction::new(
            t(lang, "check.change"),
            format!("{}#{}-card", sheet.at("materials"), material.id),
            material.name.get(lang),
        ))
    };
    let rows: Vec<SummaryRow> = sheet.needed().into_iter().map(row).collect();
    html! {
        @if !rows.is_empty() { h2.govuk-heading-m { (t(lang, "materials.title")) } (SummaryList::new(rows)) }
    }
}
