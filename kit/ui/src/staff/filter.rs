use i18n::Lang;
use maud::{Markup, Render, html};

use crate::components::Button;
use crate::words;

/// A filter that is on; the link turns it off.
#[derive(Debug, Clone, Default)]
pub struct FilterTag {
    /// The value.
    pub text: String,
    /// The list without it.
    pub href: String,
}

/// The filters that are on for one property.
#[derive(Debug, Clone, Default)]
pub struct FilterCategory {
    /// The property.
    pub heading: String,
    /// Its values.
    pub tags: Vec<FilterTag>,
}

/// The filter panel beside a list, inside a `GET` form made by the page.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Language of the words.
    pub lang: Lang,
    /// The filters that are on.
    pub selected: Vec<FilterCategory>,
    /// The list without any filter.
    pub clear_href: String,
    /// The form controls.
    pub options: Markup,
}

impl Render for Filter {
    fn render(&self) -> Markup {
        let lang = self.lang;
        html! {
            div.moj-filter {
                div.moj-filter__header {
                    div.moj-filter__header-title { h2.govuk-heading-s { (words::FILTER.get(lang)) } }
                }
                div.moj-filter__content {
                    @if self.selected.iter().any(|category| !category.tags.is_empty()) { (self.selected_filters()) }
                    div.moj-filter__options { (self.options) (Button::submit(words::APPLY_FILTERS.get(lang))) }
                }
            }
        }
    }
}

impl Filter {
    fn selected_filters(&self) -> Markup {
        let lang = self.lang;
        html! {
            div.moj-filter__selected {
                div.moj-filter__selected-heading {
                    div.moj-filter__heading-title { h3.govuk-heading-s { (words::SELECTED_FILTERS.get(lang)) } }
                    div.moj-filter__heading-action {
                        p { a.govuk-link.govuk-link--no-visited-state href=(self.clear_href) { (words::CLEAR_FILTERS.get(lang)) } }
                    }
                }
                @for category in &self.selected {
                    h4 class="govuk-heading-s govuk-!-margin-bottom-0" { (category.heading) }
                    ul.moj-filter-tags {
                        @for tag in &category.tags {
                            li { a.moj-filter__tag href=(tag.href) {
                                span.govuk-visually-hidden { (words::REMOVE_FILTER.get(lang)) " " } (tag.text)
                            } }
                        }
                    }
                }
            }
        }
    }
}
