use i18n::Lang;
use maud::{Markup, Render, html};

use crate::html::{Attributes, Content, Tag};
use crate::words;

/// One entry of the navigation.
#[derive(Debug, Clone, Default)]
pub struct NavigationItem {
    /// Name of the part.
    pub content: Content,
    /// Address; without it, plain text.
    pub href: String,
    /// Whether it is the page shown.
    pub is_current: bool,
    /// Whether the page shown lies inside it.
    pub is_active: bool,
    /// Extra attributes of the link.
    pub attributes: Attributes,
}

impl NavigationItem {
    /// An entry.
    pub fn new(content: impl Into<Content>, href: impl Into<String>) -> NavigationItem {
        NavigationItem { content: content.into(), href: href.into(), ..NavigationItem::default() }
    }

    /// Marks the entry in which the page shown lies.
    pub fn active(mut self, is_active: bool) -> NavigationItem {
        self.is_active = is_active;
        self
    }

    fn aria_current(&self) -> &'static str {
        match (self.is_current, self.is_active) {
            (true, _) => "page",
            (false, true) => "true",
            (false, false) => "",
        }
    }

    fn body(&self) -> Markup {
        html! {
            @if self.is_active || self.is_current {
                strong.govuk-service-navigation__active-fallback { (self.content) }
            } @else { (self.content) }
        }
    }

    fn render_item(&self) -> Markup {
        let current = self.aria_current();
        let active = if current.is_empty() { "" } else { "govuk-service-navigation__item--active" };
        Tag::new("li").class(&["govuk-service-navigation__item", active]).wrap(html! {
            @if !self.href.is_empty() {
                (Tag::new("a").class(&["govuk-service-navigation__link"]).attr("href", &self.href).some("aria-current", current)
                    .attrs(&self.attributes).wrap(self.body()))
            } @else if !self.content.is_empty() {
                (Tag::new("span").class(&["govuk-service-navigation__text"]).some("aria-current", current).wrap(self.body()))
            }
        })
    }
}

/// Places in the navigation for markup of the page.
#[derive(Debug, Clone, Default)]
pub struct NavigationSlots {
    /// Before everything.
    pub start: Content,
    /// After everything.
    pub end: Content,
    /// Whether the end stands on the line of the navigation.
    pub is_end_inline: bool,
    /// List items before the entries.
    pub navigation_start: Content,
    /// List items after the entries.
    pub navigation_end: Content,
}

/// The main navigation of a site or service.
#[derive(Debug, Clone, Default)]
pub struct ServiceNavigation {
    /// Language of the words.
    pub lang: Lang,
    /// Name of the service.
    pub service_name: String,
    /// Address of the service.
    pub service_href: String,
    /// The entries.
    pub items: Vec<NavigationItem>,
    /// Whether phones fold it; by default with two entries or more.
    pub collapses_on_mobile: Option<bool>,
    /// Word on the button that unfolds it.
    pub menu_text: String,
    /// Name of that button for screen readers.
    pub menu_label: String,
    /// Name of the navigation landmark.
    pub navigation_label: String,
    /// Classes of the navigation.
    pub navigation_classes: String,
    /// Id of the list.
    pub navigation_id: String,
    /// Name of the section landmark.
    pub label: String,
    /// Places for markup.
    pub slots: NavigationSlots,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl ServiceNavigation {
    /// A navigation of entries.
    pub fn new(lang: Lang, items: Vec<NavigationItem>) -> ServiceNavigation {
        ServiceNavigation { lang, items, ..ServiceNavigation::default() }
    }

    fn name(&self) -> Markup {
        html! {
            @if !self.service_name.is_empty() {
                span.govuk-service-navigation__service-name {
                    @if self.service_href.is_empty() { span.govuk-service-navigation__text { (self.service_name) } }
                    @else { a.govuk-service-navigation__link href=(self.service_href) { (self.service_name) } }
                }
            }
        }
    }

    fn navigation(&self) -> Markup {
        let slots = &self.slots;
        if self.items.is_empty() && slots.navigation_start.is_empty() && slots.navigation_end.is_empty() {
            return Markup::default();
        }
        let menu = if self.menu_text.is_empty() { words::MENU.get(self.lang) } else { &self.menu_text };
        let id = if self.navigation_id.is_empty() { "navigation" } else { &self.navigation_id };
        let label = if self.navigation_label.is_empty() { menu } else { &self.navigation_label };
        let button_label = if self.menu_label == menu { "" } else { &self.menu_label };
        let collapses = self.collapses_on_mobile.unwrap_or(self.items.len() > 1);
        Tag::new("nav").attr("aria-label", label).class(&["govuk-service-navigation__wrapper", &self.navigation_classes]).wrap(html! {
            @if collapses {
                (Tag::new("button").attr("type", "button")
                    .class(&["govuk-service-navigation__toggle", "govuk-js-service-navigation-toggle"])
                    .attr("aria-controls", id).some("aria-label", button_label).flag("hidden", true).attr("aria-hidden", "true")
                    .wrap(menu))
            }
            ul.govuk-service-navigation__list id=(id) {
                (slots.navigation_start)
                @for item in &self.items { (item.render_item()) }
                (slots.navigation_end)
            }
        })
    }
}

impl Render for ServiceNavigation {
    fn render(&self) -> Markup {
        let slots = &self.slots;
        let inline = if slots.is_end_inline { "govuk-service-navigation__inlining-container" } else { "" };
        let body = Tag::new("div").class(&["govuk-width-container", inline]).wrap(html! {
            (slots.start)
            div.govuk-service-navigation__container { (self.name()) (self.navigation()) }
            (slots.end)
        });
        let is_section = !self.service_name.is_empty() || !slots.start.is_empty() || !slots.end.is_empty();
        let label = if self.label.is_empty() { words::SERVICE_INFORMATION.get(self.lang) } else { &self.label };
        let tag = if is_section { Tag::new("section").attr("aria-label", label) } else { Tag::new("div") };
        tag.class(&["govuk-service-navigation", &self.classes]).attr("data-module", "govuk-service-navigation").attrs(&self.attributes).wrap(body)
    }
}
