use i18n::Lang;
use maud::{Markup, Render, html};

use crate::html::{Attributes, Content, Tag};
use crate::words;

/// The sentence at a field that says what is wrong and how to mend it; the same words stand in the error summary.
#[derive(Debug, Clone, Default)]
pub struct ErrorMessage {
    /// Language of the hidden prefix.
    pub lang: Lang,
    /// The sentence.
    pub content: Content,
    /// Prefix for screen readers; `None` is the word of the language, `Some("")` leaves it out.
    pub visually_hidden_text: Option<String>,
    /// Id that the control's `aria-describedby` names; controls set it themselves.
    pub id: String,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl ErrorMessage {
    /// An error sentence.
    pub fn new(lang: Lang, content: impl Into<Content>) -> ErrorMessage {
        ErrorMessage { lang, content: content.into(), ..ErrorMessage::default() }
    }

    pub(crate) fn with_id(&self, id: &str) -> ErrorMessage {
        ErrorMessage { id: id.to_owned(), ..self.clone() }
    }
}

impl Render for ErrorMessage {
    fn render(&self) -> Markup {
        let prefix = self.visually_hidden_text.as_deref().unwrap_or(words::ERROR.get(self.lang));
        Tag::new("p").some("id", &self.id).class(&["govuk-error-message", &self.classes]).attrs(&self.attributes).wrap(html! {
            @if !prefix.is_empty() { span.govuk-visually-hidden { (prefix) ":" } " " }
            (self.content)
        })
    }
}
