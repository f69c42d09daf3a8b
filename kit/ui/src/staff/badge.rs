use maud::{Markup, Render, html};

use crate::html::Content;

/// The colour of a badge.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BadgeColour {
    /// Blue.
    #[default]
    Blue,
    /// Red.
    Red,
    /// Green.
    Green,
    /// Grey.
    Grey,
    /// Purple.
    Purple,
}

impl BadgeColour {
    fn class(self) -> &'static str {
        match self {
            BadgeColour::Blue => "moj-badge moj-badge--blue",
            BadgeColour::Red => "moj-badge moj-badge--red",
            BadgeColour::Green => "moj-badge moj-badge--green",
            BadgeColour::Grey => "moj-badge moj-badge--grey",
            BadgeColour::Purple => "moj-badge moj-badge--purple",
        }
    }
}

/// A short mark at a name: a special need, an urgent case.
#[derive(Debug, Clone, Default)]
pub struct Badge {
    /// The word.
    pub content: Content,
    /// Its colour.
    pub colour: BadgeColour,
}

impl Badge {
    /// A badge.
    pub fn new(colour: BadgeColour, content: impl Into<Content>) -> Badge {
        Badge { content: content.into(), colour }
    }
}

impl Render for Badge {
    fn render(&self) -> Markup {
        html! { span class=(self.colour.class()) { (self.content) } }
    }
}
