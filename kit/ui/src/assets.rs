//! The static files, embedded in the program, under addresses that carry a fingerprint and can therefore be cached for ever.
use std::collections::BTreeMap;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// Address prefix of all assets. The web crate serves `{PREFIX}{rest}` by `get(rest)`.
pub const PREFIX: &str = "/assets/";

/// Path of the service worker. The web crate serves this asset also at `/sw.js`, since a worker controls only what lies below it.
pub const SERVICE_WORKER: &str = "js/sw.js";

/// One static file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its content.
    pub bytes: &'static [u8],
    /// Its media type, for `Content-Type`.
    pub mime: &'static str,
    /// Its entity tag, with quotes, for `ETag` and `If-None-Match`.
    pub etag: &'static str,
    /// Whether the address asked for names exactly this content: `Cache-Control: public, max-age=31536000, immutable`.
    /// Otherwise `no-cache`.
    pub is_immutable: bool,
}

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        const FILES: &[(&str, &[u8])] =
            &[$(($path, include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/", $path)))),*];
    };
}

files![
    "css/citizen.css",
    "css/elder.css",
    "css/portal.css",
    "css/print.css",
    "css/staff.css",
    "css/tokens.css",
    "icons/icon-192.png",
    "icons/icon-512.png",
    "icons/icon.svg",
    "js/app.js",
    "js/autosave.js",
    "js/boot.js",
    "js/receipt-verify.js",
    "js/staff.js",
    "js/sw.js",
    "js/upload.js",
    "manifest.webmanifest",
    "vendor/govuk-frontend/6.6.0/govuk-frontend.min.css",
    "vendor/govuk-frontend/6.6.0/govuk-frontend.min.js",
    "vendor/moj-frontend/11.1.0/moj-frontend.min.css",
];

struct Entry {
    bytes: &'static [u8],
    mime: &'static str,
    fingerprint: String,
    etag: String,
    url: String,
}

static ENTRIES: LazyLock<BTreeMap<&'static str, Entry>> = LazyLock::new(|| FILES.iter().map(|&(path, bytes)| (path, entry(path, bytes))).collect());

fn entry(path: &'static str, bytes: &'static [u8]) -> Entry {
    let digest = hex::encode(Sha256::digest(bytes));
    let fingerprint = digest.get(..12).unwrap_or(&digest).to_owned();
    let url = match path.rsplit_once('.') {
        Some((stem, extension)) => format!("{PREFIX}{stem}.{fingerprint}.{extension}"),
        None => format!("{PREFIX}{path}"),
    };
    Entry { bytes, mime: mime(path), etag: format!("\"{fingerprint}\""), fingerprint, url }
}

fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The file behind the part of an address after `/assets/`, with or without fingerprint. A fingerprint of another version gives
/// the present content, not to be cached, so that pages opened before an update keep their styles.
pub fn get(path: &str) -> Option<Asset> {
    if let Some(entry) = ENTRIES.get(path) {
        // The address of a vendored file carries its version.
        return Some(entry.asset(path.starts_with("vendor/")));
    }
    let (rest, extension) = path.rsplit_once('.')?;
    let (stem, fingerprint) = rest.rsplit_once('.')?;
    let is_fingerprint = fingerprint.len() == 12 && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit());
    let entry = ENTRIES.get(format!("{stem}.{extension}").as_str()).filter(|_| is_fingerprint)?;
    Some(entry.asset(entry.fingerprint == fingerprint))
}

/// The address of a file, with its fingerprint: `asset_url("css/citizen.css")`. An unknown path stops a debug build.
pub fn asset_url(path: &str) -> &str {
    match ENTRIES.get(path) {
        Some(entry) => &entry.url,
        None => {
            debug_assert!(false, "no asset {path:?}");
            path
        }
    }
}

/// All paths, sorted.
pub fn paths() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|&(path, _)| path)
}

impl Entry {
    fn asset(&'static self, is_immutable: bool) -> Asset {
        Asset { bytes: self.bytes, mime: self.mime, etag: &self.etag, is_immutable }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn an_address_leads_back_to_its_file() {
        for path in paths() {
            let url = asset_url(path);
            let asset = get(url.strip_prefix(PREFIX).unwrap()).unwrap();
            assert!(asset.is_immutable && !asset.bytes.is_empty(), "{path}");
            assert_ne!(asset.mime, "application/octet-stream", "{path}");
        }
    }

    #[test]
    fn only_the_right_fingerprint_is_immutable_and_strangers_are_not_found() {
        assert!(!get("css/tokens.css").unwrap().is_immutable);
        assert!(!get("css/tokens.0123456789ab.css").unwrap().is_immutable);
        for path in ["", "css/tokens.zz.css", "css/../css/tokens.css", "../Cargo.toml", "css/none.css", "css/tokens.css.map"] {
            assert_eq!(get(path), None, "{path}");
        }
    }

    #[test]
    fn every_file_of_ours_is_embedded() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/");
        for folder in ["css", "js", "icons"] {
            for file in std::fs::read_dir(format!("{root}{folder}")).unwrap() {
                let path = format!("{folder}/{}", file.unwrap().file_name().into_string().unwrap());
                assert!(paths().any(|known| known == path), "{path} is not in the list");
            }
        }
    }
}
