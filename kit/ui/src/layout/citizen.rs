use maud::{Markup, html};

use crate::layout::document::document;
use crate::layout::footer::footer;
use crate::layout::header::header;
use crate::layout::{Page, Skin};
use crate::words;

/// A page for citizens and companies, in the standard or the elder skin.
pub fn citizen(page: &Page<'_>, body: Markup) -> Markup {
    let content = html! {
        (header(page))
        @if page.skin == Skin::Elder { (help_bar(page)) }
        div.govuk-width-container {
            @if let Some(breadcrumbs) = &page.breadcrumbs { (breadcrumbs) }
            @if let Some(back) = &page.back { nav aria-label=(words::BACK.get(page.lang)) { (back) } }
            main.govuk-main-wrapper #main-content tabindex="-1" {
                @if let Some(banner) = &page.banner { (banner) }
                (body)
            }
        }
        (footer(page))
    };
    document(page, &content)
}

/// Telephone and proxy help: under the header, on large windows at the upper edge while one scrolls. On phones it covers nothing that can be touched.
fn help_bar(page: &Page<'_>) -> Markup {
    let (lang, help) = (page.lang, &page.site.help);
    html! {
        aside.zs-help aria-label=(words::HELP_TITLE.get(lang)) {
            div.govuk-width-container.zs-help__row {
                @if !help.phone.is_empty() {
                    a.zs-help__call href={ "tel:" (help.phone) } {
                        (words::CALL.get(lang)) " " strong { (help.phone) }
                        span.zs-help__name { (help.phone_name.get(lang)) }
                    }
                }
                @if !help.proxy_href.is_empty() { a.zs-help__proxy href=(help.proxy_href) { (words::PROXY_HELP.get(lang)) } }
            }
        }
    }
}
