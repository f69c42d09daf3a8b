//! Where one could guess - passwords, query codes, verification codes - a client may ask less often.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use gate::App;
use web::{ClientAddress, RateLimiter};

use crate::error::ApiError;
use crate::refusals;

/// The allowance refills about three times a minute.
pub(crate) const RETRY_AFTER_S: u16 = 20;

/// The buckets of all clients, as an extension of every request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Buckets(Arc<OnceLock<RateLimiter>>);

/// A request that has taken its token from the bucket of its client.
pub(crate) struct Allowed;

impl FromRequestParts<App> for Allowed {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let client = parts.extensions.get::<ClientAddress>().map_or(IpAddr::from([0, 0, 0, 0]), |client| client.key());
        let Some(buckets) = parts.extensions.get::<Buckets>() else { return Ok(Self) };
        let limiter = buckets.0.get_or_init(|| RateLimiter::new(app.limits.guessing));
        limiter.take(client, Instant::now()).map(|()| Self).map_err(|_| refusals::too_many_requests())
    }
}
