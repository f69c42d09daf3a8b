//! Saving in the background while one types. The form works without it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gate::{App, Citizen, Form, PageError};
use runner::Refusal;
use serde_json::json;

use super::Sheet;
use super::page::save;
use crate::own::view::code_of;

/// `POST /drafts/{draft}/pages/{page}/autosave`: `{"seen": n}`, or 409 when the draft was changed elsewhere.
pub(in crate::own) async fn post(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((id, page)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let sheet = Sheet::load(&app, &visitor, &id).await?;
    let page = sheet.package.form.page(&page).ok_or_else(|| PageError::from(Refusal::not_found()))?;
    match app.execute(&visitor, None, save(&sheet, page, &form.0)).await {
        Ok(saved) => Ok(Json(json!({ "seen": saved.outcome })).into_response()),
        Err(error) if code_of(&error) == Some("stale-version") => Ok(StatusCode::CONFLICT.into_response()),
        Err(error) => Err(error),
    }
}
