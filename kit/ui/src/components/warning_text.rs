use i18n::Lang;
use maud::{Markup, Render, html};

use crate::html::{Attributes, Content, Tag};
use crate::words;

/// A warning about consequences: deadlines, legal responsibility, fees.
#[derive(Debug, Clone, Default)]
pub struct WarningText {
    /// Language of the hidden word.
    pub lang: Lang,
    /// The warning.
    pub content: Content,
    /// What screen readers say for the sign; the word of the language where empty.
    pub icon_text: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl WarningText {
    /// A warning.
    pub fn new(lang: Lang, content: impl Into<Content>) -> WarningText {
        WarningText { lang, content: content.into(), ..WarningText::default() }
    }
}

impl Render for WarningText {
    fn render(&self) -> Markup {
        let icon = if self.icon_text.is_empty() { words::WARNING.get(self.lang) } else { &self.icon_text };
        Tag::new("div").class(&["govuk-warning-text", &self.classes]).attrs(&self.attributes).wrap(html! {
            span.govuk-warning-text__icon aria-hidden="true" { "!" }
            strong.govuk-warning-text__text { span.govuk-visually-hidden { (icon) } " " (self.content) }
        })
    }
}
