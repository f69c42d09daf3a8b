//! What surrounds every route, in two rings. Between them a surface can dress problems as pages:
//! `outer(dress(inner(routes)))`.

use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, StatusCode, Version, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http_body_util::Limited;
use i18n::Lang;
use seal::OsEntropy;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};

use crate::rate::{Allowance, RateLimiter};
use crate::{ClientAddress, ClientSource, Problem, headers, is_cross_site};

/// The nonce of the answer's content security policy, as an extension of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nonce(pub String);

/// The number of the request in the log, as an extension of the request and in the header `x-request-id`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(pub String);

/// Limits and facts of the site.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Whether people reach the site by https, possibly through a proxy.
    pub https: bool,
    /// Who the client is.
    pub client: ClientSource,
    /// Longest body of a request.
    pub body_bytes_max: usize,
    /// Longest time for an answer, with the time a file takes to arrive over a slow line.
    pub answer_time_max: Duration,
    /// For everything.
    pub pages: Allowance,
    /// For forms in which one could guess: sign-in, registration, query codes.
    pub guessing: Allowance,
    /// Their paths. A query string counts like a form when the path begins with one of them.
    pub guessing_paths: Vec<&'static str>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            https: false,
            client: ClientSource::default(),
            body_bytes_max: 25 * 1024 * 1024,
            answer_time_max: Duration::from_secs(120),
            pages: Allowance { burst: 300, per_minute: 1_200 },
            guessing: Allowance { burst: 20, per_minute: 20 },
            guessing_paths: Vec::new(),
        }
    }
}

struct Guard {
    limits: Limits,
    pages: RateLimiter,
    guessing: RateLimiter,
}

/// The outer ring: request number, nonce, address of the client, compression, security headers, log line and figures.
pub fn outer(router: Router, limits: &Limits) -> Router {
    let limits = Arc::new(limits.clone());
    let compression = CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_sent_whole));
    router.layer(compression).layer(from_fn_with_state(limits, frame))
}

/// Whether nobody may go on with the answer after its first part. Ranges are those of the file as it is: the rest of it does not fit behind the
/// beginning of a compressed one, whose tag would be the same (RFC 9110, 8.8.3.3).
fn is_sent_whole(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(header::ACCEPT_RANGES)
}

/// The inner ring: rate limits, requests forged by other sites, length of bodies, time limits, panics. What it refuses is a [`Problem`].
pub fn inner(router: Router, limits: &Limits) -> Router {
    let guard = Arc::new(Guard { pages: RateLimiter::new(limits.pages), guessing: RateLimiter::new(limits.guessing), limits: limits.clone() });
    router.layer(DefaultBodyLimit::disable()).layer(CatchPanicLayer::custom(panicked)).layer(from_fn_with_state(guard, check))
}

async fn frame(State(limits): State<Arc<Limits>>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let (nonce, id) = (random_hex(), random_hex());
    let client = limits.client.of(request.headers(), request.extensions());
    request.extensions_mut().insert(Nonce(nonce.clone()));
    request.extensions_mut().insert(RequestId(id.clone()));
    request.extensions_mut().insert(client);
    let (method, surface) = (request.method().clone(), surface_of(request.uri().path()));
    let mut response = next.run(request).await;
    headers::set_security_headers(response.headers_mut(), &nonce, limits.https);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    let (status, took) = (response.status().as_u16(), started.elapsed());
    observe::Metrics::install().request(known_method(&method), surface, status, took);
    tracing::info!(request = id, method = %method, surface, status, took_us = took.as_micros(), "answered");
    response
}

async fn check(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let lang = lang_of(request.headers());
    if let Err(problem) = guard.admit(&request, lang) {
        return problem.into_response();
    }
    let request = request.map(|body| Body::new(Limited::new(body, guard.limits.body_bytes_max)));
    match tokio::time::timeout(guard.limits.answer_time_max, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::of(StatusCode::SERVICE_UNAVAILABLE, lang).retry_after(30).into_response(),
    }
}

impl Guard {
    fn admit(&self, request: &Request, lang: Lang) -> Result<(), Problem> {
        let client = request.extensions().get::<ClientAddress>().map_or(std::net::IpAddr::from([0, 0, 0, 0]), |client| client.key());
        let now = Instant::now();
        let limiter = if self.is_guess(request) { &self.guessing } else { &self.pages };
        if let Err(wait) = limiter.take(client, now) {
            return Err(Problem::of(StatusCode::TOO_MANY_REQUESTS, lang).retry_after(wait.as_secs().saturating_add(1)));
        }
        let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
        if changes && is_cross_site(request.headers()) {
            return Err(forged(lang));
        }
        let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
        match length.is_some_and(|length| length > self.limits.body_bytes_max) {
            true => Err(Problem::of(StatusCode::PAYLOAD_TOO_LARGE, lang)),
            false => Ok(()),
        }
    }

    fn is_guess(&self, request: &Request) -> bool {
        let path = request.uri().path();
        let guessed = self.limits.guessing_paths.contains(&path);
        guessed && (*request.method() == Method::POST || request.uri().query().is_some_and(|query| query.contains("code=")))
    }
}

/// The problem of a request that another site sent.
pub(crate) fn forged(lang: Lang) -> Problem {
    Problem { code: "form-forged".to_owned(), ..Problem::of(StatusCode::FORBIDDEN, lang) }
}

fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let said = cause.downcast_ref::<&str>().map(|s| (*s).to_owned()).or_else(|| cause.downcast_ref::<String>().cloned());
    tracing::error!(said = said.unwrap_or_default(), "a handler panicked");
    Problem::of(StatusCode::INTERNAL_SERVER_ERROR, Lang::default()).into_response()
}

fn lang_of(headers: &HeaderMap) -> Lang {
    Lang::choose(None, headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()))
}

/// The first part of the path, from a bounded set, for figures.
fn surface_of(path: &str) -> &'static str {
    const SURFACES: [&str; 22] = [
        "search",
        "items",
        "drafts",
        "cases",
        "track",
        "verify",
        "receipts",
        "delegations",
        "messages",
        "certificates",
        "sign-in",
        "sign-out",
        "register",
        "password",
        "act-for",
        "preferences",
        "workspace",
        "api",
        "docs",
        "assets",
        "health",
        "metrics",
    ];
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    match first {
        "" => "home",
        _ => SURFACES.into_iter().find(|surface| *surface == first).unwrap_or("other"),
    }
}

fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        _ => "OTHER",
    }
}

fn random_hex() -> String {
    seal::hash::to_hex(&seal::random_bytes::<16>(&mut OsEntropy))
}
