use i18n::Lang;
use maud::{Markup, Render, html};

use crate::words;

/// The search of a site or a list, a `GET` form.
#[derive(Debug, Clone, Default)]
pub struct SearchBox {
    /// Language of the words.
    pub lang: Lang,
    /// Where the form is sent.
    pub action: String,
    /// Name of the parameter.
    pub name: String,
    /// What was searched for.
    pub value: String,
    /// What can be searched for.
    pub label: String,
    /// An example inside the box.
    pub placeholder: String,
    /// Whether the label is seen; it is always read.
    pub shows_label: bool,
    /// Frequent searches: text and address.
    pub suggestions: Vec<(String, String)>,
    /// Id of the box; `q` where empty. Needed where a page has two.
    pub id: String,
}

impl SearchBox {
    /// A search with an address and a label, parameter `q`.
    pub fn new(lang: Lang, action: impl Into<String>, label: impl Into<String>) -> SearchBox {
        SearchBox { lang, action: action.into(), name: "q".to_owned(), label: label.into(), ..SearchBox::default() }
    }

    /// Sets what was searched for.
    pub fn value(mut self, value: impl Into<String>) -> SearchBox {
        self.value = value.into();
        self
    }

    /// Sets the example inside the box.
    pub fn placeholder(mut self, text: impl Into<String>) -> SearchBox {
        self.placeholder = text.into();
        self
    }
}

impl Render for SearchBox {
    fn render(&self) -> Markup {
        let label_class = if self.shows_label { "govuk-label" } else { "govuk-label govuk-visually-hidden" };
        let id = if self.id.is_empty() { "q" } else { &self.id };
        html! {
            form.zs-search role="search" method="get" action=(self.action) {
                label class=(label_class) for=(id) { (self.label) }
                div.zs-search__row {
                    input.govuk-input.zs-search__input id=(id) name=(self.name) type="search" value=(self.value) autocomplete="off"
                        placeholder=[(!self.placeholder.is_empty()).then_some(&self.placeholder)] maxlength="100" data-search-key;
                    button.govuk-button.zs-search__button type="submit" { (words::SEARCH.get(self.lang)) }
                }
                @if !self.suggestions.is_empty() {
                    p.zs-search__suggestions {
                        span { (words::OFTEN_SEARCHED.get(self.lang)) }
                        @for (text, href) in &self.suggestions { " " a.govuk-link href=(href) { (text) } }
                    }
                }
            }
        }
    }
}
