use maud::{Markup, Render, html};

use crate::components::Tag;
use crate::html::{Attributes, Content, ids};

/// A line under the header that says the service is on trial and where to report problems.
#[derive(Debug, Clone, Default)]
pub struct PhaseBanner {
    /// The phase.
    pub tag: Tag,
    /// The sentence.
    pub content: Content,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl PhaseBanner {
    /// A banner with a phase and a sentence.
    pub fn new(phase: impl Into<Content>, content: impl Into<Content>) -> PhaseBanner {
        PhaseBanner { tag: Tag { content: phase.into(), ..Tag::default() }, content: content.into(), ..PhaseBanner::default() }
    }
}

impl Render for PhaseBanner {
    fn render(&self) -> Markup {
        let tag = Tag {
            content: self.tag.content.clone(),
            classes: ids(&["govuk-phase-banner__content__tag", &self.tag.classes]),
            attributes: Attributes::none(),
        };
        crate::html::Tag::new("div").class(&["govuk-phase-banner", "govuk-width-container", &self.classes]).attrs(&self.attributes).wrap(html! {
            p.govuk-phase-banner__content { (tag) " " span.govuk-phase-banner__text { (self.content) } }
        })
    }
}
