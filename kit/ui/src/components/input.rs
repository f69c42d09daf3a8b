use maud::{Markup, Render, html};

use crate::components::Field;
use crate::components::field::field_setters;
use crate::html::{Attributes, Content, Tag};

/// A unit or symbol before or after the text of an input, such as 元.
#[derive(Debug, Clone, Default)]
pub struct Affix {
    /// The unit. It is hidden from screen readers, so the label must say it too.
    pub content: Content,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl Affix {
    fn markup(&self, class: &'static str) -> Markup {
        Tag::new("div").class(&[class, &self.classes]).attr("aria-hidden", "true").attrs(&self.attributes).wrap(&self.content)
    }
}

/// A one-line text input.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// Name, label, hint, error.
    pub field: Field,
    /// The value typed or prefilled.
    pub value: Option<String>,
    /// The `type`; empty is `text`.
    pub kind: String,
    /// The keyboard that phones show: `numeric`, `tel`, `decimal`.
    pub inputmode: String,
    /// What browsers may fill in: `name`, `tel`, `street-address`.
    pub autocomplete: String,
    /// Whether phones write capitals.
    pub autocapitalize: String,
    /// A regular expression, as help for the keyboard only; the server decides.
    pub pattern: String,
    /// Whether the spelling is checked.
    pub spellcheck: Option<bool>,
    /// A unit in front.
    pub prefix: Affix,
    /// A unit behind.
    pub suffix: Affix,
    /// Classes of the wrapper around prefix, input and suffix.
    pub wrapper_classes: String,
    /// Attributes of the wrapper.
    pub wrapper_attributes: Attributes,
}

impl Input {
    /// An input with a name and a label.
    pub fn new(name: impl Into<String>, label: impl Into<Content>) -> Input {
        Input { field: Field::new(name, label), ..Input::default() }
    }

    /// Sets the value typed or prefilled.
    pub fn value(mut self, value: impl Into<String>) -> Input {
        self.value = Some(value.into());
        self
    }

    /// Sets the keyboard that phones show.
    pub fn inputmode(mut self, mode: impl Into<String>) -> Input {
        self.inputmode = mode.into();
        self
    }

    /// Sets what browsers may fill in.
    pub fn autocomplete(mut self, purpose: impl Into<String>) -> Input {
        self.autocomplete = purpose.into();
        self
    }

    /// Sets the unit behind the input.
    pub fn suffix(mut self, unit: impl Into<Content>) -> Input {
        self.suffix = Affix { content: unit.into(), ..Affix::default() };
        self
    }

    /// Sets the unit in front of the input.
    pub fn prefix(mut self, unit: impl Into<Content>) -> Input {
        self.prefix = Affix { content: unit.into(), ..Affix::default() };
        self
    }

    /// Sets the width in characters: 2, 3, 4, 5, 10, 20 or 30.
    pub fn width(mut self, characters: u8) -> Input {
        self.field.classes = format!("{} govuk-input--width-{characters}", self.field.classes).trim().to_owned();
        self
    }

    fn control(&self) -> Markup {
        let spellcheck = self.spellcheck.map(|on| if on { "true" } else { "false" });
        Tag::new("input")
            .class(&["govuk-input", &self.field.classes, self.field.error_class("govuk-input--error")])
            .attr("id", self.field.control_id())
            .attr("name", &self.field.name)
            .attr("type", if self.kind.is_empty() { "text" } else { &self.kind })
            .option("spellcheck", spellcheck)
            .option("value", self.value.as_deref())
            .flag("disabled", self.field.disabled)
            .some("aria-describedby", &self.field.described_by_ids())
            .some("autocomplete", &self.autocomplete)
            .some("autocapitalize", &self.autocapitalize)
            .some("pattern", &self.pattern)
            .some("inputmode", &self.inputmode)
            .attrs(&self.field.attributes)
            .void()
    }

    fn is_wrapped(&self) -> bool {
        let group = &self.field.form_group;
        [&self.prefix.content, &self.suffix.content, &group.before, &group.after].iter().any(|part| !part.is_empty())
    }
}

field_setters!(Input);

impl Render for Input {
    fn render(&self) -> Markup {
        if !self.is_wrapped() {
            return self.field.group(self.control());
        }
        let body = html! {
            (self.field.form_group.before)
            @if !self.prefix.content.is_empty() { (self.prefix.markup("govuk-input__prefix")) }
            (self.control())
            @if !self.suffix.content.is_empty() { (self.suffix.markup("govuk-input__suffix")) }
            (self.field.form_group.after)
        };
        self.field.group(Tag::new("div").class(&["govuk-input__wrapper", &self.wrapper_classes]).attrs(&self.wrapper_attributes).wrap(body))
    }
}
