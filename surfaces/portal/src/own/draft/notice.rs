//! What one should know before the form.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use gate::{App, Citizen, PageError, Visitor};
use i18n::Text;
use maud::{Markup, html};
use ui::Button;

use super::{Place, Sheet};
use crate::own::view::{View, column, t};

/// `GET /drafts/{draft}/notice`
pub(in crate::own) async fn get(State(app): State<App>, Citizen(visitor): Citizen, Path(id): Path<String>) -> Result<Response, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    if sheet.place() == Place::Guide {
        return Ok(Redirect::to(&sheet.at("guide")).into_response());
    }
    Ok(match &sheet.package.item.case.notice {
        Some(notice) => page(&app, &visitor, &sheet, notice).into_response(),
        None => Redirect::to(&first_page(&sheet)).into_response(),
    })
}

fn page(app: &App, visitor: &Visitor, sheet: &Sheet, notice: &Text) -> Markup {
    let lang = visitor.lang;
    let body = html! {
        span.govuk-caption-l { (sheet.package.item.name.get(lang)) }
        h1.govuk-heading-l { (t(lang, "notice.title")) }
        p.govuk-body { (notice.get(lang)) }
        p.govuk-body { (t(lang, "notice.saved")) }
        (Button::link(t(lang, "form.continue"), first_page(sheet)))
    };
    View::new(app, visitor, t(lang, "notice.title")).back(last_question(sheet)).show(column(body))
}

fn first_page(sheet: &Sheet) -> String {
    let first = sheet.with_journey(|journey| journey.pages().first().map(|page| page.id.clone()));
    first.map_or_else(|| sheet.after_form(), |page| sheet.at(&format!("pages/{page}")))
}

/// The last guide question; the start page where there is none.
pub(super) fn last_question(sheet: &Sheet) -> String {
    let last = sheet.package.item.situations.last();
    last.map_or_else(|| format!("/items/{}/apply", sheet.draft.slug), |question| sheet.at(&format!("guide/{}", question.id)))
}
