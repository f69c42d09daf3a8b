use i18n::Lang;
use maud::{Markup, Render};

use crate::html::{Attributes, Content, Tag};
use crate::words;

/// The link to the previous step. It is a real address, not the history of the browser.
#[derive(Debug, Clone, Default)]
pub struct BackLink {
    /// Language of the word.
    pub lang: Lang,
    /// The previous step; `#` where empty.
    pub href: String,
    /// The word; that of the language where empty.
    pub content: Content,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl BackLink {
    /// A back link to an address.
    pub fn new(lang: Lang, href: impl Into<String>) -> BackLink {
        BackLink { lang, href: href.into(), ..BackLink::default() }
    }
}

impl Render for BackLink {
    fn render(&self) -> Markup {
        Tag::new("a")
            .attr("href", if self.href.is_empty() { "#" } else { &self.href })
            .class(&["govuk-back-link", &self.classes])
            .attrs(&self.attributes)
            .wrap(self.content.or(words::BACK.get(self.lang)))
    }
}
