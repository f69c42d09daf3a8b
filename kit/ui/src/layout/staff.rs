use maud::{Markup, html};

use crate::html::Content;
use crate::layout::document::document;
use crate::layout::header::tools;
use crate::layout::{Page, Skin};
use crate::staff::{SideNavigation, SideSection};
use crate::words;

/// What stands around the content of a staff page.
#[derive(Debug, Clone, Default)]
pub struct StaffNav {
    /// Left navigation by role.
    pub sections: Vec<SideSection>,
    /// Identity bar of a case file, over the full width.
    pub identity: Content,
}

/// A page for staff: slim header, navigation on the left, content on the right.
pub fn staff(page: &Page<'_>, nav: &StaffNav, body: Markup) -> Markup {
    let page = Page { skin: Skin::Staff, ..page.clone() };
    let lang = page.lang;
    let content = html! {
        header.zs-bar {
            div.zs-bar__row {
                a.zs-bar__home href=(page.site.home_href) {
                    (page.site.name.get(lang)) span.zs-bar__part { (words::WORKSPACE.get(lang)) }
                }
                (tools(&page))
            }
        }
        div.zs-desk {
            @if !nav.sections.is_empty() {
                div.zs-desk__nav {
                    (SideNavigation { label: words::MAIN_NAVIGATION.get(lang).to_owned(), sections: nav.sections.clone() })
                }
            }
            div.zs-desk__content {
                @if !nav.identity.is_empty() { section aria-label=(words::CASE_FACTS.get(lang)) { (nav.identity) } }
                @if let Some(breadcrumbs) = &page.breadcrumbs { (breadcrumbs) }
                @if let Some(back) = &page.back { nav aria-label=(words::BACK.get(lang)) { (back) } }
                main.zs-desk__main #main-content tabindex="-1" {
                    @if let Some(banner) = &page.banner { (banner) }
                    (body)
                }
            }
        }
    };
    document(&page, &content)
}
