use maud::{Markup, Render, html};

use crate::html::Content;
use crate::own::{Light, TrafficLight};

/// Whether the clock counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ClockState {
    /// It has not started; the text says what starts it.
    NotStarted(String),
    /// It counts.
    #[default]
    Running,
    /// It is paused; the text gives the lawful reason and since when.
    Paused(String),
    /// It has ended; the text says with what.
    Ended(String),
}

/// One limit of the clock.
#[derive(Debug, Clone, Default)]
pub struct ClockFace {
    /// Which limit: promised, statutory.
    pub label: String,
    /// The length in words: “3 working days”.
    pub length: String,
    /// The last day for machines, `YYYY-MM-DD`.
    pub due: String,
    /// The last day for people.
    pub due_text: String,
}

/// The clock of a case: limits, what is left, pauses with their reasons.
#[derive(Debug, Clone, Default)]
pub struct LegalClock {
    /// Title of the block.
    pub title: String,
    /// Level of the traffic light.
    pub light: Light,
    /// What is left, in words: “2 working days left”.
    pub remaining: String,
    /// Whether it counts.
    pub state: ClockState,
    /// The limits, the promised one first.
    pub faces: Vec<ClockFace>,
    /// How the days were counted: start day, pauses, calendar.
    pub explanation: Content,
}

impl LegalClock {
    fn state_sentence(&self) -> Option<&str> {
        match &self.state {
            ClockState::Running => None,
            ClockState::NotStarted(text) | ClockState::Paused(text) | ClockState::Ended(text) => Some(text),
        }
    }
}

impl Render for LegalClock {
    fn render(&self) -> Markup {
        html! {
            section.zs-clock aria-label=(self.title) {
                h2.govuk-heading-s.zs-clock__title { (self.title) }
                p.zs-clock__remaining { (TrafficLight::with_text(self.light, self.remaining.as_str())) }
                @if let Some(sentence) = self.state_sentence() { p.govuk-body.zs-clock__state { (sentence) } }
                dl.zs-clock__faces {
                    @for face in &self.faces {
                        div.zs-clock__face {
                            dt { (face.label) }
                            dd { time datetime=(face.due) { (face.due_text) } @if !face.length.is_empty() { span.zs-clock__length { (face.length) } } }
                        }
                    }
                }
                @if !self.explanation.is_empty() { div.zs-clock__explanation { (self.explanation) } }
            }
        }
    }
}
