//! Static files, under addresses that carry a fingerprint.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use i18n::Lang;

use crate::{Problem, answer_with_etag};

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// `/assets/{path}`, `/sw.js` and `/manifest.webmanifest`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/assets/{*path}", get(asset))
        .route("/sw.js", get(|headers: HeaderMap| async move { file(&headers, ui::assets::SERVICE_WORKER, false) }))
        .route("/manifest.webmanifest", get(|headers: HeaderMap| async move { file(&headers, "manifest.webmanifest", false) }))
        .route("/favicon.ico", get(|headers: HeaderMap| async move { file(&headers, "icons/icon-192.png", false) }))
}

async fn asset(headers: HeaderMap, Path(path): Path<String>) -> Response {
    file(&headers, &path, true)
}

fn file(headers: &HeaderMap, path: &str, fingerprinted: bool) -> Response {
    let Some(asset) = ui::assets::get(path) else { return Problem::of(StatusCode::NOT_FOUND, Lang::default()).into_response() };
    let caching = if asset.is_immutable && fingerprinted { FOR_EVER } else { ASK_AGAIN };
    answer_with_etag(headers, asset.etag, ([(header::CONTENT_TYPE, asset.mime), (header::CACHE_CONTROL, caching)], asset.bytes))
}
