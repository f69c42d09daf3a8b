//! Cookies: read one, set one.

use axum::http::{HeaderMap, HeaderValue, header};

const HOST_PREFIX: &str = "__Host-";

/// The value of a cookie, under its name or under its name with `__Host-`.
#[must_use]
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut plain = None;
    for pair in lines.flat_map(|line| line.split(';')) {
        let Some((key, value)) = pair.trim().split_once('=') else { continue };
        if key.strip_prefix(HOST_PREFIX) == Some(name) {
            return Some(value);
        }
        if key == name && plain.is_none() {
            plain = Some(value);
        }
    }
    plain
}

/// A cookie to be set: for the whole site, hidden from scripts, not sent along from other sites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetCookie {
    name: &'static str,
    value: String,
    max_age_s: Option<u32>,
}

impl SetCookie {
    /// A cookie that ends with the browser's session. The value must be made of characters that cookies may hold.
    #[must_use]
    pub fn session(name: &'static str, value: impl Into<String>) -> Self {
        Self { name, value: value.into(), max_age_s: None }
    }

    /// A cookie that the browser keeps for so many seconds.
    #[must_use]
    pub fn kept(name: &'static str, value: impl Into<String>, max_age_s: u32) -> Self {
        Self { name, value: value.into(), max_age_s: Some(max_age_s) }
    }

    /// Takes a cookie away.
    #[must_use]
    pub fn removed(name: &'static str) -> Self {
        Self::kept(name, "", 0)
    }

    /// The header's value. Under https the name gets the prefix `__Host-`, so that no other host can set it.
    #[must_use]
    pub fn header(&self, https: bool) -> Option<HeaderValue> {
        let (prefix, secure) = if https { (HOST_PREFIX, "; Secure") } else { ("", "") };
        let age = self.max_age_s.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        HeaderValue::from_str(&format!("{prefix}{}={}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", self.name, self.value)).ok()
    }

    /// Adds the header.
    pub fn set(&self, headers: &mut HeaderMap, https: bool) {
        if let Some(value) = self.header(https) {
            headers.append(header::SET_COOKIE, value);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn headers(line: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, line.parse().unwrap());
        headers
    }

    #[test]
    fn the_protected_name_wins() {
        assert_eq!(cookie(&headers("a=1; zs=plain; __Host-zs=good"), "zs"), Some("good"));
        assert_eq!(cookie(&headers("zs=one; zs=two"), "zs"), Some("one"));
        assert_eq!(cookie(&headers("zs"), "zs"), None);
        assert_eq!(cookie(&HeaderMap::new(), "zs"), None);
    }

    #[test]
    fn a_cookie_is_hidden_and_stays_on_its_site() {
        let text = |cookie: SetCookie, https| cookie.header(https).unwrap().to_str().unwrap().to_owned();
        assert_eq!(text(SetCookie::session("zs", "v"), true), "__Host-zs=v; Path=/; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(text(SetCookie::removed("zs"), false), "zs=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
        assert_eq!(SetCookie::session("zs", "a\nb").header(false), None);
    }
}
