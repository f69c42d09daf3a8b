//! Throwing a draft away, after a question.

use axum::extract::{Path, State};
use axum::response::Redirect;
use cases::commands::DiscardDraft;
use gate::{App, Citizen, Form, PageError, form_fields};
use maud::{Markup, html};
use ui::Button;

use super::Sheet;
use crate::own::view::{View, column, fill, moment, t};

/// `GET /drafts/{draft}/discard`
pub(in crate::own) async fn get(State(app): State<App>, Citizen(visitor): Citizen, Path(id): Path<String>) -> Result<Markup, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    let (lang, title) = (visitor.lang, t(visitor.lang, "discard.title"));
    let body = html! {
        span.govuk-caption-l { (sheet.package.item.name.get(lang)) }
        h1.govuk-heading-l { (title) }
        p.govuk-body { (fill(lang, "discard.explain", &[("at", &moment(lang, sheet.draft.updated_ms))])) }
        form method="post" action=(sheet.at("discard")) {
            (form_fields(&visitor))
            div.govuk-button-group {
                (Button::submit(t(lang, "discard.do")).warning())
                a.govuk-link href={ "/drafts/" (id) } { (t(lang, "discard.keep")) }
            }
        }
    };
    Ok(View::new(&app, &visitor, title).back("/cases").show(column(body)))
}

/// `POST /drafts/{draft}/discard`
pub(in crate::own) async fn post(State(app): State<App>, Citizen(visitor): Citizen, Path(id): Path<String>, _: Form) -> Result<Redirect, PageError> {
    app.execute(&visitor, None, DiscardDraft { draft: id }).await?;
    Ok(Redirect::to("/cases"))
}
