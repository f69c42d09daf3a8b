//! Asking for an answered request to be taken up again, once.

use axum::extract::{Path, State};
use axum::response::Response;
use cases::commands::ReopenCase;
use gate::{App, Citizen, Flash, Form, PageError, Visitor, form_fields, see_other_with, unprocessable};
use maud::{Markup, html};
use ui::{Button, CharacterCount};

use super::Own;
use crate::own::view::{TEXTS, View, Wrong, at, column, fill, summary, t};

const CHARACTERS_MAX: u32 = 500;

/// `GET /cases/{case}/reopen`
pub(in crate::own) async fn get(State(app): State<App>, Citizen(visitor): Citizen, Path(id): Path<String>) -> Result<Markup, PageError> {
    let own = Own::load(&app, &visitor, &id).await?;
    if !own.is_reopenable() {
        return Err(cases::model::refusals::not_reopenable().into());
    }
    Ok(page(&app, &visitor, &own, "", &[]))
}

/// `POST /cases/{case}/reopen`
pub(in crate::own) async fn post(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let own = Own::load(&app, &visitor, &id).await?;
    let reason = form.text("reason").to_owned();
    let length = u32::try_from(reason.chars().count()).unwrap_or(u32::MAX);
    if length == 0 || length > CHARACTERS_MAX {
        let sentence = if length == 0 { t(visitor.lang, "reopen.missing").to_owned() } else { fill(visitor.lang, "form.too-long", &[("n", "500")]) };
        return Ok(unprocessable(page(&app, &visitor, &own, &reason, &[Wrong::new("reason", sentence)])));
    }
    app.execute(&visitor, form.key(), ReopenCase { case: id.clone(), reason }).await?;
    let text = TEXTS.text("reopen.done");
    Ok(see_other_with(&app, &format!("/cases/{id}"), &Flash::success(text.zh, text.en)))
}

fn page(app: &App, visitor: &Visitor, own: &Own, reason: &str, wrong: &[Wrong]) -> Markup {
    let (lang, file, title) = (visitor.lang, &own.case.file, t(visitor.lang, "reopen.title"));
    let field = CharacterCount::new(lang, "reason", t(lang, "reopen.reason"), CHARACTERS_MAX);
    let body = html! {
        (summary(lang, wrong))
        span.govuk-caption-l { (fill(lang, "case.caption", &[("number", &file.number)])) }
        h1.govuk-heading-l { (title) }
        p.govuk-body { (t(lang, "reopen.explain")) }
        form method="post" action=(own.at("reopen")) novalidate {
            (form_fields(visitor))
            (field.hint(t(lang, "reopen.hint")).value(reason).error(at(lang, wrong, "reason")))
            (Button::submit(t(lang, "reopen.do")))
        }
    };
    View::new(app, visitor, title).back(format!("/cases/{}", file.id)).wrong(wrong).show(column(body))
}
