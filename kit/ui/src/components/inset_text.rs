use maud::{Markup, Render};

use crate::html::{Attributes, Content, Tag};

/// Text set apart from its surroundings: a quotation of law, an example.
#[derive(Debug, Clone, Default)]
pub struct InsetText {
    /// The text.
    pub content: Content,
    /// Id.
    pub id: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl InsetText {
    /// A text set apart.
    pub fn new(content: impl Into<Content>) -> InsetText {
        InsetText { content: content.into(), ..InsetText::default() }
    }
}

impl Render for InsetText {
    fn render(&self) -> Markup {
        Tag::new("div").some("id", &self.id).class(&["govuk-inset-text", &self.classes]).attrs(&self.attributes).wrap(&self.content)
    }
}
