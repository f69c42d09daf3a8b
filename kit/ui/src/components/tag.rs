use maud::{Markup, Render};

use crate::html::{Attributes, Content};

/// The colour of a tag. The word carries the meaning; the colour only helps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TagColour {
    /// Blue: in progress.
    #[default]
    Blue,
    /// Grey: not started, ended without effect.
    Grey,
    /// Green: done well.
    Green,
    /// Yellow: waits for somebody.
    Yellow,
    /// Orange: near a limit.
    Orange,
    /// Red: refused, overdue.
    Red,
    /// Purple: paused.
    Purple,
    /// Turquoise: new.
    Turquoise,
}

impl TagColour {
    pub(crate) fn class(self) -> &'static str {
        match self {
            TagColour::Blue => "",
            TagColour::Grey => "govuk-tag--grey",
            TagColour::Green => "govuk-tag--green",
            TagColour::Yellow => "govuk-tag--yellow",
            TagColour::Orange => "govuk-tag--orange",
            TagColour::Red => "govuk-tag--red",
            TagColour::Purple => "govuk-tag--purple",
            TagColour::Turquoise => "govuk-tag--turquoise",
        }
    }
}

/// The state of a thing in one word.
#[derive(Debug, Clone, Default)]
pub struct Tag {
    /// The word.
    pub content: Content,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl Tag {
    /// A tag of a colour.
    pub fn new(colour: TagColour, content: impl Into<Content>) -> Tag {
        Tag { content: content.into(), classes: colour.class().to_owned(), ..Tag::default() }
    }
}

impl Render for Tag {
    fn render(&self) -> Markup {
        crate::html::Tag::new("strong").class(&["govuk-tag", &self.classes]).attrs(&self.attributes).wrap(&self.content)
    }
}
