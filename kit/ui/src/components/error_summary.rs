use i18n::Lang;
use maud::{Markup, Render, html};

use crate::html::{Attributes, Content, Tag};
use crate::words;

/// One error in the summary.
#[derive(Debug, Clone, Default)]
pub struct ErrorItem {
    /// The same words as at the field.
    pub content: Content,
    /// `#` and the id of the control; empty where the error belongs to no field.
    pub href: String,
    /// Extra attributes of the link.
    pub attributes: Attributes,
}

/// All errors of a form, at the top of the page. Script moves the focus to it.
#[derive(Debug, Clone, Default)]
pub struct ErrorSummary {
    /// The title.
    pub title: Content,
    /// A sentence under the title.
    pub description: Content,
    /// The errors, in the order of the fields.
    pub errors: Vec<ErrorItem>,
    /// Whether the focus stays where it is.
    pub disable_auto_focus: Option<bool>,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl ErrorSummary {
    /// A summary without errors yet; render it only when there are some.
    pub fn new(lang: Lang) -> ErrorSummary {
        ErrorSummary { title: words::ERROR_TITLE.get(lang).into(), ..ErrorSummary::default() }
    }

    /// Adds the error of the control with this id.
    pub fn error(mut self, control_id: &str, sentence: impl Into<Content>) -> ErrorSummary {
        let href = if control_id.is_empty() { String::new() } else { format!("#{control_id}") };
        self.errors.push(ErrorItem { content: sentence.into(), href, ..ErrorItem::default() });
        self
    }
}

impl Render for ErrorSummary {
    fn render(&self) -> Markup {
        Tag::new("div")
            .class(&["govuk-error-summary", &self.classes])
            .option("data-disable-auto-focus", self.disable_auto_focus.map(|on| if on { "true" } else { "false" }))
            .attrs(&self.attributes)
            .attr("data-module", "govuk-error-summary")
            .wrap(html! {
                div role="alert" {
                    h2.govuk-error-summary__title { (self.title) }
                    div.govuk-error-summary__body {
                        @if !self.description.is_empty() { p { (self.description) } }
                        @if !self.errors.is_empty() {
                            ul.govuk-list.govuk-error-summary__list {
                                @for item in &self.errors {
                                    li {
                                        @if item.href.is_empty() { (item.content) }
                                        @else { (Tag::new("a").attr("href", &item.href).attrs(&item.attributes).wrap(&item.content)) }
                                    }
                                }
                            }
                        }
                    }
                }
            })
    }
}
