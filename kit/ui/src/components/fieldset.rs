use maud::{Markup, Render, html};

use crate::html::{Attributes, Content, Tag};

/// The title of a group of controls.
#[derive(Debug, Clone, Default)]
pub struct Legend {
    /// What the group asks for.
    pub content: Content,
    /// Whether the legend is also the only `h1` of the page.
    pub is_page_heading: bool,
    /// Extra classes, such as `govuk-fieldset__legend--l`.
    pub classes: String,
}

impl Legend {
    /// A legend in the medium size, for a group inside a page.
    pub fn new(content: impl Into<Content>) -> Legend {
        Legend { content: content.into(), classes: "govuk-fieldset__legend--m".to_owned(), ..Legend::default() }
    }

    /// A legend that is the heading of its page, in the large size.
    pub fn page_heading(content: impl Into<Content>) -> Legend {
        Legend { content: content.into(), is_page_heading: true, classes: "govuk-fieldset__legend--l".to_owned() }
    }
}

/// A group of controls that answer one question.
#[derive(Debug, Clone, Default)]
pub struct Fieldset {
    /// The question.
    pub legend: Legend,
    /// Ids of hints and errors.
    pub described_by: String,
    /// An explicit role; `group` makes screen readers announce the description of text inputs.
    pub role: String,
    /// The controls.
    pub body: Content,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl Fieldset {
    /// A fieldset around controls.
    pub fn new(legend: Legend, body: Markup) -> Fieldset {
        Fieldset { legend, body: Content::Html(body), ..Fieldset::default() }
    }
}

impl Render for Fieldset {
    fn render(&self) -> Markup {
        let legend = &self.legend;
        Tag::new("fieldset")
            .class(&["govuk-fieldset", &self.classes])
            .some("role", &self.role)
            .some("aria-describedby", &self.described_by)
            .attrs(&self.attributes)
            .wrap(html! {
                @if !legend.content.is_empty() {
                    (Tag::new("legend").class(&["govuk-fieldset__legend", &legend.classes]).wrap(html! {
                        @if legend.is_page_heading { h1.govuk-fieldset__heading { (legend.content) } }
                        @else { (legend.content) }
                    }))
                }
                (self.body)
            })
    }
}
