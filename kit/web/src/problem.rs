//! Why a request could not be answered, for programs: problem details (RFC 9457). Pages make HTML of it.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use i18n::Lang;
use serde::Serialize;
use ui::layout::ProblemKind;

/// Problem details. The answer also carries it as an extension, so that a surface for people can dress it as a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What kind of problem; `about:blank` when the status says it all.
    #[serde(rename = "type")]
    pub kind: String,
    /// In a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// The number of the request in the log.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub instance: String,
    /// The code of a refusal.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The article it rests on.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// What can be done now.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub next_step: String,
    /// What is wrong with single fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ProblemField>,
    /// After so many seconds it is worth trying again.
    #[serde(skip)]
    pub retry_after_s: Option<u64>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemField {
    /// The field.
    pub field: String,
    /// What is wrong.
    pub message: String,
}

impl Problem {
    /// The problem that a status stands for, with its words.
    #[must_use]
    pub fn of(status: StatusCode, lang: Lang) -> Self {
        let kind = ProblemKind::from_status(status.as_u16());
        Self {
            kind: "about:blank".to_owned(),
            title: kind.title().get(lang).to_owned(),
            status: status.as_u16(),
            detail: String::new(),
            instance: String::new(),
            code: String::new(),
            basis: String::new(),
            next_step: kind.next_steps().get(lang).to_owned(),
            fields: Vec::new(),
            retry_after_s: None,
        }
    }

    /// The same, to be tried again after some seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_empty_is_left_out() {
        let problem = Problem { next_step: String::new(), ..Problem::of(StatusCode::NOT_FOUND, Lang::En) };
        assert_eq!(serde_json::to_string(&problem).unwrap(), r#"{"type":"about:blank","title":"Page not found","status":404}"#);
        let response = problem.retry_after(7).into_response();
        assert_eq!(response.headers()[header::RETRY_AFTER], "7");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    }
}
