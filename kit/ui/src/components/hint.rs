use maud::{Markup, Render};

use crate::html::{Attributes, Content, Tag};

/// Help under a label: what is asked, in which format, where to find it.
#[derive(Debug, Clone, Default)]
pub struct Hint {
    /// The help text.
    pub content: Content,
    /// Id that the control's `aria-describedby` names; controls set it themselves.
    pub id: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl Hint {
    /// A plain hint.
    pub fn new(content: impl Into<Content>) -> Hint {
        Hint { content: content.into(), ..Hint::default() }
    }

    pub(crate) fn with_id(&self, id: &str) -> Hint {
        Hint { id: id.to_owned(), ..self.clone() }
    }
}

impl Render for Hint {
    fn render(&self) -> Markup {
        Tag::new("div").some("id", &self.id).class(&["govuk-hint", &self.classes]).attrs(&self.attributes).wrap(&self.content)
    }
}
