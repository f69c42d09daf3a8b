//! What other nodes and the public reach.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{any, get};
use axum::{Json, Router};
use exchange::{Gateway, Reply, client_list};
use runner::Halt;
use seal::Algorithm;
use serde_json::{Value, json};
use store::{Store, StoreError};

use crate::message::{arrived, response};

const DAY_MS: i64 = 86_400_000;
/// Days of the traffic that is told.
const TRAFFIC_DAYS: i64 = 30;

#[derive(Clone)]
struct Open {
    gateway: Arc<Gateway>,
    store: Arc<Store>,
}

/// The routes for other nodes and the public.
pub fn routes(gateway: Arc<Gateway>, store: Arc<Store>) -> Router {
    Router::new()
        .route("/r1/{*path}", any(call))
        .route("/listClients", get(clients))
        .route("/exchange/keys", get(keys))
        .route("/exchange/traffic", get(traffic))
        .with_state(Open { gateway, store })
}

async fn call(State(open): State<Open>, request: Request) -> Response<Body> {
    let (message, unread) = arrived(request).await;
    let gateway = Arc::clone(&open.gateway);
    let answering = move || match unread {
        Some(code) => gateway.turn_away(&message, code),
        None => gateway.answer(message),
    };
    match tokio::task::spawn_blocking(answering).await {
        Ok(reply) => {
            log(&reply);
            response(reply.response)
        }
        Err(fault) => {
            tracing::error!(%fault, "a call of the exchange was not answered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Operators see why; the code alone leaves the node.
fn log(reply: &Reply) {
    let call = reply.call.as_deref().unwrap_or_default();
    match &reply.fault {
        Some(Halt::Fault(fault)) => {
            let cause = std::error::Error::source(&*fault.0).map(ToString::to_string).unwrap_or_default();
            tracing::error!(code = reply.code.as_str(), call, %fault, cause, "a call of the exchange failed");
        }
        Some(Halt::Refused(_)) | None => tracing::info!(code = reply.code.as_str(), call, "a call of the exchange was answered"),
    }
}

async fn read<T: Send + 'static>(
    open: &Open,
    work: impl FnMut(&mut store::Tx<'_>) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StatusCode> {
    let store = Arc::clone(&open.store);
    let found = tokio::task::spawn_blocking(move || store.read(work)).await;
    found.ok().and_then(Result::ok).ok_or(StatusCode::SERVICE_UNAVAILABLE)
}

async fn clients(State(open): State<Open>) -> Result<Json<Value>, StatusCode> {
    let members = read(&open, |tx| exchange::members(tx)).await?;
    Ok(Json(client_list(&members)))
}

async fn keys(State(open): State<Open>) -> Json<Value> {
    let key = |algorithm: Algorithm| {
        let key = open.gateway.public_key(algorithm);
        json!({ "id": exchange::key_id(key), "algorithm": algorithm.name(), "pem": key.to_pem().unwrap_or_default() })
    };
    Json(json!({ "keys": [key(Algorithm::Sm2), key(Algorithm::Ed25519)] }))
}

/// Figures of whole days up to yesterday: what is being called now is nobody's to watch.
async fn traffic(State(open): State<Open>) -> Result<Json<Value>, StatusCode> {
    let now_ms = open.gateway.now_ms();
    let until_ms = now_ms.saturating_sub(now_ms.rem_euclid(DAY_MS));
    let from_ms = until_ms.saturating_sub(TRAFFIC_DAYS.saturating_mul(DAY_MS));
    let figures = read(&open, move |tx| exchange::traffic(tx, from_ms, until_ms)).await?;
    Ok(Json(json!({ "from_ms": from_ms, "until_ms": until_ms, "services": figures })))
}
