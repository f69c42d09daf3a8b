//! Against forged requests: what the browser says about where a request comes from, and a token that only our own pages know.

use std::fmt;

use axum::http::{HeaderMap, header};
use seal::Entropy;
use seal::hash::{equal_in_constant_time, from_hex, hmac_sm3, to_hex};

const MASK_BYTES: usize = 32;

/// The key of form tokens.
#[derive(Clone)]
pub struct FormKey([u8; 32]);

impl fmt::Debug for FormKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FormKey(…)")
    }
}

impl FormKey {
    /// A key from a secret.
    #[must_use]
    pub const fn new(secret: [u8; 32]) -> Self {
        Self(secret)
    }

    /// A token bound to a session or to what precedes one. It looks different on every page, since compressed pages would
    /// otherwise betray it piece by piece (BREACH).
    #[must_use]
    pub fn token(&self, session: &str, entropy: &mut dyn Entropy) -> String {
        let mask: [u8; MASK_BYTES] = seal::random_bytes(entropy);
        let masked: Vec<u8> = self.mac(session).iter().zip(mask).map(|(byte, hide)| byte ^ hide).collect();
        format!("{}{}", to_hex(&mask), to_hex(&masked))
    }

    /// Whether the token was made for this session.
    #[must_use]
    pub fn accepts(&self, session: &str, token: &str) -> bool {
        let Some(bytes) = from_hex(token) else { return false };
        let Some((mask, masked)) = bytes.split_first_chunk::<MASK_BYTES>() else { return false };
        let mac: Vec<u8> = masked.iter().zip(mask).map(|(byte, hide)| byte ^ hide).collect();
        !session.is_empty() && equal_in_constant_time(&mac, &self.mac(session))
    }

    /// A name for something that must not be read from the name: a keyed hash.
    #[must_use]
    pub fn mark(&self, label: &str, value: &str) -> String {
        to_hex(&hmac_sm3(&self.0, format!("{label}\0{value}").as_bytes()))
    }

    fn mac(&self, session: &str) -> [u8; 32] {
        hmac_sm3(&self.0, format!("form\0{session}").as_bytes())
    }
}

/// Whether the browser says that another site sent this request. Old browsers say nothing; then `Origin` is compared with `Host`.
#[must_use]
pub fn is_cross_site(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN) else { return false };
    let host = origin.split_once("://").map_or("", |(_, host)| host);
    text(header::HOST).is_some_and(|expected| !expected.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use seal::OsEntropy;

    use super::*;

    #[test]
    fn a_token_serves_its_own_session_alone_and_never_looks_the_same() {
        let key = FormKey::new([7; 32]);
        let (one, two) = (key.token("s1", &mut OsEntropy), key.token("s1", &mut OsEntropy));
        assert_ne!(one, two);
        assert!(key.accepts("s1", &one) && key.accepts("s1", &two));
        assert!(!key.accepts("s2", &one) && !FormKey::new([8; 32]).accepts("s1", &one));
        for bad in ["", "zz", "00", &one[..64], &one[1..]] {
            assert!(!key.accepts("s1", bad), "{bad}");
        }
        assert!(!key.accepts("", &key.token("", &mut OsEntropy)));
    }

    #[test]
    fn requests_from_elsewhere_are_told_by_the_browser() {
        let cross = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            is_cross_site(&headers)
        };
        assert!(!cross(&[]));
        for (site, answer) in [("same-origin", false), ("none", false), ("same-site", true), ("cross-site", true)] {
            assert_eq!(cross(&[("sec-fetch-site", site)]), answer, "{site}");
        }
        assert!(!cross(&[("origin", "https://yunxi.example"), ("host", "yunxi.example")]));
        assert!(cross(&[("origin", "https://evil.example"), ("host", "yunxi.example")]));
        assert!(cross(&[("origin", "null"), ("host", "yunxi.example")]));
    }
}
