//! The ring around all routes: words every error as problem details (RFC 9457) in the language of the request.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use i18n::Lang;
use runner::Refusal;
use web::RequestId;

use crate::dto::{Problem, ProblemField};
use crate::error::{ApiError, Unworded};
use crate::refusals;

const PROBLEM_JSON: &str = "application/problem+json";
/// Long enough for a queue to empty, short enough not to be noticed.
const NOT_READY_S: u16 = 2;

/// Words errors; answers of the router itself (no such path, no such method) included.
pub(crate) async fn word_errors(request: Request, next: Next) -> Response {
    let lang = lang_of(request.headers());
    let conditional = request.headers().contains_key(header::IF_MATCH);
    let number = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let mut response = next.run(request).await;
    if let Some(Unworded(error)) = response.extensions_mut().remove::<Unworded>() {
        return problem(&error, lang, conditional, &number);
    }
    match unworded(&response) {
        Some(error) => {
            let mut worded = problem(&error, lang, conditional, &number);
            if let Some(allow) = response.headers_mut().remove(header::ALLOW) {
                worded.headers_mut().insert(header::ALLOW, allow);
            }
            worded
        }
        None => response,
    }
}

/// The language of a request.
pub(crate) fn lang_of(headers: &HeaderMap) -> Lang {
    Lang::choose(None, headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()))
}

/// The error behind an answer that no handler of ours gave.
fn unworded(response: &Response) -> Option<ApiError> {
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    let is_problem = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes() == PROBLEM_JSON.as_bytes());
    if !is_error || is_problem {
        return None;
    }
    Some(match status {
        StatusCode::METHOD_NOT_ALLOWED => refusals::method_not_allowed(),
        StatusCode::PAYLOAD_TOO_LARGE => refusals::body_too_large(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => refusals::content_type_wrong(),
        status if status.is_server_error() => ApiError::Fault(runner::Fault::because("a handler failed without a word")),
        _ => ApiError::not_found(),
    })
}

fn problem(error: &ApiError, lang: Lang, conditional: bool, number: &str) -> Response {
    match error {
        ApiError::Refused { status, refusal } => {
            let failed = conditional && refusal.code == "stale-version";
            let status = if failed { StatusCode::PRECONDITION_FAILED } else { *status };
            refused(status, refusal, lang, number)
        }
        ApiError::Fault(fault) => {
            tracing::error!(request = number, fault = %fault.0, sources = sources(&*fault.0), "a request failed");
            refused(StatusCode::INTERNAL_SERVER_ERROR, &our_fault(), lang, number)
        }
    }
}

fn our_fault() -> Refusal {
    Refusal::new(
        "internal-fault",
        "系统出了故障，您的请求没有办成。",
        "Something of ours failed; your request was not carried out.",
        "请稍后用同一个幂等键重试；仍不成功的，请把 instance 中的请求编号告诉我们。",
        "Try again later with the same idempotency key; if it fails again, tell us the number of the request in \"instance\".",
    )
}

fn refused(status: StatusCode, refusal: &Refusal, lang: Lang, number: &str) -> Response {
    let field = |field: &runner::FieldRefusal| ProblemField {
        field: field.field.clone(),
        pointer: field.field.starts_with('/').then(|| format!("#{}", field.field)),
        message: if lang == Lang::En { field.en.clone() } else { field.zh.clone() },
    };
    let fields: Vec<ProblemField> = refusal.fields.iter().map(field).collect();
    let next_step = refusal.next_step.get(lang).to_owned();
    let said: Vec<&str> = fields.iter().map(|field| field.message.as_str()).collect();
    let body = Problem {
        kind: format!("urn:zhengshu:problem:{}", refusal.code),
        title: refusal.sentence.get(lang).to_owned(),
        status: status.as_u16(),
        detail: if said.is_empty() { next_step.clone() } else { said.join(if lang == Lang::En { "; " } else { "；" }) },
        instance: if number.is_empty() { String::new() } else { format!("urn:zhengshu:request:{number}") },
        code: refusal.code.to_string(),
        basis: refusal.basis.to_string(),
        next_step,
        fields,
    };
    let text = serde_json::to_string(&body).unwrap_or_default();
    let mut response = (status, [(header::CONTENT_TYPE, PROBLEM_JSON), (header::CONTENT_LANGUAGE, lang.code())], text).into_response();
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"zhengshu\""));
    }
    if refusal.code == "document-not-ready" {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(NOT_READY_S));
    }
    if status == StatusCode::TOO_MANY_REQUESTS {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(crate::guessing::RETRY_AFTER_S));
    }
    response
}

fn sources(error: &(dyn std::error::Error + 'static)) -> String {
    let mut told = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        told.push(cause.to_string());
        source = cause.source();
    }
    told.join(": ")
}
