//! What search engines may visit.

use axum::http::header;
use axum::response::IntoResponse;

const ROBOTS: &str = "User-agent: *\n\
Disallow: /workspace\n\
Disallow: /api/\n\
Disallow: /drafts/\n\
Disallow: /cases\n\
Disallow: /receipts/\n\
Disallow: /certificates\n\
Disallow: /messages\n\
Disallow: /delegations\n\
Disallow: /preferences\n";

/// `/robots.txt`
pub(crate) async fn robots() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=86400")], ROBOTS)
}
