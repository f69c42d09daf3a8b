use maud::{Markup, Render};

use crate::html::{Attributes, Content, Tag};

/// The first link of a page, which jumps over the header.
#[derive(Debug, Clone, Default)]
pub struct SkipLink {
    /// The words.
    pub content: Content,
    /// Where it jumps; `#content` where empty.
    pub href: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl Render for SkipLink {
    fn render(&self) -> Markup {
        Tag::new("a")
            .attr("href", if self.href.is_empty() { "#content" } else { &self.href })
            .class(&["govuk-skip-link", &self.classes])
            .attrs(&self.attributes)
            .attr("data-module", "govuk-skip-link")
            .wrap(&self.content)
    }
}
