//! One page of the form. What is typed is kept in the draft also when it is wrong.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use cases::commands::SaveDraft;
use forms::Page;
use gate::{App, Citizen, Form, PageError, Visitor};
use runner::Refusal;
use serde_json::{Map, Value};

use super::page_view::{Shown, show};
use super::{Place, Sheet};
use crate::own::from::From;
use crate::own::view::code_of;
use crate::own::widgets::{Boxes, boxes_of};

/// `GET /drafts/{draft}/pages/{page}`
pub(in crate::own) async fn get(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((id, page)): Path<(String, String)>,
    Query(from): Query<From>,
) -> Result<Response, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    if sheet.place() == Place::Guide || !sheet.with_journey(|journey| journey.may_open(&page)) {
        return Ok(Redirect::to(&sheet.href(&sheet.place())).into_response());
    }
    let boxes = boxes_of(&sheet.package.form, &sheet.draft.answers);
    let shown = Shown { page: find(&sheet, &page)?, boxes: &boxes, problems: &[], from: &from, is_stale: false };
    Ok(show(&app, &visitor, &sheet, &shown).into_response())
}

/// `POST /drafts/{draft}/pages/{page}`
pub(in crate::own) async fn post(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((id, page)): Path<(String, String)>,
    Query(from): Query<From>,
    form: Form,
) -> Result<Response, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    let page = find(&sheet, &page)?;
    let answered = sheet.with_facts(|facts| sheet.package.form.answer_page(page, &form.0, &sheet.draft.answers, facts));
    let (sheet, is_stale) = saved(&app, &visitor, save(&sheet, page, &form.0)).await?;
    let page = find(&sheet, &page.id)?;
    if !is_stale && answered.problems.is_empty() {
        return Ok(Redirect::to(&after(&sheet, page, &from)).into_response());
    }
    let status = if is_stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = Shown { page, boxes: &answered.typed, problems: &answered.problems, from: &from, is_stale };
    Ok((status, show(&app, &visitor, &sheet, &shown)).into_response())
}

/// Saves, and answers the draft as it is now, and whether it was changed elsewhere meanwhile so that nothing was saved.
async fn saved(app: &App, visitor: &Visitor, command: SaveDraft) -> Result<(Sheet, bool), PageError> {
    let (id, typed) = (command.draft.clone(), command.answers.clone());
    let saved = app.execute(visitor, None, command).await;
    let sheet = Sheet::load(app, visitor, &id).await?;
    match saved {
        Ok(_) => Ok((sheet, false)),
        // Sent twice: what is saved is what was typed.
        Err(error) if code_of(&error) == Some("stale-version") => {
            let is_stale = !sheet.holds(&typed);
            Ok((sheet, is_stale))
        }
        Err(error) => Err(error),
    }
}

/// The command that keeps everything typed on the page: values as they are read, and what cannot be read as it was typed.
pub(super) fn save(sheet: &Sheet, page: &Page, posted: &[(String, String)]) -> SaveDraft {
    let read = sheet.package.form.parse_page(page, posted);
    let value = |name: &String| {
        let answer = read.answers.get(name).cloned();
        let fixed = sheet.package.form.field(name).and_then(|field| sheet.fixed(field));
        fixed.or(answer).or_else(|| raw(name, &read.typed)).unwrap_or(Value::Null)
    };
    let answers: Map<String, Value> = page.fields.iter().map(|name| (name.clone(), value(name))).collect();
    let seen = posted.iter().find(|(name, _)| name == "_seen").and_then(|(_, seen)| seen.parse().ok());
    SaveDraft { draft: sheet.draft.id.clone(), situation: Map::new(), answers, page: page.id.clone(), seen }
}

/// What was typed into the boxes of a field; the three boxes of a date are joined as a date is written.
fn raw(name: &str, typed: &Boxes) -> Option<Value> {
    let one = |name: &str| typed.get(name).and_then(|values| values.last()).map(|text| text.trim().to_owned()).unwrap_or_default();
    let whole = one(name);
    if !whole.is_empty() {
        return Some(Value::String(whole));
    }
    let parts = ["year", "month", "day"].map(|part| one(&format!("{name}-{part}")));
    if parts.iter().all(String::is_empty) { None } else { Some(Value::String(parts.join("-"))) }
}

/// The page after this one, with the answers as saved.
fn after(sheet: &Sheet, page: &Page, from: &From) -> String {
    if from.is_check() {
        return sheet.href(&sheet.place());
    }
    let next = sheet.with_journey(|journey| journey.next_page(&page.id).map(|next| next.id.clone()));
    next.map_or_else(|| sheet.after_form(), |next| sheet.at(&format!("pages/{next}")))
}

fn find<'a>(sheet: &'a Sheet, id: &str) -> Result<&'a Page, PageError> {
    sheet.package.form.page(id).ok_or_else(|| Refusal::not_found().into())
}
