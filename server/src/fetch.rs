//! Fetching from other portals, for the harvest.

use std::time::Duration;

use opendata::Fetch;
use tokio::runtime::Runtime;

const TIME_MAX: Duration = Duration::from_secs(60);
const BODY_BYTES_MAX: usize = 64 * 1024 * 1024;
const REDIRECTS_MAX: usize = 3;

/// Fetches over the network; a small runtime of its own waits for the answer.
pub struct WebFetch {
    client: reqwest::Client,
    runtime: Runtime,
}

impl WebFetch {
    /// A client that gives up in time.
    ///
    /// # Errors
    /// What keeps it from being made.
    pub fn new() -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let redirects = reqwest::redirect::Policy::limited(REDIRECTS_MAX);
        let client = reqwest::Client::builder().timeout(TIME_MAX).redirect(redirects).user_agent("zhengshu-harvest").build()?;
        Ok(Self { client, runtime: tokio::runtime::Builder::new_current_thread().enable_all().build()? })
    }

    async fn fetch(&self, url: &str) -> Result<Vec<u8>, String> {
        let mut answer = self.client.get(url).send().await.map_err(|error| error.to_string())?;
        if !answer.status().is_success() {
            return Err(format!("the portal answered {}", answer.status()));
        }
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(|error| error.to_string())? {
            body.extend_from_slice(&part);
            if body.len() > BODY_BYTES_MAX {
                return Err("the answer is too long".to_owned());
            }
        }
        Ok(body)
    }
}

impl Fetch for WebFetch {
    fn get(&self, url: &str) -> Result<Vec<u8>, String> {
        self.runtime.block_on(self.fetch(url))
    }
}
