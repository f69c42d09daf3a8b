use i18n::Lang;
use maud::{Markup, Render, html};

use crate::html::{Attributes, Content, Tag};
use crate::words;

/// One language of the switch.
#[derive(Debug, Clone, Default)]
pub struct LanguageItem {
    /// The language's own name.
    pub content: Content,
    /// The same page in that language; without it, the current one.
    pub href: String,
    /// Whether it is the language of the page.
    pub is_current: bool,
    /// Its BCP 47 code.
    pub code: String,
    /// The code of the page behind the link, where it differs.
    pub href_code: String,
    /// Writing direction.
    pub direction: String,
    /// A hidden explanation.
    pub description: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

/// The switch between languages.
#[derive(Debug, Clone, Default)]
pub struct LanguageNavigation {
    /// Language of the landmark's name.
    pub lang: Lang,
    /// The languages.
    pub items: Vec<LanguageItem>,
    /// Name of the landmark.
    pub label: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl LanguageNavigation {
    /// The switch of a page: every language under its own name, `href` giving the same page in it.
    pub fn of_page(lang: Lang, href: impl Fn(Lang) -> String) -> LanguageNavigation {
        let items = Lang::ALL.iter().map(|&other| LanguageItem {
            content: other.own_name().into(),
            href: href(other),
            is_current: other == lang,
            code: other.code().to_owned(),
            ..LanguageItem::default()
        });
        LanguageNavigation { lang, items: items.collect(), ..LanguageNavigation::default() }
    }

    fn item(&self, item: &LanguageItem) -> Markup {
        if item.is_current || item.href.is_empty() {
            return Tag::new("span")
                .class(&["govuk-language-navigation__text", &item.classes])
                .attr("aria-current", "true")
                .some("lang", &item.code)
                .some("dir", &item.direction)
                .attrs(&item.attributes)
                .wrap(&item.content);
        }
        Tag::new("a")
            .class(&["govuk-language-navigation__link", &item.classes])
            .attr("href", &item.href)
            .attr("rel", "alternate")
            .some("lang", &item.code)
            .some("hreflang", if item.href_code.is_empty() { &item.code } else { &item.href_code })
            .some("dir", &item.direction)
            .attrs(&item.attributes)
            .wrap(html! {
                (item.content)
                @if !item.description.is_empty() { span.govuk-visually-hidden { " " (item.description) } }
            })
    }
}

impl Render for LanguageNavigation {
    fn render(&self) -> Markup {
        let label = if self.label.is_empty() { words::LANGUAGE.get(self.lang) } else { &self.label };
        Tag::new("nav").class(&["govuk-language-navigation", &self.classes]).attrs(&self.attributes).attr("aria-label", label).wrap(html! {
            ul.govuk-language-navigation__list {
                @for item in &self.items { li.govuk-language-navigation__list-item { (self.item(item)) } }
            }
        })
    }
}
