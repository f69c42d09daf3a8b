//! Signing in at the entrance for staff.

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::sign_in::{Asked, Client, show, try_to_sign_in};
use crate::{App, Form, PageError, Visitor};

/// `GET /workspace/sign-in`
pub(crate) async fn get(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Response {
    show(&app, &visitor, &asked, true)
}

/// `POST /workspace/sign-in`
pub(crate) async fn post(app: State<App>, visitor: Visitor, headers: HeaderMap, client: Client, form: Form) -> Result<Response, PageError> {
    try_to_sign_in(&app.0, &visitor, &headers, client.0, &form, true).await
}
