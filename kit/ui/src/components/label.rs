use maud::{Markup, Render};

use crate::html::{Attributes, Content, Tag};

/// The label of one form control.
#[derive(Debug, Clone, Default)]
pub struct Label {
    /// What the control asks for.
    pub content: Content,
    /// Id of the control; controls set it themselves.
    pub target: String,
    /// Whether the label is also the only `h1` of the page (one question per page).
    pub is_page_heading: bool,
    /// Extra classes, such as `govuk-label--l`.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl Label {
    /// A plain label.
    pub fn new(content: impl Into<Content>) -> Label {
        Label { content: content.into(), ..Label::default() }
    }

    /// A label that is the heading of its page, in the large size.
    pub fn page_heading(content: impl Into<Content>) -> Label {
        Label { content: content.into(), is_page_heading: true, classes: "govuk-label--l".to_owned(), ..Label::default() }
    }

    /// The label for the control of this id.
    pub(crate) fn render_for(&self, id: &str) -> Markup {
        Label { target: id.to_owned(), ..self.clone() }.render()
    }
}

impl Render for Label {
    fn render(&self) -> Markup {
        if self.content.is_empty() {
            return Markup::default();
        }
        let label = Tag::new("label").class(&["govuk-label", &self.classes]).attrs(&self.attributes).some("for", &self.target).wrap(&self.content);
        if self.is_page_heading { Tag::new("h1").class(&["govuk-label-wrapper"]).wrap(label) } else { label }
    }
}
