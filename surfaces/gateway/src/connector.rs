//! For a department's own information systems: they speak X-Road's headers and need not sign.

use std::collections::HashSet;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::routing::get;
use axum::{Json, Router, response::IntoResponse};
use exchange::{Asking, Carrier, Code, Gateway, Outcome, RequestMessage, SubsystemId, header, value_of};
use runner::{Actor, ActorKind, Halt, Refusal};
use serde_json::{Value, json};

use crate::message::arrived;

#[derive(Clone)]
struct Inside {
    gateway: Arc<Gateway>,
    carrier: Arc<dyn Carrier>,
    clients: Arc<HashSet<SubsystemId>>,
}

/// The routes for information systems behind this gateway, for the named subsystems alone. To be served where only they can reach it.
pub fn connector(gateway: Arc<Gateway>, carrier: Arc<dyn Carrier>, clients: HashSet<SubsystemId>) -> Router {
    Router::new().route("/r1/{*path}", get(call).post(call)).with_state(Inside { gateway, carrier, clients: Arc::new(clients) })
}

async fn call(State(inside): State<Inside>, request: Request) -> Response<Body> {
    let (message, unread) = arrived(request).await;
    let asking = match unread.map_or_else(|| asked(&message, &inside.clients), Err) {
        Ok(asking) => asking,
        Err(code) => return told(code, "", Value::Null),
    };
    let user = asking.user.as_ref().map(|user| format!("#{user}")).unwrap_or_default();
    let actor = Actor::bare(&format!("member:{}{user}", asking.client), ActorKind::System);
    let calling = move || inside.gateway.call(&actor, &asking, &*inside.carrier);
    match tokio::task::spawn_blocking(calling).await {
        Ok(Ok(Outcome { code, call, body })) => told(code, &call, body),
        Ok(Err(Halt::Refused(refusal))) => refused(Code::of_refusal(&refusal), "", &refusal, &Value::Null),
        Ok(Err(Halt::Fault(fault))) => {
            tracing::error!(%fault, "a call of an own information system failed");
            told(Code::Internal, "", Value::Null)
        }
        Err(fault) => {
            tracing::error!(%fault, "a call of an own information system was not made");
            told(Code::Internal, "", Value::Null)
        }
    }
}

fn asked(message: &RequestMessage, clients: &HashSet<SubsystemId>) -> Result<Asking, Code> {
    let find = |name: &str| value_of(&message.headers, name).map(str::to_owned);
    let client: SubsystemId = find(header::CLIENT).ok_or(Code::HeadMalformed)?.parse()?;
    if !clients.contains(&client) {
        return Err(Code::ClientUnknown);
    }
    let (service, endpoint) = message.addressed()?;
    let is_metadata = endpoint.is_empty();
    if is_metadata != (message.method == "GET") {
        return Err(Code::ServiceUnknown);
    }
    Ok(Asking {
        client,
        service,
        endpoint,
        body: if is_metadata { Value::Null } else { serde_json::from_slice(&message.body).map_err(|_| Code::BodyMalformed)? },
        user: find(header::USER),
        case: find(header::ISSUE),
        purpose: find(header::PURPOSE),
        represented: find(header::REPRESENTED),
        query: message.query.clone(),
    })
}

/// An answer, or the error in the shape of X-Road's with ours beside: what the other side said of it, where it said something.
fn told(code: Code, call: &str, body: Value) -> Response<Body> {
    let status = axum::http::StatusCode::from_u16(code.status()).unwrap_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR);
    if code == Code::Answered {
        return (status, [(header::REQUEST_ID, call.to_owned())], Json(body)).into_response();
    }
    refused(code, call, &code.refusal(), &body)
}

fn refused(code: Code, call: &str, refusal: &Refusal, said: &Value) -> Response<Body> {
    let status = axum::http::StatusCode::from_u16(code.status()).unwrap_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR);
    let own = json!({ "sentence": refusal.sentence, "next_step": refusal.next_step });
    let words = |name: &str| said.get(name).or_else(|| own.get(name)).cloned().unwrap_or_default();
    let error = json!({ "type": code.xroad(), "message": words("sentence")["en"], "detail": call, "code": code.as_str(), "blame": code.blame(),
        "retry": code.retry(), "sentence": words("sentence"), "next_step": words("next_step") });
    (status, [(header::ERROR, code.xroad().to_owned()), (header::REQUEST_ID, call.to_owned())], Json(error)).into_response()
}
