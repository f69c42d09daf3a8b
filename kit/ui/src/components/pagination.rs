use i18n::Lang;
use maud::{Markup, Render, html};

use crate::html::{Attributes, Content, Tag};
use crate::words;

/// A link to the previous or next page.
#[derive(Debug, Clone, Default)]
pub struct PageLink {
    /// Address.
    pub href: String,
    /// Words in place of “next page”.
    pub content: Content,
    /// What the page is about; in the block form only.
    pub label: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl PageLink {
    /// A link with the words of the language.
    pub fn new(href: impl Into<String>) -> PageLink {
        PageLink { href: href.into(), ..PageLink::default() }
    }
}

/// One number of the pagination.
#[derive(Debug, Clone, Default)]
pub struct PageItem {
    /// The number shown.
    pub number: String,
    /// Address.
    pub href: String,
    /// Whether it is the page shown.
    pub is_current: bool,
    /// Whether it stands for pages left out.
    pub is_ellipsis: bool,
    /// Name for screen readers; “page N” where empty.
    pub label: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

/// Previous, numbers, next. Lists that page by key have no numbers.
#[derive(Debug, Clone, Default)]
pub struct Pagination {
    /// Language of the words.
    pub lang: Lang,
    /// The previous page.
    pub previous: Option<PageLink>,
    /// The next page.
    pub next: Option<PageLink>,
    /// The numbers; `None` is the block form.
    pub items: Option<Vec<PageItem>>,
    /// Name of the landmark.
    pub label: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Previous,
    Next,
}

impl Pagination {
    /// Previous and next only, for lists that page by key.
    pub fn by_key(lang: Lang, previous: Option<String>, next: Option<String>) -> Pagination {
        let link = |href: Option<String>| href.map(PageLink::new);
        Pagination { lang, previous: link(previous), next: link(next), items: Some(Vec::new()), ..Pagination::default() }
    }

    fn is_block(&self) -> bool {
        self.items.is_none() && (self.next.is_some() || self.previous.is_some())
    }

    fn arrow_link(&self, link: &PageLink, direction: Direction) -> Markup {
        let is_block = self.is_block();
        let (class, rel, icon) = match direction {
            Direction::Previous => ("govuk-pagination__prev", "prev", previous_icon()),
            Direction::Next => ("govuk-pagination__next", "next", next_icon()),
        };
        let decorated = if is_block && link.label.is_empty() { "govuk-pagination__link-title--decorated" } else { "" };
        let body = html! {
            @if is_block || direction == Direction::Previous { (icon) }
            (Tag::new("span").class(&["govuk-pagination__link-title", decorated]).wrap(self.arrow_words(link, direction)))
            @if is_block && !link.label.is_empty() {
                span.govuk-visually-hidden { ":" }
                span.govuk-pagination__link-label { (link.label) }
            }
            @if !is_block && direction == Direction::Next { (icon) }
        };
        Tag::new("div").class(&[class]).wrap(
            Tag::new("a")
                .class(&["govuk-link", "govuk-pagination__link"])
                .attr("href", &link.href)
                .attr("rel", rel)
                .attrs(&link.attributes)
                .wrap(body),
        )
    }

    fn arrow_words(&self, link: &PageLink, direction: Direction) -> Content {
        if !link.content.is_empty() {
            return link.content.clone();
        }
        let word = match direction {
            Direction::Previous => words::PREVIOUS.get(self.lang),
            Direction::Next => words::NEXT.get(self.lang),
        };
        let suffix = words::PAGE_SUFFIX.get(self.lang);
        Content::Html(match self.lang {
            Lang::ZhHans => html! { (word) (suffix) },
            Lang::En => html! { (word) span.govuk-visually-hidden { (suffix) } },
        })
    }

    fn item(&self, item: &PageItem) -> Markup {
        let current = if item.is_current { "govuk-pagination__item--current" } else { "" };
        let ellipsis = if item.is_ellipsis { "govuk-pagination__item--ellipsis" } else { "" };
        let label = if item.label.is_empty() { words::page_number(self.lang, &item.number) } else { item.label.clone() };
        Tag::new("li").class(&["govuk-pagination__item", current, ellipsis]).wrap(html! {
            @if item.is_ellipsis { "⋯" } @else {
                (Tag::new("a").class(&["govuk-link", "govuk-pagination__link"]).attr("href", &item.href).attr("aria-label", &label)
                    .some("aria-current", if item.is_current { "page" } else { "" }).attrs(&item.attributes).wrap(&item.number))
            }
        })
    }
}

impl Render for Pagination {
    fn render(&self) -> Markup {
        let block = if self.is_block() { "govuk-pagination--block" } else { "" };
        let label = if self.label.is_empty() { words::PAGINATION.get(self.lang) } else { &self.label };
        Tag::new("nav").class(&["govuk-pagination", block, &self.classes]).attr("aria-label", label).attrs(&self.attributes).wrap(html! {
            @if let Some(link) = &self.previous { (self.arrow_link(link, Direction::Previous)) }
            @if let Some(items) = &self.items {
                @if !items.is_empty() { ul.govuk-pagination__list { @for item in items { (self.item(item)) } } }
            }
            @if let Some(link) = &self.next { (self.arrow_link(link, Direction::Next)) }
        })
    }
}

fn previous_icon() -> Markup {
    html! {
        svg class="govuk-pagination__icon govuk-pagination__icon--prev" xmlns="http://www.w3.org/2000/svg" height="13" width="15"
            aria-hidden="true" focusable="false" viewBox="0 0 15 13" {
            path d="m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293-1.414-1.414z" {}
        }
    }
}

fn next_icon() -> Markup {
    html! {
        svg class="govuk-pagination__icon govuk-pagination__icon--next" xmlns="http://www.w3.org/2000/svg" height="13" width="15"
            aria-hidden="true" focusable="false" viewBox="0 0 15 13" {
            path d="m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062-6.7246-6.7266z" {}
        }
    }
}
