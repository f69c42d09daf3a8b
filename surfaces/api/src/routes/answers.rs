//! Forms of answers.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use runner::{Actor, Authority, Halt, Refusal, Resource};
use serde::Serialize;
use store::Tx;

/// JSON with the version of the thing as ETag.
pub(super) fn versioned(version: i64, body: &impl Serialize) -> Response {
    let mut response = Json(body).into_response();
    tag(&mut response, version);
    response
}

/// 201 with the address of the new thing; a version of 0 is none.
pub(super) fn created(location: &str, version: i64, body: &impl Serialize) -> Response {
    let mut response = (StatusCode::CREATED, Json(body)).into_response();
    if let Ok(value) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    if version > 0 {
        tag(&mut response, version);
    }
    response
}

fn tag(response: &mut Response, version: i64) {
    if let Ok(value) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.headers_mut().insert(header::ETAG, value);
    }
}

/// A file for saving.
pub(super) fn file(kind: &str, name: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let kind = HeaderValue::from_str(kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    let disposition = format!("attachment; filename*=UTF-8''{}", web::percent_encoded(name));
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// The case as a resource on which the actor may do the act; otherwise it is hidden.
pub(super) fn permitted_case(tx: &mut Tx<'_>, authority: &dyn Authority, actor: &Actor, id: &str, action: &str) -> Result<Resource, Halt> {
    let resource = cases::queries::case_resource(tx, actor, id)?.ok_or_else(Refusal::not_found)?;
    if authority.rule(actor, action, &resource).permitted { Ok(resource) } else { Err(Refusal::not_found().into()) }
}
