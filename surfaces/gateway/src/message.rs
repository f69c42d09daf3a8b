//! Between HTTP and messages.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode};
use exchange::{BODY_BYTES_MAX, Code, RequestMessage, ResponseMessage};

/// A request as a message; the body is missing when it could not be read, and the code says why.
pub(crate) async fn arrived(request: Request<Body>) -> (RequestMessage, Option<Code>) {
    let (parts, body) = request.into_parts();
    let announced = parts.headers.get(axum::http::header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let mut message = RequestMessage {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(str::to_owned),
        headers: lines(&parts.headers),
        body: Vec::new(),
    };
    if announced.is_some_and(|length| length > BODY_BYTES_MAX) {
        return (message, Some(Code::TooLarge));
    }
    match to_bytes(body, BODY_BYTES_MAX).await {
        Ok(bytes) => message.body = bytes.to_vec(),
        // Without an announced length only the limit ends a body early; with one, the line broke.
        Err(_) => return (message, Some(if announced.is_some() { Code::Truncated } else { Code::TooLarge })),
    }
    (message, None)
}

/// All header lines, those of one name each for itself, so that a doubled one is seen.
pub(crate) fn lines(headers: &HeaderMap) -> Vec<(String, String)> {
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())).collect()
}

/// A message as a response.
pub(crate) fn response(message: ResponseMessage) -> Response<Body> {
    let mut response = Response::new(Body::from(message.body));
    *response.status_mut() = StatusCode::from_u16(message.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in message.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&value)) {
            response.headers_mut().append(name, value);
        }
    }
    response
}
