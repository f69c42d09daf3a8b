//! Requests and responses from their parts.

use serde_json::{Value, json};

use super::pass::Asking;
use crate::model::code::Code;
use crate::model::message::{RequestHead, RequestMessage, ResponseMessage, header, value_of};

const JSON: &str = "application/json;charset=utf-8";

/// The request of a call that is asked for here.
pub(super) fn request_of(asking: &Asking, id: &str, now_ms: i64) -> Result<RequestMessage, Code> {
    let mut headers = vec![
        (header::CLIENT.to_owned(), asking.client.to_string()),
        (header::SERVICE.to_owned(), asking.service.to_string()),
        (header::ID.to_owned(), id.to_owned()),
        (header::TIME.to_owned(), now_ms.to_string()),
        (header::CONTENT_TYPE.to_owned(), JSON.to_owned()),
        (header::ACCEPT.to_owned(), "application/json".to_owned()),
    ];
    let told =
        [(header::USER, &asking.user), (header::ISSUE, &asking.case), (header::PURPOSE, &asking.purpose), (header::REPRESENTED, &asking.represented)];
    for (name, value) in told {
        headers.extend(value.as_ref().map(|value| (name.to_owned(), value.clone())));
    }
    let request = match asking.endpoint.as_str() {
        "" => RequestMessage {
            method: "GET".to_owned(),
            path: format!("/r1/{}", asking.service),
            query: asking.query.clone(),
            headers,
            body: Vec::new(),
        },
        endpoint => RequestMessage {
            method: "POST".to_owned(),
            path: format!("/r1/{}/{endpoint}", asking.service),
            query: None,
            headers,
            body: serde_json::to_vec(&asking.body).map_err(|_| Code::BodyMalformed)?,
        },
    };
    request.head()?;
    Ok(request)
}

/// The response of an answered call.
pub(super) fn answer_response(request: &RequestMessage, head: &RequestHead, id: &str, body: &Value, now_ms: i64) -> ResponseMessage {
    let mut headers = bound(request, Some(head), id, now_ms);
    headers.push((header::CONTENT_TYPE.to_owned(), JSON.to_owned()));
    ResponseMessage { status: 200, headers, body: serde_json::to_vec(body).unwrap_or_default() }
}

/// The response of a call that failed, in the shape of X-Road's errors with our code beside.
pub(crate) fn error_response(request: &RequestMessage, head: Option<&RequestHead>, id: &str, code: Code, now_ms: i64) -> ResponseMessage {
    let refusal = code.refusal();
    let body = json!({
        "type": code.xroad(),
        "message": refusal.sentence.en,
        "detail": id,
        "code": code.as_str(),
        "blame": code.blame(),
        "retry": code.retry(),
        "sentence": refusal.sentence,
        "next_step": refusal.next_step,
    });
    let mut headers = bound(request, head, id, now_ms);
    headers.push((header::CONTENT_TYPE.to_owned(), JSON.to_owned()));
    headers.push((header::ERROR.to_owned(), code.xroad().to_owned()));
    ResponseMessage { status: code.status(), headers, body: serde_json::to_vec(&body).unwrap_or_default() }
}

/// The headers that bind a response to its request.
fn bound(request: &RequestMessage, head: Option<&RequestHead>, id: &str, now_ms: i64) -> Vec<(String, String)> {
    let mut headers = vec![
        (header::REQUEST_ID.to_owned(), id.to_owned()),
        (header::REQUEST_HASH.to_owned(), request.request_hash()),
        (header::TIME.to_owned(), now_ms.to_string()),
    ];
    match head {
        Some(head) => {
            headers.push((header::CLIENT.to_owned(), head.client.to_string()));
            headers.push((header::SERVICE.to_owned(), head.service.to_string()));
            headers.push((header::ID.to_owned(), head.id.clone()));
        }
        None => {
            let named = [header::CLIENT, header::ID].into_iter().filter_map(|name| Some((name, value_of(&request.headers, name)?)));
            let safe = named.filter(|(_, value)| value.len() <= 500 && !value.chars().any(char::is_control) && value.is_ascii());
            headers.extend(safe.map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
    }
    headers
}
