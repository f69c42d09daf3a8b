use i18n::Lang;
use maud::{Markup, Render, html};

use crate::html::{Attributes, Content, Tag};
use crate::words;

/// One step of the breadcrumbs; without an address it is the current page.
#[derive(Debug, Clone, Default)]
pub struct Crumb {
    /// Name of the page.
    pub content: Content,
    /// Address of the page.
    pub href: String,
    /// Extra attributes of the link.
    pub attributes: Attributes,
}

impl Crumb {
    /// A page above this one.
    pub fn link(content: impl Into<Content>, href: impl Into<String>) -> Crumb {
        Crumb { content: content.into(), href: href.into(), ..Crumb::default() }
    }

    /// The current page.
    pub fn here(content: impl Into<Content>) -> Crumb {
        Crumb { content: content.into(), ..Crumb::default() }
    }
}

/// Where the page stands in the site (当前位置). Not inside a form journey: there the back link is used.
#[derive(Debug, Clone, Default)]
pub struct Breadcrumbs {
    /// Language of the landmark's name.
    pub lang: Lang,
    /// The steps from the home page.
    pub items: Vec<Crumb>,
    /// Whether phones see only the first and the last.
    pub collapses_on_mobile: bool,
    /// Name of the landmark; that of the language where empty.
    pub label: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl Breadcrumbs {
    /// Breadcrumbs from the home page to the current page.
    pub fn new(lang: Lang, items: Vec<Crumb>) -> Breadcrumbs {
        Breadcrumbs { lang, items, collapses_on_mobile: true, ..Breadcrumbs::default() }
    }
}

impl Render for Breadcrumbs {
    fn render(&self) -> Markup {
        let collapse = if self.collapses_on_mobile { "govuk-breadcrumbs--collapse-on-mobile" } else { "" };
        let label = if self.label.is_empty() { words::BREADCRUMB.get(self.lang) } else { &self.label };
        Tag::new("nav").class(&["govuk-breadcrumbs", &self.classes, collapse]).attrs(&self.attributes).attr("aria-label", label).wrap(html! {
            ol.govuk-breadcrumbs__list {
                @for item in &self.items {
                    @if item.href.is_empty() {
                        li.govuk-breadcrumbs__list-item aria-current="page" { (item.content) }
                    } @else {
                        li.govuk-breadcrumbs__list-item {
                            (Tag::new("a").class(&["govuk-breadcrumbs__link"]).attr("href", &item.href).attrs(&item.attributes)
                                .wrap(&item.content))
                        }
                    }
                }
            }
        })
    }
}
