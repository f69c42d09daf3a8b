//! Paths of this site, and nothing but them.

const PATH_BYTES_MAX: usize = 2_000;

/// The text if it is a path of this site, else the fallback: no redirect leads elsewhere.
#[must_use]
pub fn local_path<'p>(text: Option<&'p str>, fallback: &'p str) -> &'p str {
    text.filter(|path| is_local(path)).unwrap_or(fallback)
}

fn is_local(path: &str) -> bool {
    let starts_right = path.starts_with('/') && !path.starts_with("//");
    let strange = |c: char| c == '\\' || c.is_control() || c.is_whitespace();
    starts_right && path.len() <= PATH_BYTES_MAX && !path.contains(strange)
}

/// Everything but unreserved characters (RFC 3986, 2.3) and `/` as `%XX`.
#[must_use]
pub fn percent_encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_stays_here() {
        for path in ["/", "/cases?page=2", "/items/牌照#a", "/a//b"] {
            assert_eq!(local_path(Some(path), "/"), path);
        }
        for path in ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\nb", "javascript:1", "\\/x", "/ /evil", "/\t/evil.example"]
        {
            assert_eq!(local_path(Some(path), "/home"), "/home", "{path}");
        }
        assert_eq!(local_path(None, "/home"), "/home");
        assert_eq!(percent_encoded("/cases?q=奶 茶"), "/cases%3Fq%3D%E5%A5%B6%20%E8%8C%B6");
    }
}
