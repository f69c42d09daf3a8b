//! What all signed-in pages have in common: texts, the frame of a page, errors, moments in words.

use std::sync::LazyLock;

use gate::{App, PageError, Visitor};
use i18n::{Bundle, Lang};
use maud::{Markup, html};
use ui::layout::Page;
use ui::{BackLink, ErrorMessage, ErrorSummary};

pub(super) static TEXTS: LazyLock<Bundle> = LazyLock::new(|| Bundle::from_toml(include_str!("../../texts/own.toml")));

/// A text of these pages.
pub(super) fn t(lang: Lang, key: &'static str) -> &'static str {
    TEXTS.t(lang, key)
}

/// A text with values put in.
pub(super) fn fill(lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
    TEXTS.fill(lang, key, values)
}

/// One thing that is wrong with what was sent: the id of the control, and the sentence that stands there and in the summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub control: String,
    pub sentence: String,
}

impl Wrong {
    pub fn new(control: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { control: control.into(), sentence: sentence.into() }
    }
}

/// The summary of errors above the heading; nothing when there are none.
pub(super) fn summary(lang: Lang, wrong: &[Wrong]) -> Markup {
    let all = wrong.iter().fold(ErrorSummary::new(lang), |all, one| all.error(&one.control, one.sentence.as_str()));
    html! { @if !wrong.is_empty() { (all) } }
}

/// The sentence at one control.
pub(super) fn at(lang: Lang, wrong: &[Wrong], control: &str) -> Option<ErrorMessage> {
    wrong.iter().find(|one| one.control == control).map(|one| ErrorMessage::new(lang, one.sentence.as_str()))
}

/// The code of the refusal behind an error; `not-found` also where it became a page of its own.
pub(super) fn code_of(error: &PageError) -> Option<&str> {
    match error {
        PageError::NotFound => Some("not-found"),
        PageError::Refused(refusal) => Some(&refusal.code),
        PageError::NeedsSignIn { .. } | PageError::Elsewhere(_) | PageError::Status(_) | PageError::Fault(_) => None,
    }
}

/// A hidden field.
pub(super) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// One column of two thirds, as wide as one reads well.
pub(super) fn column(body: Markup) -> Markup {
    html! { div.govuk-grid-row { div.govuk-grid-column-two-thirds { (body) } } }
}

/// A page that is being put together.
pub(super) struct View<'a>(Page<'a>);

impl<'a> View<'a> {
    /// A page with a title.
    pub fn new(app: &'a App, visitor: &Visitor, title: impl Into<String>) -> Self {
        Self(gate::frame(app, visitor, title))
    }

    /// Adds the link to the previous step.
    pub fn back(mut self, href: impl Into<String>) -> Self {
        self.0.back = Some(BackLink::new(self.0.lang, href));
        self
    }

    /// Says in the title that something is wrong.
    pub fn wrong(mut self, wrong: &[Wrong]) -> Self {
        self.0.has_errors = !wrong.is_empty();
        self
    }

    /// Adds a script that the page works without.
    pub fn script(mut self, path: &'static str) -> Self {
        if ui::assets::paths().any(|known| known == path) {
            self.0.scripts.push(path);
        }
        self
    }

    /// The document.
    pub fn show(self, body: Markup) -> Markup {
        ui::layout::citizen(&self.0, body)
    }
}

/// A number of working days.
pub(super) fn workdays(lang: Lang, count: i64) -> String {
    i18n::count(lang, count, "个工作日", "working day", "working days")
}

/// A moment as people read it.
pub(super) fn moment(lang: Lang, ms: i64) -> String {
    clock::from_millis(ms).map(|at| i18n::date_time(lang, at.to_zoned(clock::zone().clone()).datetime())).unwrap_or_default()
}

/// A moment for machines.
pub(super) fn moment_iso(ms: i64) -> String {
    clock::from_millis(ms).map(|at| at.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_both_languages() {
        assert_eq!(TEXTS.check(), Vec::<String>::new());
    }

    #[test]
    fn moments_are_said_in_the_time_of_china() {
        assert_eq!(moment(Lang::ZhHans, 1_772_413_200_000), "2026年3月2日 09:00");
        assert_eq!(moment_iso(1_772_413_200_000), "2026-03-02T01:00:00Z");
    }
}
