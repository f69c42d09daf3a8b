use i18n::Lang;
use maud::{Markup, Render, html};

use crate::words;

/// How a case stands against its clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Light {
    /// In time.
    #[default]
    Green,
    /// Near the limit.
    Yellow,
    /// Past the limit.
    Red,
    /// The clock is paused.
    Paused,
    /// Done.
    Done,
}

impl Light {
    /// All lights, for legends.
    pub const ALL: [Light; 5] = [Light::Green, Light::Yellow, Light::Red, Light::Paused, Light::Done];

    fn class(self) -> &'static str {
        match self {
            Light::Green => "zs-light zs-light--green",
            Light::Yellow => "zs-light zs-light--yellow",
            Light::Red => "zs-light zs-light--red",
            Light::Paused => "zs-light zs-light--paused",
            Light::Done => "zs-light zs-light--done",
        }
    }

    /// Each light has a shape of its own, so that nobody needs the colour.
    fn shape(self) -> &'static str {
        match self {
            Light::Green => "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z",
            Light::Yellow => "M8 1l7.5 14h-15z",
            Light::Red => "M1 1h14v14H1z",
            Light::Paused => "M3 1h4v14H3zM9 1h4v14H9z",
            Light::Done => "M6 14L.5 8.5l2-2L6 10l7.5-8 2 2z",
        }
    }

    /// The word of the light.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Light::Green => words::LIGHT_GREEN.get(lang),
            Light::Yellow => words::LIGHT_YELLOW.get(lang),
            Light::Red => words::LIGHT_RED.get(lang),
            Light::Paused => words::LIGHT_PAUSED.get(lang),
            Light::Done => words::LIGHT_DONE.get(lang),
        }
    }
}

/// A traffic light: shape, colour and words.
#[derive(Debug, Clone, Default)]
pub struct TrafficLight {
    /// Which light.
    pub light: Light,
    /// The words; never empty.
    pub text: String,
}

impl TrafficLight {
    /// A light with its own word.
    pub fn new(lang: Lang, light: Light) -> TrafficLight {
        TrafficLight { light, text: light.word(lang).to_owned() }
    }

    /// A light with exact words, such as “2 working days left”.
    pub fn with_text(light: Light, text: impl Into<String>) -> TrafficLight {
        TrafficLight { light, text: text.into() }
    }
}

impl Render for TrafficLight {
    fn render(&self) -> Markup {
        html! {
            span class=(self.light.class()) {
                svg.zs-light__shape viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" {
                    path fill="currentColor" d=(self.light.shape()) {}
                }
                span.zs-light__text { (self.text) }
            }
        }
    }
}
