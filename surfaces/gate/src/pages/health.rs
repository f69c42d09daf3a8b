//! For those who run the server: alive, ready, figures.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, State};
use axum::http::{Extensions, HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use observe::HealthState;

use crate::{App, PageError};

const PLAIN: [(header::HeaderName, &str); 1] = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];

/// The process answers.
pub(crate) async fn live() -> Response {
    (PLAIN, "live\n").into_response()
}

/// The process may get requests: it has started, does not stop, and its database answers.
pub(crate) async fn ready(State(app): State<App>) -> Response {
    match app.health.state() {
        HealthState::Starting => return (StatusCode::SERVICE_UNAVAILABLE, PLAIN, "starting\n").into_response(),
        HealthState::Draining => return (StatusCode::SERVICE_UNAVAILABLE, PLAIN, "draining\n").into_response(),
        HealthState::Ready => {}
    }
    match app.query(|tx| Ok(journal::stream_version(tx, "health")?)).await {
        Ok(_) => (PLAIN, "ready\n").into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, PLAIN, "the database does not answer\n").into_response(),
    }
}

/// Figures in the text format of Prometheus, for the machine itself alone.
pub(crate) async fn metrics(State(app): State<App>, headers: HeaderMap, extensions: Extensions) -> Result<Response, PageError> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>();
    let is_local = peer.is_some_and(|info| info.0.ip().to_canonical().is_loopback()) && !headers.contains_key("x-forwarded-for");
    if !is_local {
        return Err(PageError::NotFound);
    }
    Ok((PLAIN, app.metrics.render()).into_response())
}
