use maud::{Markup, Render, html};

use crate::html::{Attributes, Content, Tag};

/// Text that only some people need, folded.
#[derive(Debug, Clone, Default)]
pub struct Details {
    /// The line that is always seen.
    pub summary: Content,
    /// What it unfolds.
    pub body: Content,
    /// Whether it starts unfolded.
    pub is_open: bool,
    /// Id.
    pub id: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl Details {
    /// A folded text.
    pub fn new(summary: impl Into<Content>, body: impl Into<Content>) -> Details {
        Details { summary: summary.into(), body: body.into(), ..Details::default() }
    }
}

impl Render for Details {
    fn render(&self) -> Markup {
        Tag::new("details").some("id", &self.id).class(&["govuk-details", &self.classes]).attrs(&self.attributes).flag("open", self.is_open).wrap(
            html! {
                summary.govuk-details__summary { span.govuk-details__summary-text { (self.summary) } }
                div.govuk-details__text { (self.body) }
            },
        )
    }
}
