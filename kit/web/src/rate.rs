//! How often one client may ask: a bucket of tokens for each address, in memory.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const CLIENTS_MAX: usize = 50_000;

/// How much is allowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Allowance {
    /// So many at once.
    pub burst: u32,
    /// So many a minute in the long run.
    pub per_minute: u32,
}

/// Buckets for all clients.
#[derive(Debug)]
pub struct RateLimiter {
    allowance: Allowance,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

impl RateLimiter {
    /// All buckets full.
    #[must_use]
    pub fn new(allowance: Allowance) -> Self {
        Self { allowance, buckets: Mutex::default() }
    }

    /// Takes one token.
    ///
    /// # Errors
    /// The time until the next token, when the bucket is empty.
    pub fn take(&self, client: IpAddr, now: Instant) -> Result<(), Duration> {
        let (burst, rate) = (f64::from(self.allowance.burst), f64::from(self.allowance.per_minute.max(1)) / 60.0);
        let filled = |bucket: &Bucket| (bucket.tokens + now.saturating_duration_since(bucket.at).as_secs_f64() * rate).min(burst);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= CLIENTS_MAX && !buckets.contains_key(&client) {
            // A full bucket says no more than no bucket at all.
            buckets.retain(|_, bucket| filled(bucket) < burst);
            if buckets.len() >= CLIENTS_MAX {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(client).or_insert(Bucket { tokens: burst, at: now });
        let tokens = filled(bucket);
        *bucket = Bucket { tokens: if tokens >= 1.0 { tokens - 1.0 } else { tokens }, at: now };
        if tokens >= 1.0 { Ok(()) } else { Err(Duration::from_secs_f64((1.0 - tokens) / rate)) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const ONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let limiter = RateLimiter::new(Allowance { burst: 3, per_minute: 60 });
        let start = Instant::now();
        for _ in 0..3 {
            limiter.take(ONE, start).unwrap();
        }
        let wait = limiter.take(ONE, start).unwrap_err();
        assert!(wait <= Duration::from_secs(1) && wait > Duration::from_millis(900), "{wait:?}");
        limiter.take("192.0.2.1".parse().unwrap(), start).unwrap();
        limiter.take(ONE, start + Duration::from_millis(1_001)).unwrap();
        assert!(limiter.take(ONE, start + Duration::from_millis(1_002)).is_err());
    }

    #[test]
    fn memory_is_bounded() {
        let limiter = RateLimiter::new(Allowance { burst: 1, per_minute: 1 });
        let now = Instant::now();
        for client in 0..=u32::try_from(CLIENTS_MAX).unwrap() {
            limiter.take(IpAddr::V4(client.into()), now).unwrap();
        }
        assert!(limiter.buckets.lock().unwrap().len() <= CLIENTS_MAX);
    }
}
