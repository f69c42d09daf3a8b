//! The declaration, and sending the application. Sent twice, the first answer is given again.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cases::commands::SubmitCase;
use cases::queries::registers_of;
use gate::{App, Citizen, Form, PageError, Visitor, form_fields};
use i18n::Lang;
use maud::{Markup, html};
use ui::{Button, Checkboxes, Choice, InsetText, WarningText};

use super::{Place, Sheet, check};
use crate::own::view::{View, Wrong, at, code_of, column, hidden, summary, t};
use crate::own::widgets::control_id;

/// `GET /drafts/{draft}/submit`
pub(in crate::own) async fn get(State(app): State<App>, Citizen(visitor): Citizen, Path(id): Path<String>) -> Result<Response, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    match sheet.place() {
        Place::Check => Ok(page(&app, &visitor, &sheet, &[]).into_response()),
        place => Ok(Redirect::to(&sheet.href(&place)).into_response()),
    }
}

/// `POST /drafts/{draft}/submit`
pub(in crate::own) async fn post(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let seen = form.get("_seen").unwrap_or_default().to_owned();
    let promised = form.get("promise") == Some("yes");
    if let Some(answer) = before(&app, &visitor, &id, &seen, promised).await? {
        return Ok(answer);
    }
    let command = SubmitCase { draft: Some(id.clone()), channel: "web".into(), promised, ..SubmitCase::default() };
    match app.execute(&visitor, Some(format!("submit-{id}-{seen}")), command).await {
        Ok(submitted) => Ok(Redirect::to(&format!("/cases/{}/submitted", submitted.outcome.case)).into_response()),
        Err(error) => refused(&app, &visitor, &id, error).await,
    }
}

/// What the page itself can say before the application is sent. A draft that is gone was sent already: its first answer follows.
async fn before(app: &App, visitor: &Visitor, id: &str, seen: &str, promised: bool) -> Result<Option<Response>, PageError> {
    let sheet = match Sheet::load(app, visitor, id).await {
        Ok(sheet) => sheet,
        Err(error) if code_of(&error) == Some("not-found") => return Ok(None),
        Err(error) => return Err(error),
    };
    let lang = visitor.lang;
    if seen != sheet.seen.to_string() {
        let wrong = [Wrong::new("", t(lang, "submit.stale"))];
        return Ok(Some((StatusCode::CONFLICT, check::page(app, visitor, &sheet, &wrong)).into_response()));
    }
    if sheet.package.item.case.promise.is_some() && !promised {
        let wrong = [Wrong::new("promise", t(lang, "submit.promise-missing"))];
        return Ok(Some((StatusCode::UNPROCESSABLE_ENTITY, page(app, visitor, &sheet, &wrong)).into_response()));
    }
    app.ask_about_own(&visitor.actor, registers_of(&sheet.package)).await?;
    Ok(None)
}

/// A refusal about fields or materials leads back to them; any other is a page of its own.
async fn refused(app: &App, visitor: &Visitor, id: &str, error: PageError) -> Result<Response, PageError> {
    let fields = error.refusal().map(|refusal| refusal.fields.clone()).unwrap_or_default();
    if fields.is_empty() {
        return Err(error);
    }
    let sheet = Sheet::load(app, visitor, id).await?;
    let wrong: Vec<Wrong> = fields.iter().map(|field| Wrong::new(row_of(&sheet, &field.field), said(field, visitor.lang))).collect();
    Ok((StatusCode::UNPROCESSABLE_ENTITY, check::page(app, visitor, &sheet, &wrong)).into_response())
}

/// The heading on the check page under which a field stands.
fn row_of(sheet: &Sheet, field: &str) -> String {
    let page = sheet.package.form.page_of(field).map(|page| page.id.clone());
    page.or_else(|| sheet.package.form.field(field).map(control_id)).unwrap_or_default()
}

fn said(field: &runner::FieldRefusal, lang: Lang) -> &str {
    match lang {
        Lang::ZhHans => &field.zh,
        Lang::En => &field.en,
    }
}

fn page(app: &App, visitor: &Visitor, sheet: &Sheet, wrong: &[Wrong]) -> Markup {
    let (lang, title) = (visitor.lang, t(visitor.lang, "submit.title"));
    let item = &sheet.package.item;
    let body = html! {
        (summary(lang, wrong))
        span.govuk-caption-l { (item.name.get(lang)) }
        h1.govuk-heading-l { (title) }
        form method="post" action=(sheet.at("submit")) novalidate {
            (form_fields(visitor))
            (hidden("_seen", &sheet.seen.to_string()))
            @if let Some(promise) = &item.case.promise {
                (InsetText::new(promise.get(lang)))
                (Checkboxes::single("promise", Choice::new("yes", t(lang, "submit.promise"))).error(at(lang, wrong, "promise")))
            } @else {
                p.govuk-body { (t(lang, "submit.true")) }
            }
            (WarningText::new(lang, t(lang, "submit.warning")))
            (Button::submit(t(lang, "submit.do")))
        }
    };
    View::new(app, visitor, title).back(sheet.at("check")).wrong(wrong).show(column(body))
}
