//! Answers that need not be sent again.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Whether `If-None-Match` names the tag (RFC 9110, 13.1.2: the weak comparison).
#[must_use]
pub fn matches_etag(headers: &HeaderMap, etag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let lines = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|tag| tag.trim() == "*" || bare(tag) == bare(etag))
}

/// The answer with its tag; 304 without body when the client has it already.
#[must_use]
pub fn answer_with_etag(headers: &HeaderMap, etag: &str, answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    if let Ok(value) = HeaderValue::from_str(etag) {
        response.headers_mut().insert(header::ETAG, value);
    }
    if matches_etag(headers, etag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(header::CONTENT_TYPE);
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    response
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_the_client_has_is_not_sent_again() {
        let asked = |tags: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, tags.parse().unwrap());
            answer_with_etag(&headers, "\"v1\"", "text").status()
        };
        for tags in ["\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*"] {
            assert_eq!(asked(tags), StatusCode::NOT_MODIFIED, "{tags}");
        }
        assert_eq!(asked("\"v2\""), StatusCode::OK);
        assert_eq!(answer_with_etag(&HeaderMap::new(), "\"v1\"", "text").headers()[header::ETAG], "\"v1\"");
    }
}
