use maud::{DOCTYPE, Markup, html};

use crate::asset_url;
use crate::components::SkipLink;
use crate::layout::{Page, Skin};
use crate::words;

const GOVUK: &str = "vendor/govuk-frontend/6.6.0/govuk-frontend.min.css";
const MOJ: &str = "vendor/moj-frontend/11.1.0/moj-frontend.min.css";
const CITIZEN_STYLES: &[&str] = &[GOVUK, MOJ, "css/tokens.css", "css/citizen.css", "css/portal.css"];
const ELDER_STYLES: &[&str] = &[GOVUK, MOJ, "css/tokens.css", "css/citizen.css", "css/portal.css", "css/elder.css"];
const STAFF_STYLES: &[&str] = &[GOVUK, MOJ, "css/tokens.css", "css/citizen.css", "css/staff.css"];

fn styles(skin: Skin) -> &'static [&'static str] {
    match skin {
        Skin::Citizen => CITIZEN_STYLES,
        Skin::Elder => ELDER_STYLES,
        Skin::Staff => STAFF_STYLES,
    }
}

fn scripts(skin: Skin) -> &'static [&'static str] {
    match skin {
        Skin::Citizen | Skin::Elder => &["js/app.js", "js/upload.js"],
        Skin::Staff => &["js/app.js", "js/upload.js", "js/staff.js"],
    }
}

/// The HTML document around the content of the body.
pub(crate) fn document(page: &Page<'_>, body: &Markup) -> Markup {
    let nonce = (!page.nonce.is_empty()).then_some(page.nonce.as_str());
    html! {
        (DOCTYPE)
        html.govuk-template lang=(page.lang.code()) {
            head {
                meta charset="utf-8";
                title {
                    @if page.has_errors { (words::ERROR_TITLE_PREFIX.get(page.lang)) }
                    (page.title) " - " (page.site.name.get(page.lang))
                }
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="theme-color" content="#0b4a8f";
                meta name="format-detection" content="telephone=no";
                @if !page.is_public { meta name="robots" content="noindex"; }
                link rel="icon" type="image/svg+xml" href=(asset_url("icons/icon.svg"));
                link rel="apple-touch-icon" href=(asset_url("icons/icon-192.png"));
                link rel="manifest" href=(asset_url("manifest.webmanifest"));
                @for path in styles(page.skin) { link rel="stylesheet" href=(asset_url(path)); }
                link rel="stylesheet" media="print" href=(asset_url("css/print.css"));
                @for path in scripts(page.skin).iter().chain(&page.scripts) {
                    script type="module" src=(asset_url(path)) nonce=[nonce] {}
                }
            }
            body class=(page.skin.body_class()) {
                // Runs before the content, so that components do not jump when the other scripts arrive.
                script src=(asset_url("js/boot.js")) nonce=[nonce] {}
                (SkipLink { content: words::SKIP.get(page.lang).into(), href: "#main-content".to_owned(), ..SkipLink::default() })
                (body)
            }
        }
    }
}
