//! Answers to forms: elsewhere, or the same page with what is wrong.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::Markup;

use crate::{App, Flash};

/// 303 to a path of this site.
#[must_use]
pub fn see_other(path: &str) -> Response {
    let location = HeaderValue::from_str(&ascii(path)).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}

/// 303 to a path of this site, where the message is shown once.
#[must_use]
pub fn see_other_with(app: &App, path: &str, flash: &Flash) -> Response {
    let mut response = see_other(path);
    flash.cookie(app).set(response.headers_mut(), app.limits.https);
    response
}

/// 422 with the page that says what is wrong.
#[must_use]
pub fn unprocessable(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// Headers are ASCII; whatever is not is percent-encoded.
fn ascii(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii() && !c.is_ascii_control() {
            out.push(c);
        } else {
            out.push_str(&web::percent_encoded(c.encode_utf8(&mut [0; 4])));
        }
    }
    out
}
