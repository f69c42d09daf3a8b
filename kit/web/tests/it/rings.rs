use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use axum::routing::{get, post};
use tower::ServiceExt;
use web::{Allowance, Limits, Nonce, RequestId, inner, outer};

fn site(limits: Limits) -> Router {
    let routes = Router::new()
        .route("/", get(|nonce: axum::Extension<Nonce>, id: axum::Extension<RequestId>| async move { format!("{} {}", nonce.0.0, id.0.0) }))
        .route("/slow", get(|| async { tokio::time::sleep(Duration::from_secs(60)).await }))
        .route(
            "/panic",
            get(|| async {
                if true {
                    panic!("secret")
                }
            }),
        )
        .route("/long", get(|| async { "line,stops\n".repeat(1_000) }))
        .route("/file", get(|| async { ([("accept-ranges", "bytes")], "line,stops\n".repeat(1_000)) }))
        .route("/own-policy", get(|| async { ([("content-security-policy", "sandbox"), ("cache-control", "public, max-age=60")], "x") }))
        .route("/length", post(|body: axum::body::Bytes| async move { body.len().to_string() }));
    outer(inner(routes, &limits), &limits)
}

async fn ask(site: &Router, request: axum::http::request::Builder, body: Body) -> (Response<()>, String) {
    let (parts, body) = site.clone().oneshot(request.body(body).unwrap()).await.unwrap().into_parts();
    let text = String::from_utf8(to_bytes(body, 1_000_000).await.unwrap().to_vec()).unwrap();
    (Response::from_parts(parts, ()), text)
}

async fn get_path(site: &Router, path: &str) -> (Response<()>, String) {
    ask(site, Request::get(path), Body::empty()).await
}

#[tokio::test]
async fn handlers_know_the_nonce_and_the_number_that_the_answer_carries() {
    let site = site(Limits::default());
    let (answer, text) = get_path(&site, "/").await;
    let (nonce, id) = text.split_once(' ').unwrap();
    assert!(answer.headers()["content-security-policy"].to_str().unwrap().contains(&format!("'nonce-{nonce}'")));
    assert_eq!(answer.headers()["x-request-id"], id);
    assert!(!answer.headers().contains_key("strict-transport-security"));
    assert_ne!(get_path(&site, "/").await.1, text);
}

#[tokio::test]
async fn an_answer_keeps_the_policy_it_sets_itself() {
    let (answer, _) = get_path(&site(Limits { https: true, ..Limits::default() }), "/own-policy").await;
    assert_eq!(answer.headers()["content-security-policy"], "sandbox");
    assert_eq!(answer.headers()["cache-control"], "public, max-age=60");
    assert!(answer.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn what_may_be_fetched_in_ranges_is_not_compressed() {
    let site = site(Limits::default());
    for (path, encoding) in [("/long", Some("gzip")), ("/file", None)] {
        let (parts, _) =
            site.clone().oneshot(Request::get(path).header("accept-encoding", "gzip").body(Body::empty()).unwrap()).await.unwrap().into_parts();
        assert_eq!(parts.headers.get("content-encoding").map(|value| value.to_str().unwrap()), encoding, "{path}");
    }
}

#[tokio::test]
async fn a_panic_is_a_problem_without_its_words() {
    let (answer, text) = get_path(&site(Limits::default()), "/panic").await;
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    assert!(!text.contains("secret"));
    assert!(answer.headers().contains_key("content-security-policy"));
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let (answer, _) = get_path(&site(Limits { answer_time_max: Duration::from_millis(30), ..Limits::default() }), "/slow").await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.headers()["retry-after"], "30");
}

#[tokio::test]
async fn forged_requests_reach_no_handler_and_reading_is_free() {
    let site = site(Limits::default());
    for (site_header, status) in [("cross-site", StatusCode::FORBIDDEN), ("same-site", StatusCode::FORBIDDEN), ("same-origin", StatusCode::OK)] {
        let request = Request::post("/length").header("sec-fetch-site", site_header);
        assert_eq!(ask(&site, request, Body::from("x")).await.0.status(), status, "{site_header}");
    }
    assert_eq!(ask(&site, Request::get("/").header("sec-fetch-site", "cross-site"), Body::empty()).await.0.status(), StatusCode::OK);
}

#[tokio::test]
async fn bodies_are_bounded_with_and_without_a_length() {
    let site = site(Limits { body_bytes_max: 4, ..Limits::default() });
    assert_eq!(ask(&site, Request::post("/length"), Body::from("1234")).await.1, "4");
    let stream = Body::from_stream(futures(vec!["123", "45"]));
    assert_eq!(ask(&site, Request::post("/length"), stream).await.0.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let claimed = Request::post("/length").header("content-length", "5");
    assert_eq!(ask(&site, claimed, Body::from("x")).await.0.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn each_client_has_an_allowance_of_its_own() {
    let limits = Limits { pages: Allowance { burst: 1, per_minute: 1 }, ..Limits::default() };
    let limits = Limits { client: web::ClientSource { trusted_proxies: vec!["0.0.0.0".parse().unwrap()] }, ..limits };
    let site = site(limits);
    let from = |address: &'static str| Request::get("/").header("x-forwarded-for", address);
    assert_eq!(ask(&site, from("192.0.2.1"), Body::empty()).await.0.status(), StatusCode::OK);
    let (again, _) = ask(&site, from("192.0.2.1"), Body::empty()).await;
    assert_eq!(again.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(again.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap() <= 61);
    assert_eq!(ask(&site, from("192.0.2.2"), Body::empty()).await.0.status(), StatusCode::OK);
}

/// A body that arrives in pieces.
fn futures(pieces: Vec<&'static str>) -> impl futures_util::Stream<Item = Result<&'static str, std::io::Error>> {
    futures_util::stream::iter(pieces.into_iter().map(Ok))
}
