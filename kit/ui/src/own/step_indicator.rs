use i18n::Lang;
use maud::{Markup, Render, html};

use crate::words;

/// One step.
#[derive(Debug, Clone, Default)]
pub struct Step {
    /// Name of the step.
    pub label: String,
    /// A line under the name: when it was done, what it waits for.
    pub note: String,
}

impl Step {
    /// A step with a name.
    pub fn new(label: impl Into<String>) -> Step {
        Step { label: label.into(), note: String::new() }
    }

    /// Adds a line under the name.
    pub fn note(mut self, note: impl Into<String>) -> Step {
        self.note = note.into();
        self
    }
}

/// Where a journey or a case stands among its steps.
#[derive(Debug, Clone, Default)]
pub struct StepIndicator {
    /// Language of the hidden words.
    pub lang: Lang,
    /// Name of the list.
    pub label: String,
    /// The steps in order.
    pub steps: Vec<Step>,
    /// Index of the current step; the number of steps when all are done.
    pub current: usize,
}

impl StepIndicator {
    /// Steps and the index of the current one.
    pub fn new(lang: Lang, label: impl Into<String>, steps: Vec<Step>, current: usize) -> StepIndicator {
        StepIndicator { lang, label: label.into(), steps, current }
    }
}

impl Render for StepIndicator {
    fn render(&self) -> Markup {
        html! {
            ol.zs-steps aria-label=(self.label) {
                @for (index, step) in self.steps.iter().enumerate() {
                    @let (class, word) = match index.cmp(&self.current) {
                        std::cmp::Ordering::Less => ("zs-steps__item zs-steps__item--done", words::STEP_DONE.get(self.lang)),
                        std::cmp::Ordering::Equal => ("zs-steps__item zs-steps__item--current", words::STEP_CURRENT.get(self.lang)),
                        std::cmp::Ordering::Greater => ("zs-steps__item", words::STEP_TODO.get(self.lang)),
                    };
                    li class=(class) aria-current=[(index == self.current).then_some("step")] {
                        span.zs-steps__marker aria-hidden="true" { @if index < self.current { "✓" } @else { (index + 1) } }
                        span.zs-steps__label { (step.label) span.govuk-visually-hidden { " " (word) } }
                        @if !step.note.is_empty() { span.zs-steps__note { (step.note) } }
                    }
                }
            }
        }
    }
}
