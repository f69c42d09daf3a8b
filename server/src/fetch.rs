//! Fetching from other portals, for the harvest.

use std::time::Duration;

use opendata::Fetch;

const TIME_MAX: Duration = Duration::from_secs(60);
const BODY_BYTES_MAX: usize = 64 * 1024 * 1024;
const REDIRECTS_MAX: usize = 3;

/// Fetches over the network. Pages of a harvest are few: each has a client and a small runtime of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct WebFetch;

impl Fetch for WebFetch {
    fn get(&self, url: &str) -> Result<Vec<u8>, String> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
        runtime.block_on(fetch(url))
    }
}

async fn fetch(url: &str) -> Result<Vec<u8>, String> {
    let said = |error: reqwest::Error| error.to_string();
    let redirects = reqwest::redirect::Policy::limited(REDIRECTS_MAX);
    let client = reqwest::Client::builder().timeout(TIME_MAX).redirect(redirects).user_agent("zhengshu-harvest").build().map_err(said)?;
    let mut answer = client.get(url).send().await.map_err(said)?;
    if !answer.status().is_success() {
        return Err(format!("the portal answered {}", answer.status()));
    }
    let mut body = Vec::new();
    while let Some(part) = answer.chunk().await.map_err(said)? {
        body.extend_from_slice(&part);
        if body.len() > BODY_BYTES_MAX {
            return Err("the answer is too long".to_owned());
        }
    }
    Ok(body)
}
