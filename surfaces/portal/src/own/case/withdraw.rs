//! Taking an application back, after a question.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cases::commands::WithdrawCase;
use gate::{App, Citizen, Flash, Form, PageError, Visitor, form_fields, see_other_with};
use maud::{Markup, html};
use ui::{Button, NotificationBanner, WarningText};

use super::Own;
use crate::own::view::{TEXTS, View, code_of, column, fill, hidden, t};

/// `GET /cases/{case}/withdraw`
pub(in crate::own) async fn get(State(app): State<App>, Citizen(visitor): Citizen, Path(id): Path<String>) -> Result<Markup, PageError> {
    let own = Own::load(&app, &visitor, &id).await?;
    if !own.is_withdrawable() {
        return Err(cases::model::refusals::not_withdrawable().into());
    }
    Ok(page(&app, &visitor, &own, false))
}

/// `POST /cases/{case}/withdraw`
pub(in crate::own) async fn post(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let seen = form.get("_seen").and_then(|seen| seen.parse().ok());
    match app.execute(&visitor, form.key(), WithdrawCase { case: id.clone(), seen }).await {
        Ok(_) => {
            let text = TEXTS.text("withdraw.done");
            Ok(see_other_with(&app, &format!("/cases/{id}"), &Flash::success(text.zh, text.en)))
        }
        Err(error) if code_of(&error) == Some("stale-version") => {
            let own = Own::load(&app, &visitor, &id).await?;
            if !own.is_withdrawable() {
                return Err(cases::model::refusals::not_withdrawable().into());
            }
            Ok((StatusCode::CONFLICT, page(&app, &visitor, &own, true)).into_response())
        }
        Err(error) => Err(error),
    }
}

fn page(app: &App, visitor: &Visitor, own: &Own, is_stale: bool) -> Markup {
    let (lang, file, title) = (visitor.lang, &own.case.file, t(visitor.lang, "withdraw.title"));
    let body = html! {
        @if is_stale { (NotificationBanner::notice(lang, t(lang, "case.changed"))) }
        span.govuk-caption-l { (fill(lang, "case.caption", &[("number", &file.number)])) }
        h1.govuk-heading-l { (title) }
        p.govuk-body { (file.item_name.get(lang)) "：" (file.status.label().get(lang)) }
        (WarningText::new(lang, t(lang, "withdraw.warning")))
        form method="post" action=(own.at("withdraw")) {
            (form_fields(visitor))
            (hidden("_seen", &file.version.to_string()))
            div.govuk-button-group {
                (Button::submit(t(lang, "withdraw.do")).warning())
                a.govuk-link href={ "/cases/" (file.id) } { (t(lang, "withdraw.keep")) }
            }
        }
    };
    View::new(app, visitor, title).back(format!("/cases/{}", file.id)).show(column(body))
}
