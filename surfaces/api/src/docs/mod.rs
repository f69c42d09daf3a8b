//! The documentation for people, made from the same descriptions as the document: no script, nothing from elsewhere.

mod page;
mod schema;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use gate::{App, Visitor};

use crate::routes::Described;

/// `/docs/api`.
pub(crate) fn routes(described: Described) -> Router<App> {
    Router::new().route("/docs/api", get(docs)).layer(Extension(described))
}

async fn docs(State(app): State<App>, visitor: Visitor, Extension(described): Extension<Described>) -> Response {
    let body = page::body(&described, visitor.lang, &app.settings.public_url);
    let title = page::title(visitor.lang);
    gate::page(&app, &visitor, title, body).into_response()
}
